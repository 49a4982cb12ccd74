/** What the platform reports after the person met the phone prompt: the detail of `bindgetphonenumber`. */
export interface PhoneDetail {
  errMsg?: string;
  errno?: number;
  code?: string;
}

/** Why there is no phone number. The first three are the person's choice, the others circumstances. */
export type PhoneRefusal =
  | "declined"
  | "privacy_declined"
  | "too_soon"
  | "unbound"
  | "quota"
  | "blocked"
  | "not_permitted"
  | "outdated"
  | "network"
  | "unknown";

export type PhoneAnswer = { granted: true; code: string } | { granted: false; refusal: PhoneRefusal };

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const BY_ERRNO: Readonly<Record<number, PhoneRefusal>> = {
  3: "not_permitted",
  5: "network",
  102: "not_permitted",
  103: "privacy_declined",
  104: "privacy_declined",
  108: "network",
  109: "network",
  112: "not_permitted",
  1025: "not_permitted",
  101100: "not_permitted",
  101101: "not_permitted",
  101102: "privacy_declined",
  1400001: "quota",
  1421102: "blocked",
};

/** In this order: a refused privacy popup says "deny" too. iOS and Android punctuate the same words differently. */
const BY_TEXT: readonly (readonly [RegExp, PhoneRefusal])[] = [
  [/not declared|banned|no permission/i, "not_permitted"],
  [/privacy|buttonId/i, "privacy_declined"],
  [/blocked/i, "blocked"],
  [/too frequent/i, "too_soon"],
  [/未绑定|not bound/i, "unbound"],
  [/quota|资源包|用量/i, "quota"],
  [/deny|denied|cancel/i, "declined"],
  [/timeout|network/i, "network"],
];

/**
 * Tells a granted number from the many ways of not getting one. Most refusals by the person carry no `errno`, and the
 * texts change between versions, so a known number decides and the text only where there is none.
 */
export function readPhoneAnswer({ errMsg = "", errno, code }: PhoneDetail): PhoneAnswer {
  if (code) return { granted: true, code };
  // Base libraries before 2.21.2 answer with encrypted data in place of a code.
  if (/:ok/i.test(errMsg)) return { granted: false, refusal: "outdated" };
  const numbered = errno === undefined ? undefined : BY_ERRNO[errno];
  const told = BY_TEXT.find(([text]) => text.test(errMsg));
  return { granted: false, refusal: numbered ?? told?.[1] ?? "unknown" };
}

/** Whether the number could not be had although the person did not refuse: the app then learns 409 in place of 400. */
export function isCircumstance(refusal: PhoneRefusal): boolean {
  return refusal !== "declined" && refusal !== "privacy_declined" && refusal !== "too_soon";
}
