import type { Key } from "../messages/words";
import type { Advice } from "./problem";

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
  code: 400 | 409;
}

/**
 * Looked up in this order in "#errno errMsg": numbers where there is one, else texts, which differ between systems
 * (`fail user deny`, `fail:user deny`, `user deny`). Refused privacy is a choice like any other.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html
 */
const REFUSALS: readonly (readonly [RegExp, Key, PhoneRefusal["advice"], 400 | 409])[] = [
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
export function readRefusal({ errMsg, errno }: PhoneDetail): PhoneRefusal {
  const told = `#${errno} ${errMsg}`;
  const [, cause, advice, code] = REFUSALS.find(([pattern]) => pattern.test(told)) as (typeof REFUSALS)[0];
  return { cause, advice, code };
}
