import type { SERVER_ERRORS, ServerErrorCode } from "../protocol/errors";
import type { ReturnCode } from "../protocol/return-string";

/** Refusals of the calls that app backends make; the applet never makes those. */
type ForBackends = "client.unauthorized" | "ticket.invalid" | "ticket.used" | "verifier.invalid";
type Served = Exclude<ServerErrorCode, ForBackends>;

/** The contract's own code for the app; 408 for what the person could mend on the page, had the login not ended. */
type Returned<Code extends Served> = (typeof SERVER_ERRORS)[Code]["returned"] extends null
  ? 408
  : (typeof SERVER_ERRORS)[Code]["returned"];

/** Everything that can end or stall a login, with the code that the app receives: the server's refusals, then ours. */
export const PROBLEMS = {
  "request.invalid": 422,
  "request.too_large": 422,
  "rate.limited": 429,
  "server.unexpected": 500,
  "server.unavailable": 500,
  "pool.unknown": 404,
  "app.not_allowed": 401,
  "app.caller_missing": 401,
  "applet.mismatch": 500,
  "pkce.required": 422,
  "wechat_code.invalid": 502,
  "user.blocked": 403,
  "registration.closed": 403,
  "wechat.unavailable": 502,
  "wechat.misconfigured": 502,
  "attempt.expired": 408,
  "phone.required": 408,
  "agreements.required": 408,
  "phone_code.invalid": 408,
  "phone.mismatch": 409,
  "network.offline": 503,
  "network.weak": 503,
  "network.timeout": 503,
  "network.interrupted": 503,
  "network.forbidden": 503,
  "network.failed": 503,
  "reply.malformed": 500,
  "login.failed": 502,
  "login.blocked": 403,
  "launch.malformed": 422,
  "launch.no_pool": 422,
  "surface.browse_only": 422,
} as const satisfies { readonly [Code in Served]: Returned<Code> } & Readonly<Record<string, ReturnCode>>;

export type Problem = keyof typeof PROBLEMS;

/** What the person can do, as a key of the words: try again, see to the network, start over in the app, ask for help. */
export type Advice = "again" | "network" | "app" | "support";

export function isProblem(code: unknown): code is Problem {
  return Object.keys(PROBLEMS).includes(code as string);
}

export function adviceOn(problem: Problem): Advice {
  const code = PROBLEMS[problem];
  // The operator has to see to these, whatever their code.
  if (/mismatch|misconfigured|forbidden|blocked/.test(problem) && problem !== "phone.mismatch") return "support";
  if (code === 422) return "app";
  if (code === 503 || problem === "reply.malformed") return "network";
  return code < 408 ? "support" : "again";
}

/** Whether another try, now or a little later, may go better. */
export function mayPass(problem: Problem): boolean {
  return /again|network/.test(adviceOn(problem));
}
