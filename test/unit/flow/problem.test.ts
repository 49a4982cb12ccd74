import { expect, test } from "@jest/globals";
import { isProblem, PROBLEMS, readLaunchRefusal, type Problem } from "../../../miniprogram/flow/problem";
import { SERVER_ERRORS, type ServerErrorCode } from "../../../miniprogram/protocol/errors";
import { LANGUAGES } from "../../../miniprogram/protocol/launch";
import { at } from "./walk";

const problems = Object.keys(PROBLEMS) as Problem[];

const served = Object.entries(SERVER_ERRORS) as [ServerErrorCode, { returned: number | null }][];
const isForBackends = ([code]: [string, unknown]) => /^(client|ticket|verifier)\./.test(code);

test.each(served.filter((entry) => !isForBackends(entry)))("%s returns the contract's code", (code, { returned }) => {
  expect(PROBLEMS[code as Extract<Problem, ServerErrorCode>].returned).toBe(returned ?? 408);
});

test.each(served.filter(isForBackends))("%s is for app backends and no problem of the applet", (code) => {
  expect(isProblem(code)).toBe(false);
});

test.each(problems)(
  "%s has words in three languages, a way back with its code, and a retry only where one may help",
  (problem) => {
    const notices = LANGUAGES.map((lang) => at.failed(problem, lang).page.notice);
    expect(new Set(notices).size).toBe(3);
    const walk = at.failed(problem);
    expect(walk.buttons).toEqual(
      PROBLEMS[problem].recovery === "none" ? ["return:launchApp"] : ["retry", "return:launchApp"],
    );
    expect(walk.button("return")?.parameter).toMatch(
      new RegExp(`^code=${PROBLEMS[problem].returned}&message=[^&=%]+&state=s-1$`),
    );
  },
);

test.each([
  ["launchApp:fail cancel", "declined"],
  ["launchApp:fail:user deny", "declined"],
  ["launchApp:fail invalid scene", "scene"],
  ["sence error", "scene"],
  ["launch sdk fail", "sdk"],
  ["sendOpenReq failed:fail opensdk failed", "sdk"],
  ["something new", "failed"],
] as const)("launchApp that fails with %j is %s", (errMsg, refusal) => {
  expect(readLaunchRefusal(errMsg)).toBe(refusal);
});

test("what is no code of ours is no problem of ours", () => {
  expect([undefined, "", "constructor", "ticket.used"].map(isProblem)).toEqual([false, false, false, false]);
});
