import { LANGUAGES, type Language } from "../protocol/launch";

/**
 * Every word a person reads and every message an app receives: simplified Chinese, traditional Chinese and English, the
 * order of {@link LANGUAGES}. Codes are keys, `{}` takes a name. Before the phone prompt nothing speaks of WeChat: the page
 * must not pass for its own.
 */
export const WORDS = {
  title: ["登录", "登入", "Sign in"],
  busy: ["请稍候…", "請稍候…", "One moment…"],
  verifying: ["正在验证手机号…", "正在驗證手機號碼…", "Checking your number…"],
  heading: ["登录{}", "登入{}", "Sign in to {}"],
  by: ["账号服务由「{}」提供", "帳號服務由「{}」提供", "Accounts provided by {}"],
  shared: ["将提供给{}", "將提供給{}", "{} will receive"],
  number: ["手机号", "手機號碼", "Phone number"],
  profile: ["账号标识", "帳號識別碼", "Account ID"],
  not_taken: ["不会获取头像、昵称和好友", "不會取得大頭貼、暱稱和好友", "No access to photo, nickname or friends"],
  verified: ["已验证的手机号", "已驗證的手機號碼", "Verified phone number"],
  yourself: ["不是你发起的？请取消", "不是你發起的？請取消", "Didn't start this? Cancel"],
  agree: ["已阅读并同意", "已閱讀並同意", "I have read and agree to"],
  untick: ["请先勾选协议", "請先勾選條款", "Tick the box first"],
  allow: ["使用手机号继续", "使用手機號碼繼續", "Continue with phone number"],
  skip: ["暂不提供", "暫不提供", "Not now"],
  proceed: ["同意并继续", "同意並繼續", "Agree and continue"],
  confirm: ["确认登录", "確認登入", "Confirm sign-in"],
  cancel: ["取消", "取消", "Cancel"],
  return: ["返回{}", "返回{}", "Return to {}"],
  app: ["App", "App", "the app"],
  retry: ["重试", "重試", "Try again"],
  wait: ["{}秒后可重试", "{}秒後可重試", "Try again in {} s"],
  close: ["关闭", "關閉", "Close"],
  account: ["我的账号", "我的帳號", "My account"],
  privacy: ["隐私保护指引", "隱私權保護指引", "Privacy notice"],
  contact: ["联系客服", "聯絡客服", "Customer service"],
  done: ["登录已确认", "登入已確認", "Sign-in confirmed"],
  unfinished: ["登录未完成", "登入未完成", "You're not signed in"],
  stuck: ["没能返回{}", "無法返回{}", "Couldn't return to {}"],
  by_hand: ["请重试，或手动打开{}", "請重試，或手動開啟{}", "Try again, or open {} yourself"],
  home: ["{}账号登录", "{}帳號登入", "{} sign-in"],
  purpose: ["在 App 里点登录，到这里确认", "在 App 裡點選登入，到這裡確認", "Sign in from an app, confirm here"],
  try: ["体验登录", "體驗登入", "Try it out"],

  // What to do about a problem; follows its cause.
  again: ["。请稍后重试", "。請稍後重試", ". Try again in a moment"],
  choose: ["，可再次选择", "，可再次選擇", ". Tap to choose again"],
  network: ["。请检查网络后重试", "。請檢查網路後重試", ". Check your network and try again"],
  in_app: ["。请回到 App 重新登录", "。請回到 App 重新登入", ". Go back to the app and sign in again"],
  support: ["。请联系 App 客服", "。請聯絡 App 客服", ". Contact the app's support"],

  // What the app receives as `message`, and the cause the page names where nothing below is more exact.
  "200": ["授权成功", "授权成功", "授权成功"],
  "400": ["用户取消授权", "用户取消授权", "用户取消授权"],
  "401": ["该 App 未开通此登录方式", "此 App 未開通此登入方式", "This app isn't set up for this sign-in"],
  "403": ["账号暂时无法登录", "帳號暫時無法登入", "This account can't sign in"],
  "404": ["找不到账号服务", "找不到帳號服務", "Account service not found"],
  "408": ["登录已超时", "登入已逾時", "The sign-in timed out"],
  "409": ["无法获取手机号", "無法取得手機號碼", "Phone number not available"],
  "422": ["登录链接有误", "登入連結有誤", "This sign-in link isn't valid"],
  "429": ["操作过于频繁", "操作過於頻繁", "Too many attempts"],
  "500": ["登录服务出了点问题", "登入服務出了點問題", "Something went wrong on our side"],
  "502": ["暂时无法登录", "暫時無法登入", "Sign-in is unavailable right now"],
  "503": ["网络连接失败", "網路連線失敗", "No connection"],

  "network.forbidden": ["登录服务配置有误", "登入服務設定有誤", "Sign-in is not set up correctly"],
  "registration.closed": ["暂不接受新用户", "暫不開放註冊", "New accounts can't be created right now"],
  "surface.browse_only": ["请先打开完整的小程序", "請先開啟完整的小程式", "Open the full mini program first"],
  "phone.required": ["需要手机号才能登录", "需要手機號碼才能登入", "A phone number is required"],
  "phone.unbound": ["请先绑定手机号", "請先綁定手機號碼", "Add a phone number to your account first"],
  "phone.quota": ["暂时无法获取手机号", "暫時無法取得手機號碼", "Phone number unavailable right now"],
} as const satisfies Record<string, readonly [string, string, string]>;

export type Key = keyof typeof WORDS;

/** The words for a key, with `name` in the place it leaves open: in Chinese text a Latin one stands between spaces. */
export function say(language: Language, key: Key, name = ""): string {
  return WORDS[key][LANGUAGES.indexOf(language) as 0 | 1 | 2].replace(
    /([一-鿿]?){}([一-鿿]?)/,
    (_, before: string, after: string) =>
      (before && /^\w/.test(name) ? `${before} ` : before) + name + (after && /\w$/.test(name) ? ` ${after}` : after),
  );
}

/** The language for one of WeChat's: `zh_CN`, `zh_TW`, `zh_HK`, `en` and many more; English for what we do not speak. */
export function languageOf(platformLanguage: string): Language {
  if (/^zh.(TW|HK|MO)/.test(platformLanguage)) return "zh-TW";
  return platformLanguage.startsWith("zh") ? "zh-CN" : "en";
}
