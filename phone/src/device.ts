import { LAUNCH_APP_FAILURES, PHONE_NUMBER_FAILURES, type LaunchAppFailure, type PhoneNumberFailure } from "./failures";

const DOCS = "https://developers.weixin.qq.com/miniprogram/dev";
const REPORTS = "https://developers.weixin.qq.com/community/develop/doc";

/** One thing about the phone that a newcomer, a test or the page's address can set. */
export interface Setting<Value extends string | number | boolean = string | number | boolean> {
  initial: Value;
  /** What it may be; missing: any value of the initial one's kind. */
  choices?: readonly Value[];
  /** For numbers: lowest, highest, step of a slider. */
  range?: readonly [number, number, number];
  /** The page or report that says phones do so. */
  fact?: string;
}

const choice = <const Name extends string>(choices: readonly [Name, ...Name[]], fact?: string): Setting<Name> => ({
  initial: choices[0],
  choices,
  ...(fact && { fact }),
});
const flag = (initial: boolean, fact?: string): Setting<boolean> => ({ initial, ...(fact && { fact }) });
const amount = (initial: number, fact?: string): Setting<number> => ({ initial, ...(fact && { fact }) });
const slider = (initial: number, range: [number, number, number], fact: string): Setting<number> => ({
  initial,
  range,
  fact,
});
const text = (initial: string, fact?: string): Setting<string> => ({ initial, ...(fact && { fact }) });
const names = <Name extends string>(table: Record<Name, unknown>) => Object.keys(table) as Name[];

