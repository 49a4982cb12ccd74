import { expect, test } from "@jest/globals";
import { say } from "../../../miniprogram/messages/words";
import { LANGUAGES } from "../../../miniprogram/protocol/launch";
import { formatReturn } from "../../../miniprogram/protocol/return-string";
import { RETURN_CODES, type ReturnCode } from "../../../packages/launch/src";
import vectors from "../../../packages/launch/vectors/answers.json";

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

test("the golden strings that host apps are tested with are those the applet returns, in every language", () => {
  const [ticket, state] = [vectors.returned[0]!.fields.ticket, vectors.login.state];
  const returned = Object.keys(RETURN_CODES).flatMap((code) =>
    LANGUAGES.map((language) =>
      formatReturn({
        code: Number(code) as ReturnCode,
        message: say(language, code as `${ReturnCode}`),
        ticket: code === "200" ? ticket : undefined,
        state,
      }),
    ),
  );
  expect(new Set(vectors.returned.map(({ text }) => text))).toEqual(new Set(returned));
});

test.each(vectors.returned)("the seed's parser reads $text", ({ text, fields }) => {
  expect(readAsSeed(text)).toEqual(fields);
});
