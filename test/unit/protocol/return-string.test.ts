import { expect, test } from "@jest/globals";
import { formatReturn } from "../../../miniprogram/protocol/return-string";

/** As the seed's Swift reads it: split at `&`, then at `=`, take the second piece, decode nothing. */
function readAsSeed(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split("&").map((pair) => {
      const [name, value, ...more] = pair.split("=");
      if (name === undefined || value === undefined || more.length > 0) throw new Error(`crashes on ${pair}`);
      return [name, value];
    }),
  );
}

test("a parser that splits and never decodes reads code, message, ticket and state", () => {
  expect(readAsSeed(formatReturn({ code: 200, message: "授权成功", ticket: "abc_-", state: "s.~" }))).toEqual({
    code: "200",
    message: "授权成功",
    ticket: "abc_-",
    state: "s.~",
  });
});

test("a refusal has code and message and nothing else", () => {
  expect(formatReturn({ code: 400, message: "用户取消授权" })).toBe("code=400&message=用户取消授权");
});

test("a message cannot break the string", () => {
  expect(readAsSeed(formatReturn({ code: 500, message: "a=b&c\nd  e" }))).toEqual({
    code: "500",
    message: "a b c d e",
  });
});
