/** Everything about the phone and its person that a newcomer or a test can set. */
export interface Device {
  /** Who holds the phone: an id of the WeChat stand-in's people. */
  person: string;
  /** Whose number getPhoneNumber gives; empty: the holder's. Another's is what a tampered client would send. */
  numberOf: string;
  /** WeChat's own language. */
  language: "zh_CN" | "zh_TW" | "en";
  theme: "light" | "dark";
  /** WeChat's text size, 1 to 1.4. */
  textScale: number;
  /** CSS pixels. */
  screenWidth: number;
  screenHeight: number;
  /** CSS pixels below the last line a finger should have to reach; the home indicator of newer iPhones. */
  safeAreaBottom: number;
  platform: "ios" | "android" | "ohos" | "windows" | "mac" | "devtools";
  /** Base library. Names younger than it are missing from `wx`, as on an old client. */
  sdkVersion: string;
  /** What WeChat's questions get: shown to the person, or answered at once. */
  questions: "ask" | "allow" | "refuse";
  network: "online" | "offline" | "timeout" | "interrupted" | "domainNotListed";
  weakNet: boolean;
  /** Milliseconds that pass before an answer. */
  loginLatency: number;
  requestLatency: number;
  wechatLatency: number;
  /** What wx.login does. */
  login: "ok" | "fail" | "blocked";
  /** What a tap on a getPhoneNumber button meets before or instead of the question. */
  phoneNumber: PhoneNumberCase;
  /** What a tap on a launchApp button meets. */
  launchApp: LaunchAppCase;
  /** Whether WeChat asks before it opens the app. */
  asksBeforeApp: boolean;
  /** Whether the entry says which app opened the applet. */
  referrer: "present" | "missing";
  apiCategory: "default" | "browseOnly" | "embedded";
  /** Early HarmonyOS SDKs passed on only the first parameter of the path. */
  dropsParameters: boolean;
  /** Whether the host app wants a phone number. */
  getPhone: boolean;
}

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

export type PhoneNumberCase = "ok" | "noEvent" | keyof typeof PHONE_NUMBER_FAILURES;

/** Failures of launchApp as developers report them. */
export const LAUNCH_APP_FAILURES = {
  invalidScene: "launchApp:fail invalid scene",
  senceError: "launchApp:fail sence error",
  launchSdkFail: "launchApp:fail launch sdk fail",
  opensdkFailed: "launchApp:fail sendOpenReq failed:fail opensdk failed",
  unknown: "launchApp:fail something nobody has seen",
  declined: "launchApp:fail cancel",
} as const;

export type LaunchAppCase = "ok" | "noEvent" | keyof typeof LAUNCH_APP_FAILURES;

export const NEW_DEVICE: Device = {
  person: "lin",
  numberOf: "",
  language: "zh_CN",
  theme: "light",
  textScale: 1,
  screenWidth: 375,
  screenHeight: 780,
  safeAreaBottom: 34,
  platform: "ios",
  sdkVersion: "3.17.0",
  questions: "ask",
  network: "online",
  weakNet: false,
  loginLatency: 120,
  requestLatency: 80,
  wechatLatency: 0,
  login: "ok",
  phoneNumber: "ok",
  launchApp: "ok",
  asksBeforeApp: false,
  referrer: "present",
  apiCategory: "default",
  dropsParameters: false,
  getPhone: true,
};

/** What each setting that is one of a few words may be. */
const CHOICES: { [Name in keyof Device]?: readonly Device[Name][] } = {
  language: ["zh_CN", "zh_TW", "en"],
  theme: ["light", "dark"],
  platform: ["ios", "android", "ohos", "windows", "mac", "devtools"],
  questions: ["ask", "allow", "refuse"],
  network: ["online", "offline", "timeout", "interrupted", "domainNotListed"],
  login: ["ok", "fail", "blocked"],
  phoneNumber: ["ok", "noEvent", ...(Object.keys(PHONE_NUMBER_FAILURES) as (keyof typeof PHONE_NUMBER_FAILURES)[])],
  launchApp: ["ok", "noEvent", ...(Object.keys(LAUNCH_APP_FAILURES) as (keyof typeof LAUNCH_APP_FAILURES)[])],
  referrer: ["present", "missing"],
  apiCategory: ["default", "browseOnly", "embedded"],
};

/** A device as the query of the phone's page describes it, `?theme=dark&textScale=1.4`. Throws on what it does not know. */
export function deviceFrom(query: Iterable<[string, string]>): Device {
  const device: Record<string, unknown> = { ...NEW_DEVICE };
  for (const [name, text] of query) {
    if (!Object.hasOwn(NEW_DEVICE, name)) throw new Error(`The phone has no setting called ${name}`);
    device[name] = read(name as keyof Device, text);
  }
  return device as unknown as Device;
}

function read(name: keyof Device, text: string): string | number | boolean {
  switch (typeof NEW_DEVICE[name]) {
    case "number":
      if (text === "" || Number.isNaN(Number(text))) throw new Error(`${name} must be a number`);
      return Number(text);
    case "boolean":
      if (text !== "true" && text !== "false") throw new Error(`${name} must be true or false`);
      return text === "true";
    default: {
      const choices: readonly unknown[] | undefined = CHOICES[name];
      if (choices && !choices.includes(text)) throw new Error(`${name} cannot be ${text}`);
      return text;
    }
  }
}
