/** How WeChat's server is, beyond the rules it always has. */
export interface WechatConditions {
  /** Milliseconds every answer waits. */
  latencyMs: number;
  /** Whether an open-platform account is bound to the applets; without one there is no unionid. */
  isBound: boolean;
  /** What is left of the quota of phone numbers: each code that getPhoneNumber gives takes one. */
  phoneNumbersLeft: number;
  /** jscode2session calls of one person in a minute before 45011; null: as many as they like. */
  loginsPerMinute: number | null;
  /** Whether the login code of WeChat devtools under the tourist AppID, always the same, is taken. */
  takesDevtoolsCode: boolean;
  /** Whether an AppID nobody knows is taken with the first AppSecret it comes with, as if it had just been registered. */
  learnsApplets: boolean;
}

export const USUAL_CONDITIONS: WechatConditions = {
  latencyMs: 0,
  isBound: true,
  phoneNumbersLeft: 1000,
  loginsPerMinute: null,
  takesDevtoolsCode: false,
  learnsApplets: false,
};
