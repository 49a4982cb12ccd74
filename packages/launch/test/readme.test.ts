import fs from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { RETURN_CODES } from "../src";

const rows = (file: string) =>
  [
    ...fs
      .readFileSync(path.join(__dirname, "..", file), "utf8")
      .matchAll(/^\| (\d{3}) +\| `([\w-]+)` +\| (.*?) +\|$/gm),
  ].map(([, code, next, means]) => ({ code: Number(code), next, means }));

test("the README's table of return codes is the code's, in both languages", () => {
  const codes = Object.entries(RETURN_CODES).map(([code, { next, means }]) => ({ code: Number(code), next, means }));
  expect(rows("README.en.md")).toEqual(codes);
  expect(rows("README.md").map(({ code, next }) => ({ code, next }))).toEqual(
    codes.map(({ code, next }) => ({ code, next })),
  );
});
