/** Failures of getPhoneNumber as phones report them, by a name of ours. */
export const PHONE_NUMBER_FAILURES = {
  denyIos: { errMsg: "getPhoneNumber:fail user deny" },
  denyAndroid: { errMsg: "getPhoneNumber:fail:user deny" },
  cancel: { errMsg: "getPhoneNumber:fail user cancel" },
  denyOld: { errMsg: "getPhoneNumber:user deny" },
  noPermission: { errMsg: "getPhoneNumber:fail no permission", errno: 102 },
  quota: { errMsg: "getPhoneNumber:fail quota exceeded", errno: 1400001 },
  privacyRefused: { errMsg: "getPhoneNumber:fail privacy permission is not authorized", errno: 104 },
  privacyButton: { errMsg: "getPhoneNumber:fail privacy permission is not authorized. buttonId is wrong", errno: 104 },
  coupledRefused: { errMsg: "getPhoneNumber:fail privacy permission is not authorized", errno: 103 },
  undeclared: { errMsg: "getPhoneNumber:fail api scope is not declared in the privacy agreement", errno: 112 },
  undeclaredNew: { errMsg: "getPhoneNumber:fail api scope is not declared in the privacy agreement", errno: 101100 },
  bannedNew: { errMsg: "getPhoneNumber:fail appid privacy api banned", errno: 101101 },
  privacyRefusedNew: { errMsg: "getPhoneNumber:fail privacy permission is not authorized", errno: 101102 },
  banned: { errMsg: "getPhoneNumber:fail appid privacy api banned", errno: 1025 },
  userBlocked: { errMsg: "getPhoneNumber:fail user getPhoneNumber is blocked", errno: 1421102 },
  tooFrequent: { errMsg: "getPhoneNumber:fail invoke getPhoneNumber too frequently" },
  noPhoneBound: { errMsg: "getPhoneNumber:fail 用户未绑定手机，请先在微信客户端进行绑定后重试" },
  systemPermission: { errMsg: "getPhoneNumber:fail system permission denied", errno: 3 },
  timeout: { errMsg: "getPhoneNumber:fail timeout", errno: 5 },
  network: { errMsg: "getPhoneNumber:fail network error", errno: 108 },
} as const;

export type PhoneNumberFailure = keyof typeof PHONE_NUMBER_FAILURES;
export const isPhoneNumberFailure = (name: string): name is PhoneNumberFailure =>
  Object.hasOwn(PHONE_NUMBER_FAILURES, name);

/** Failures of launchApp as developers report them. */
export const LAUNCH_APP_FAILURES = {
  invalidScene: "launchApp:fail invalid scene",
  senceError: "launchApp:fail sence error",
  launchSdkFail: "launchApp:fail launch sdk fail",
  opensdkFailed: "launchApp:fail sendOpenReq failed:fail opensdk failed",
  unknown: "launchApp:fail something nobody has seen",
  declined: "launchApp:fail cancel",
} as const;

export type LaunchAppFailure = keyof typeof LAUNCH_APP_FAILURES;
export const isLaunchAppFailure = (name: string): name is LaunchAppFailure => Object.hasOwn(LAUNCH_APP_FAILURES, name);