/** Every setting, by the group it is shown in. The first choice, or the value named, is the phone as new. */
export const SETTING_GROUPS = {
  person: {
    /** Who holds the phone: an id of the WeChat stand-in's people. */
    person: text("lin"),
    /** WeChat's own language. */
    language: choice(["zh_CN", "zh_TW", "en"], `${DOCS}/api/base/system/wx.getAppBaseInfo.html`),
    /** Whether the host app wants a phone number. */
    getPhone: flag(true),
    /** What WeChat's questions get: shown to the person, or answered at once. */
    questions: choice(["ask", "allow", "refuse"]),
    /** Whose number getPhoneNumber gives; empty: the holder's. Another's is what a tampered client would send. */
    numberOf: text(""),
  },
  screen: {
    theme: choice(["light", "dark"], `${DOCS}/framework/ability/darkmode.html`),
    /** WeChat's text size. */
    textScale: slider(1, [1, 1.4, 0.1], `${DOCS}/api/base/system/wx.getAppBaseInfo.html`),
    /** CSS pixels. */
    screenWidth: amount(375),
    screenHeight: amount(780),
    /** CSS pixels below the last line a finger should have to reach; the home indicator of newer iPhones. */
    safeAreaBottom: amount(34, `${DOCS}/api/base/system/wx.getWindowInfo.html`),
  },
  network: {
    network: choice(
      ["online", "offline", "timeout", "interrupted", "domainNotListed"],
      `${DOCS}/framework/usability/PublicErrno.html`,
    ),
    weakNet: flag(false, `${DOCS}/api/device/network/wx.onNetworkWeakChange.html`),
    /** Milliseconds that pass before an answer. */
    loginLatency: amount(120),
    requestLatency: amount(80),
  },
  client: {
    platform: choice(
      ["ios", "android", "ohos", "ohos_pc", "windows", "mac", "devtools"],
      `${DOCS}/framework/ability/ohos.html`,
    ),
    /** Base library. Names younger than it are missing from `wx`, as on an old client. */
    sdkVersion: text("3.17.0", `${DOCS}/framework/compatibility.html`),
    apiCategory: choice(
      ["default", "browseOnly", "embedded"],
      `${DOCS}/api/base/app/life-cycle/wx.getApiCategory.html`,
    ),
    /** When the scripts of pages run: as a page is made (lazyCodeLoading), or all before App.onLaunch. */
    pageScripts: choice(["late", "early"], `${DOCS}/framework/ability/lazyload.html`),
  },
  entry: {
    /** What App.onLaunch, App.onShow and wx.onAppShow are given. */
    entry: choice(["whole", "undefined", "null", "noQuery", "nullQuery"], `${REPORTS}/000a2611734cc0b06886514465b400`),
    /** Where the entry says which app opened the applet. */
    referrer: choice(["present", "missing", "null", "empty", "launchOnly"], `${DOCS}/api/wx.onAppShow.html`),
    /** Early HarmonyOS SDKs passed on only the first parameter of the path. */
    dropsParameters: flag(false, "https://developers.weixin.qq.com/community/personal/oCJUsw_LUjNIJe57nQkph2dRdn2U"),
  },
  comingAndGoing: {
    /** What the applet hears around WeChat's own screens: phone sheet, privacy page, customer service, launchApp, lock. */
    aroundScreens: choice(["nothing", "hideShow", "show"], `${REPORTS}/000a68cdd64d58ff99f7460d25b400`),
    /** Whether the show comes before the screen's own answer. */
    answerOrder: choice(["showFirst", "answerFirst"], `${REPORTS}/000c84f47c01387692970ff9c5bc00`),
    /** Whether a page that stays is told that it is in front again. */
    showEvents: choice(["fire", "stopAfterSheet", "never"], `${REPORTS}/000408c9f502d832c54bf6e3251000`),
    warmOrder: choice(["showFirst", "loadFirst"], `${DOCS}/framework/app-service/route-event-listener.html`),
    /** Milliseconds for which a warm launch leaves the former page in front. */
    relaunchDelay: amount(0, `${REPORTS}/000040efbec2806c2e0225d4761400`),
    /** Whether that former page gets onShow meanwhile. */
    formerPageShows: flag(false, `${REPORTS}/000040efbec2806c2e0225d4761400`),
  },
  suspension: {
    /** What comes first when an applet that was suspended returns: overdue timers, answers that waited, or onShow. */
    onReturn: choice(
      ["timersFirst", "answersFirst", "showFirst"],
      `${DOCS}/framework/runtime/operating-mechanism.html`,
    ),
    /** What becomes of requests that are under way when the applet is suspended. */
    backgroundRequests: choice(["interrupted", "kept"], `${DOCS}/framework/ability/network.html`),
  },
  capabilities: {
    /** What wx.login does. */
    login: choice(["ok", "fail", "blocked"], `${DOCS}/api/open-api/login/wx.login.html`),
    /** Whether the person has agreed to the privacy guidelines; WeChat asks by a sheet of its own. */
    privacy: choice(["agreed", "asks"], `${DOCS}/framework/user-privacy/PrivacyAuthorize.html`),
    /** What a tap on a getPhoneNumber button meets before or instead of the question. */
    phoneNumber: choice<"ok" | "noEvent" | PhoneNumberFailure>(
      ["ok", "noEvent", ...names(PHONE_NUMBER_FAILURES)],
      `${DOCS}/framework/open-ability/getPhoneNumber.html`,
    ),
    /** What a tap on a launchApp button meets: which events come, whether the app does. */
    launchApp: choice<"ok" | "noEvent" | UnclearLaunch | LaunchAppFailure>(
      [
        "ok",
        "noEvent",
        "okThenDeclined",
        "okButBehind",
        "eventOnReturn",
        "opensWithoutEvent",
        ...names(LAUNCH_APP_FAILURES),
      ],
      `${REPORTS}/0008ee3eae887858126b59d3550000`,
    ),
    /** Whether WeChat asks before it opens the app. */
    asksBeforeApp: flag(false, `${DOCS}/framework/open-ability/launchApp.html`),
  },
  server: {
    /** Milliseconds that pass before WeChat's server answers. */
    wechatLatency: amount(0),
    /** Applets that no open-platform account is bound to get no unionid. */
    unionid: choice(["given", "missing"], `${DOCS}/framework/open-ability/union-id.html`),
    /** Phone numbers left of the applet's quota. */
    phoneNumbersLeft: amount(1000, `${DOCS}/framework/open-ability/getPhoneNumber.html`),
    /** Logins a minute for one person before WeChat's server answers 45011; 0: no limit. */
    loginsPerMinute: amount(0, `${DOCS}/server/API/user-login/api_code2session.html`),
  },
} as const;

/** Ways launchApp reports that tell little of whether the app has the answer. */
type UnclearLaunch = "okThenDeclined" | "okButBehind" | "eventOnReturn" | "opensWithoutEvent";

type Groups = typeof SETTING_GROUPS;
export type SettingGroup = keyof Groups;
type Union<Type> = Type extends unknown ? (all: Type) => void : never;
type All = Union<Groups[SettingGroup]> extends (all: infer Every) => void ? Every : never;
type ValueOf<Kind> = Kind extends Setting<infer Value> ? Value : never;

/** Everything about the phone and its person. */
export type Device = { -readonly [Name in keyof All]: ValueOf<All[Name]> };

export const SETTINGS = Object.fromEntries(
  Object.values(SETTING_GROUPS).flatMap((group) => Object.entries(group)),
) as Record<keyof Device, Setting>;

export const NEW_DEVICE = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, { initial }]) => [name, initial]),
) as unknown as Device;
