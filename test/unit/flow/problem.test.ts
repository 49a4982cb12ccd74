import { expect, test } from "@jest/globals";
import { adviceOn, isProblem, mayPass, PROBLEMS, type Problem } from "../../../miniprogram/flow/problem";
import { SERVER_ERRORS, type ServerErrorCode } from "../../../miniprogram/protocol/errors";
import { LANGUAGES } from "../../../miniprogram/protocol/launch";
import { at } from "./walk";

const problems = Object.keys(PROBLEMS) as Problem[];

const served = Object.entries(SERVER_ERRORS) as [ServerErrorCode, { returned: number | null }][];
const isForBackends = ([code]: [string, unknown]) => /^(client|ticket|verifier)\./.test(code);

test.each(served.filter((entry) => !isForBackends(entry)))("%s returns the contract's code", (code, { returned }) => {
  expect(PROBLEMS[code as Extract<Problem, ServerErrorCode>]).toBe(returned ?? 408);
});

test.each(served.filter(isForBackends))("%s is for app backends and no problem of the applet", (code) => {
  expect(isProblem(code)).toBe(false);
});

test.each(problems)(
  "%s has words in three languages, a way back with its code, and a retry only if it may pass",
  (problem) => {
    const notices = LANGUAGES.map((lang) => at.failed(problem, lang).page.notice);
    expect(new Set(notices).size).toBe(3);
    const walk = at.failed(problem);
    expect(walk.buttons).toEqual(mayPass(problem) ? ["retry", "return:launchApp"] : ["return:launchApp"]);
    expect(walk.button("return")?.parameter).toMatch(
      new RegExp(`^code=${PROBLEMS[problem]}&message=[^&=%]+&state=s-1$`),
    );
  },
);

test.each([
  ["network.timeout", "network"],
  ["network.forbidden", "support"],
  ["reply.malformed", "network"],
  ["rate.limited", "again"],
  ["attempt.expired", "again"],
  ["phone.mismatch", "again"],
  ["user.blocked", "support"],
  ["login.blocked", "support"],
  ["pool.unknown", "support"],
  ["applet.mismatch", "support"],
  ["wechat.misconfigured", "support"],
  ["launch.malformed", "app"],
  ["pkce.required", "app"],
] as const)("on %s the advice is %s", (problem, advice) => {
  expect(adviceOn(problem)).toBe(advice);
});

test("what is no code of ours is no problem of ours", () => {
  expect([undefined, "", "constructor", "ticket.used"].map(isProblem)).toEqual([false, false, false, false]);
});
