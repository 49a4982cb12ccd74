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
export type Advice = "again" | "network" | "in_app" | "support";

/**
 * How a login gets over a problem. `resend`: the same request may go better. `restart`: another login may, if the person
 * wants one. `reopen`: only a new attempt can help, and it begins by itself. `ask`: the person answers once more. `none`:
 * nothing on this page helps.
 */
export type Recovery = "resend" | "restart" | "reopen" | "ask" | "none";

interface Row<Code = ReturnCode> {
  /** What the app receives. */
  returned: Code;
  advice: Advice | null;
  recovery: Recovery;
}

function row<const Code extends ReturnCode>(returned: Code, advice: Advice | null, recovery: Recovery): Row<Code> {
  return { returned, advice, recovery };
}

/** Everything that can end or stall a login: the server's refusals, then the applet's own problems. */
export const PROBLEMS = {
  "request.invalid": row(422, "in_app", "none"),
  "request.too_large": row(422, "in_app", "none"),
  "rate.limited": row(429, "again", "resend"),
  "server.unexpected": row(500, "again", "resend"),
  "server.unavailable": row(500, "again", "resend"),
  "pool.unknown": row(404, "support", "none"),
  "app.not_allowed": row(401, "support", "none"),
  "app.caller_missing": row(401, "support", "none"),
  "applet.mismatch": row(500, "support", "none"),
  "pkce.required": row(422, "in_app", "none"),
  "wechat_code.invalid": row(502, "again", "restart"),
  "user.blocked": row(403, "support", "none"),
  "registration.closed": row(403, "support", "none"),
  "wechat.unavailable": row(502, "again", "resend"),
  "wechat.misconfigured": row(502, "support", "none"),
  "attempt.expired": row(408, "again", "reopen"),
  "phone.required": row(408, "again", "reopen"),
  "agreements.required": row(408, "again", "reopen"),
  "phone_code.invalid": row(408, "again", "ask"),
  "phone.mismatch": row(409, "again", "restart"),
  "network.timeout": row(503, "network", "resend"),
  "network.interrupted": row(503, "network", "resend"),
  "network.forbidden": row(503, "support", "none"),
  "network.failed": row(503, "network", "resend"),
  "reply.malformed": row(500, "network", "resend"),
  "login.failed": row(502, "again", "resend"),
  "login.blocked": row(403, "support", "none"),
  "launch.malformed": row(422, "in_app", "none"),
  "launch.no_pool": row(422, "in_app", "none"),
  // Seen from Moments there may be no app to go back to.
  "surface.browse_only": row(422, null, "none"),
} satisfies { readonly [Code in Served]: Row<Returned<Code>> } & Readonly<Record<string, Row>>;

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
  advice: Advice | "choose" | null;
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
  // Base libraries before 2.21.2 succeed with encrypted data in place of a code.
  [/#(3|102|112|1025|10110[01]|1421102) |:ok|not declared|banned|no permission|blocked/, "409", "support", 409],
  [/#(103|104|101102) |deny|denied|cancel|privacy|buttonId/i, "phone.required", "choose", 400],
  [/frequent/, "429", "again", 400],
  [/绑定|bound/, "phone.unbound", null, 409],
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

/** What the platform reports of a launchApp that failed: the detail of `binderror`. */
export interface LaunchDetail {
  errMsg: string;
}

/** Why launchApp did not open the app. A person who declines WeChat's own question has stopped nothing. */
export type LaunchRefusal = "declined" | "scene" | "sdk" | "failed";

/** By the text of `binderror`, which says `sence` on some versions; the first that fits. */
const LAUNCH_REFUSALS: readonly (readonly [RegExp, LaunchRefusal])[] = [
  [/cancel|deny/, "declined"],
  [/scene|sence/, "scene"],
  [/sdk/, "sdk"],
];

export function readLaunchRefusal({ errMsg }: LaunchDetail): LaunchRefusal {
  const [, refusal] = LAUNCH_REFUSALS.find(([pattern]) => pattern.test(errMsg)) || ["", "failed" as const];
  return refusal;
}
