import type { Key } from "../messages/words";
import type { SERVER_ERRORS, ServerErrorCode } from "../protocol/errors";
import type { ReturnCode } from "../protocol/return-string";

/** Refusals of the calls that app backends make; the applet never makes those. */
type ForBackends = "client.unauthorized" | "ticket.invalid" | "ticket.used" | "verifier.invalid";
type Served = Exclude<ServerErrorCode, ForBackends>;

/** The contract's own code for the app; 408 for what the person could mend on the page, had the login not ended. */
type Returned<Code extends Served> = (typeof SERVER_ERRORS)[Code]["returned"] extends null
  ? 408
  : (typeof SERVER_ERRORS)[Code]["returned"];

/** What the person can do, as a key of the words: try again, see to the network, start over in the app, ask for help. */
export type Advice = "again" | "network" | "app" | "support";

/**
 * How a login gets over a problem. `resend`: the same request may go better. `restart`: another login may, if the person
 * wants one. `reopen`: only a new attempt can help, and it begins by itself. `ask`: the person answers once more. `none`:
 * nothing on this page helps.
 */
export type Recovery = "resend" | "restart" | "reopen" | "ask" | "none";

interface Row {
  /** What the app receives. */
  returned: ReturnCode;
  advice: Advice | null;
  recovery: Recovery;
}

/** Everything that can end or stall a login: the server's refusals, then the applet's own problems. */
export const PROBLEMS = {
  "request.invalid": { returned: 422, advice: "app", recovery: "none" },
  "request.too_large": { returned: 422, advice: "app", recovery: "none" },
  "rate.limited": { returned: 429, advice: "again", recovery: "resend" },
  "server.unexpected": { returned: 500, advice: "again", recovery: "resend" },
  "server.unavailable": { returned: 500, advice: "again", recovery: "resend" },
  "pool.unknown": { returned: 404, advice: "support", recovery: "none" },
  "app.not_allowed": { returned: 401, advice: "support", recovery: "none" },
  "app.caller_missing": { returned: 401, advice: "support", recovery: "none" },
  "applet.mismatch": { returned: 500, advice: "support", recovery: "none" },
  "pkce.required": { returned: 422, advice: "app", recovery: "none" },
  "wechat_code.invalid": { returned: 502, advice: "again", recovery: "restart" },
  "user.blocked": { returned: 403, advice: "support", recovery: "none" },
  "registration.closed": { returned: 403, advice: "support", recovery: "none" },
  "wechat.unavailable": { returned: 502, advice: "again", recovery: "resend" },
  "wechat.misconfigured": { returned: 502, advice: "support", recovery: "none" },
  "attempt.expired": { returned: 408, advice: "again", recovery: "reopen" },
  "phone.required": { returned: 408, advice: "again", recovery: "reopen" },
  "agreements.required": { returned: 408, advice: "again", recovery: "reopen" },
  "phone_code.invalid": { returned: 408, advice: "again", recovery: "ask" },
  "phone.mismatch": { returned: 409, advice: "again", recovery: "restart" },
  "network.offline": { returned: 503, advice: "network", recovery: "resend" },
  "network.weak": { returned: 503, advice: "network", recovery: "resend" },
  "network.timeout": { returned: 503, advice: "network", recovery: "resend" },
  "network.interrupted": { returned: 503, advice: "network", recovery: "resend" },
  "network.forbidden": { returned: 503, advice: "support", recovery: "none" },
  "network.failed": { returned: 503, advice: "network", recovery: "resend" },
  "reply.malformed": { returned: 500, advice: "network", recovery: "resend" },
  "login.failed": { returned: 502, advice: "again", recovery: "resend" },
  "login.blocked": { returned: 403, advice: "support", recovery: "none" },
  "launch.malformed": { returned: 422, advice: "app", recovery: "none" },
  "launch.no_pool": { returned: 422, advice: "app", recovery: "none" },
  // Seen from Moments there may be no app to go back to.
  "surface.browse_only": { returned: 422, advice: null, recovery: "none" },
} as const satisfies { readonly [Code in Served]: Row & { returned: Returned<Code> } } & Readonly<Record<string, Row>>;

export type Problem = keyof typeof PROBLEMS;

export function isProblem(code: unknown): code is Problem {
  return Object.keys(PROBLEMS).includes(code as string);
}

/** What the platform reports after the person met the phone prompt: the detail of `bindgetphonenumber`. */
export interface PhoneDetail {
  errMsg?: string;
  errno?: number;
  code?: string;
}

/** Why there is no phone number and what to do about it, as keys of the words. */
export interface PhoneRefusal {
  cause: Key;
  advice: Advice | "after";
  /** 400 where it was the person's choice, 409 where the number could not be had. */
  returned: 400 | 409;
}

/**
 * Looked up in this order in "#errno errMsg": numbers where there is one, else texts, which differ between systems
 * (`fail user deny`, `fail:user deny`, `user deny`). Refused privacy is a choice like any other.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html
 */
const PHONE_REFUSALS: readonly (readonly [RegExp, Key, PhoneRefusal["advice"], 400 | 409])[] = [
  [/#1400001 /, "phone.quota", "support", 409],
  [/#(3|102|112|1025|10110[01]|1421102) |not declared|banned|no permission|blocked/, "409", "support", 409],
  [/#(103|104|101102) |deny|denied|cancel|privacy|buttonId/i, "phone.required", "again", 400],
  [/frequent/, "429", "again", 400],
  [/绑定|bound/, "phone.unbound", "after", 409],
  // Base libraries before 2.21.2 succeed with encrypted data in place of a code.
  [/:ok/, "phone.outdated", "after", 409],
  // 5, 108 and 109 are timeout and network; what nobody has documented may pass as well.
  [/$/, "409", "network", 409],
];

/** The reason why a detail carries no code. */
export function readPhoneRefusal({ errMsg, errno }: PhoneDetail): PhoneRefusal {
  const told = `#${errno} ${errMsg}`;
  const [, cause, advice, returned] = PHONE_REFUSALS.find(([pattern]) =>
    pattern.test(told),
  ) as (typeof PHONE_REFUSALS)[0];
  return { cause, advice, returned };
}

/** Why launchApp did not open the app. A person who declines WeChat's own question has stopped nothing. */
export type LaunchRefusal = "declined" | "scene" | "sdk" | "failed";

/** By the text of `binderror`, which says `sence` on some versions; the first that fits. */
const LAUNCH_REFUSALS: readonly (readonly [RegExp, LaunchRefusal])[] = [
  [/cancel|deny/, "declined"],
  [/scene|sence/, "scene"],
  [/sdk/, "sdk"],
];

export function readLaunchRefusal(errMsg: string): LaunchRefusal {
  const [, refusal] = LAUNCH_REFUSALS.find(([pattern]) => pattern.test(errMsg)) || ["", "failed" as const];
  return refusal;
}
