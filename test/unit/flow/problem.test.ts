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

/** What the page says of each in English, and what helps when it met the request for a ticket. */
const TOLD: Record<Problem, [notice: string, help: string]> = {
  "request.invalid": ["This sign-in link isn't valid. Go back to the app and sign in again", "no retry"],
  "request.too_large": ["This sign-in link isn't valid. Go back to the app and sign in again", "no retry"],
  "rate.limited": ["Too many attempts. Try again in a moment", "the request again"],
  "server.unexpected": ["Something went wrong on our side. Try again in a moment", "the request again"],
  "server.unavailable": ["Something went wrong on our side. Try again in a moment", "the request again"],
  "pool.unknown": ["Account service not found. Contact the app's support", "no retry"],
  "app.not_allowed": ["This app isn't set up for this sign-in. Contact the app's support", "no retry"],
  "app.caller_missing": ["This app isn't set up for this sign-in. Contact the app's support", "no retry"],
  "applet.mismatch": ["Something went wrong on our side. Contact the app's support", "no retry"],
  "pkce.required": ["This sign-in link isn't valid. Go back to the app and sign in again", "no retry"],
  "wechat_code.invalid": ["Sign-in is unavailable right now. Try again in a moment", "another login"],
  "user.blocked": ["This account can't sign in. Contact the app's support", "no retry"],
  "registration.closed": ["New accounts can't be created right now. Contact the app's support", "no retry"],
  "wechat.unavailable": ["Sign-in is unavailable right now. Try again in a moment", "the request again"],
  "wechat.misconfigured": ["Sign-in is unavailable right now. Contact the app's support", "no retry"],
  "attempt.expired": ["The sign-in timed out. Try again in a moment", "another attempt at once"],
  "phone.required": ["A phone number is required. Try again in a moment", "another attempt at once"],
  "agreements.required": ["The sign-in timed out. Try again in a moment", "another attempt at once"],
  "phone_code.invalid": ["The sign-in timed out. Try again in a moment", "the phone prompt again"],
  "phone.mismatch": ["Phone number not available. Try again in a moment", "another login"],
  "network.timeout": ["No connection. Check your network and try again", "the request again"],
  "network.interrupted": ["No connection. Check your network and try again", "the request again"],
  "network.forbidden": ["Sign-in is not set up correctly. Contact the app's support", "no retry"],
  "network.failed": ["No connection. Check your network and try again", "the request again"],
  "reply.malformed": ["Something went wrong on our side. Check your network and try again", "the request again"],
  "login.failed": ["Sign-in is unavailable right now. Try again in a moment", "the request again"],
  "login.blocked": ["This account can't sign in. Contact the app's support", "no retry"],
  "launch.malformed": ["This sign-in link isn't valid. Go back to the app and sign in again", "no retry"],
  "launch.no_pool": ["This sign-in link isn't valid. Go back to the app and sign in again", "no retry"],
  "surface.browse_only": ["Open the full mini program first", "no retry"],
};

test.each(problems)("%s says what to do, and does what helps", (problem) => {
  const [notice, help] = TOLD[problem];
  expect(at.failed(problem, "en").page.notice).toBe(notice);
  expect(helpFor(problem)).toBe(help);
});

function helpFor(problem: Problem): string {
  const walk = at.issuing().refused(problem);
  if (walk.order("logIn")) return "another attempt at once";
  if (walk.button("allow-phone") ?? walk.button("proceed")) return "the phone prompt again";
  if (!walk.button("retry")) return "no retry";
  return walk.tap("retry").order("issueTicket") ? "the request again" : "another login";
}

test.each([
  ["launchApp:fail cancel", "declined"],
  ["launchApp:fail:user deny", "declined"],
  ["launchApp:fail invalid scene", "scene"],
  ["sence error", "scene"],
  ["launch sdk fail", "sdk"],
  ["sendOpenReq failed:fail opensdk failed", "sdk"],
  ["something new", "failed"],
] as const)("launchApp that fails with %j is %s", (errMsg, refusal) => {
  expect(readLaunchRefusal({ errMsg })).toBe(refusal);
});

test("what is no code of ours is no problem of ours", () => {
  expect([undefined, "", "constructor", "ticket.used"].map(isProblem)).toEqual([false, false, false, false]);
});
