import { expect, test } from "@jest/globals";
import { MINIMUM_BASE_LIBRARY } from "../../../packages/release/src/console-checks";
import { filesIn, read, REPOSITORY, SOURCES } from "./files";

/** Younger capabilities; each is called where a failure to call it is caught. */
const CAUGHT = new Set(["openPrivacyContract"]);

const typings = read(REPOSITORY, "node_modules/miniprogram-api-typings/types/wx/lib.wx.api.d.ts");

const isYounger = (version: string) => version.localeCompare(MINIMUM_BASE_LIBRARY, "en", { numeric: true }) > 0;

/** The version that the typings' comment on a member of `wx` names; the oldest have none. */
function sinceOf(member: string): string {
  const comment = typings.split(new RegExp(`^ {8}${member}[(<]`, "m"))[0] as string;
  const own = comment.slice(comment.lastIndexOf(`/** [`));
  return /基础库[：:]\s*`?([\d.]+)/.exec(own)?.[1] ?? "1.0.0";
}

const members = new Set(
  filesIn(SOURCES, ".ts").flatMap((file) =>
    [...read(SOURCES, file).matchAll(/\bwx\.(\w+)\(/g)].map(([, name]) => name),
  ),
);

test("the applet uses the capabilities that this test looks up", () => {
  expect([...members]).toEqual(expect.arrayContaining(["login", "request", "getNetworkType", "openPrivacyContract"]));
});

test.each([...members].map(String))(
  "wx.%s is as old as the minimum base library, or its absence is caught",
  (member) => {
    expect(isYounger(sinceOf(member))).toBe(CAUGHT.has(member));
  },
);
