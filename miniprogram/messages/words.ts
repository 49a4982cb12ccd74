import type { Language } from "../protocol/launch";

/**
 * Every word a person reads and every message an app receives: simplified Chinese, traditional Chinese, English. Codes
 * are keys, `{}` takes a name. Before the phone prompt nothing speaks of WeChat: the page must not pass for its own.
 */
export const WORDS = {
  busy: ["请稍候…", "請稍候…", "One moment…"],
  heading: ["登录「{}」", "登入「{}」", "Sign in to {}"],
  yourself: ["请确认是你本人在操作", "請確認是你本人在操作", "Make sure it is you who asked for this"],
  shared: ["登录后将提供", "登入後將提供", "What will be shared"],
  profile: ["账号标识", "帳號識別碼", "Account ID"],
  number: ["手机号，用于注册或登录", "手機號碼，用於註冊或登入", "Phone number, to sign up or in"],
  agree: ["我已阅读并同意", "我已閱讀並同意", "I have read and agree to"],
  untick: ["请先阅读并勾选协议", "請先閱讀並勾選條款", "Please read the terms and tick the box first"],
  allow: ["授权手机号", "授權手機號碼", "Share phone number"],
  skip: ["不提供手机号，继续登录", "不提供手機號碼，繼續登入", "Continue without a phone number"],
  proceed: ["同意并继续", "同意並繼續", "Agree and continue"],
  confirm: ["确认登录", "確認登入", "Confirm sign-in"],
  cancel: ["取消登录", "取消登入", "Cancel sign-in"],
  return: ["返回 App", "返回 App", "Return to the app"],
  retry: ["重试", "重試", "Try again"],
  close: ["关闭", "關閉", "Close"],
  privacy: ["隐私保护指引", "隱私保護指引", "Privacy notice"],
  contact: ["联系客服", "聯絡客服", "Customer service"],
  help: ["帮助与账号注销：", "說明與帳號註銷：", "Help and account deletion: "],
  done: ["登录已确认", "登入已確認", "Sign-in confirmed"],
  by_hand: [
    "如果没有回到 App，请重试，或手动切换到 App 重新登录",
    "如果沒有回到 App，請重試，或手動切換到 App 重新登入",
    "If the app did not open, try again, or switch to it by hand and sign in there",
  ],
  home: ["{}账号登录", "{}帳號登入", "{} sign-in"],
  purpose: [
    "在 App 里点登录，到这里确认，再返回 App，无需输入密码",
    "在 App 裡點登入，到這裡確認，再返回 App，無需輸入密碼",
    "Tap sign in inside an app, confirm here, and return to the app: no password needed",
  ],
  try: ["体验登录", "體驗登入", "Try it out"],

  // What to do about a problem; follows its cause.
  again: ["。请稍后重试", "。請稍後重試", ". Try again in a moment"],
  network: ["。请检查网络后重试", "。請檢查網路後重試", ". Check your network and try again"],
  app: ["。请回到 App 重新登录", "。請回到 App 重新登入", ". Go back to the app and sign in again"],
  after: ["，然后重试", "，然後重試", ", then try again"],
  support: ["。请联系 App 客服", "。請聯絡 App 客服", ". Contact the app's support"],

  // What the app receives as `message`, and the cause the page names where nothing below is more exact.
  "200": ["授权成功", "授权成功", "授权成功"],
  "400": ["用户取消授权", "用户取消授权", "用户取消授权"],
  "401": ["App 未获准使用此登录", "App 未獲准使用此登入", "This app may not use this sign-in"],
  "403": ["账号暂时无法登录", "帳號暫時無法登入", "This account cannot sign in"],
  "404": ["找不到账号服务", "找不到帳號服務", "Unknown account service"],
  "408": ["登录已超时", "登入已逾時", "The sign-in timed out"],
  "409": ["无法获取手机号", "無法取得手機號碼", "Phone number not available"],
  "422": ["登录参数有误", "登入參數有誤", "The sign-in link is wrong"],
  "429": ["操作过于频繁", "操作過於頻繁", "Too many requests"],
  "500": ["登录服务出错", "登入服務出錯", "The sign-in service failed"],
  "502": ["登录通道暂不可用", "登入通道暫不可用", "The sign-in channel is unavailable"],
  "503": ["网络连接失败", "網路連線失敗", "The network failed"],

  "network.offline": ["网络未连接", "網路未連線", "You are offline"],
  "network.weak": ["网络信号较弱", "網路訊號較弱", "The signal is weak"],
  "network.timeout": ["网络响应太慢", "網路回應太慢", "The network is too slow"],
  "network.interrupted": ["网络连接中断", "網路連線中斷", "The connection broke off"],
  "network.forbidden": ["登录服务的地址未获许可", "登入服務的位址未獲許可", "The service's address is not permitted"],
  "reply.malformed": ["登录服务的应答无法识别", "登入服務的回應無法識別", "The service's answer makes no sense"],
  "registration.closed": ["暂不接受新用户", "暫不接受新用戶", "No new accounts at present"],
  "surface.browse_only": ["请先打开完整的小程序", "請先開啟完整的小程式", "Open the full mini program first"],
  "phone.required": ["登录需要手机号", "登入需要手機號碼", "A phone number is needed"],
  "phone.unbound": ["请先给账号绑定手机号", "請先給帳號綁定手機號碼", "Add a phone number to your account"],
  "phone.quota": ["手机号服务用量已满", "手機號碼服務用量已滿", "The phone number quota is used up"],
  "phone.outdated": ["请先升级当前版本", "請先升級目前版本", "Update this version"],
} as const satisfies Record<string, readonly [string, string, string]>;

export type Key = keyof typeof WORDS;

const COLUMNS: Readonly<Record<Language, 0 | 1 | 2>> = { "zh-CN": 0, "zh-TW": 1, en: 2 };

/** The words for a key, with `name` in the place it leaves open. */
export function say(language: Language, key: Key, name = ""): string {
  return WORDS[key][COLUMNS[language]].replace("{}", () => name);
}

/** The language for one of WeChat's: `zh_CN`, `zh_TW`, `zh_HK`, `en` and many more; English for what we do not speak. */
export function languageOf(platformLanguage: string): Language {
  if (/^zh.(TW|HK|MO)/.test(platformLanguage)) return "zh-TW";
  return platformLanguage.startsWith("zh") ? "zh-CN" : "en";
}
