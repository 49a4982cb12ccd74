import { LANGUAGES, type Language, type ServerErrorCode } from "@app2wxapp/protocol";

/** The same words in simplified Chinese, traditional Chinese and English: the order of {@link LANGUAGES}. */
export type Words = readonly [string, string, string];

export function wordsIn(words: Words, language: Language): string {
  return words[LANGUAGES.indexOf(language) as 0 | 1 | 2];
}

/** What people read beside an error code; programs read the code. The English words are plain ASCII, as OAuth wants them. */
export const MESSAGES: Record<ServerErrorCode, Words> = {
  "request.invalid": ["请求格式错误", "請求格式錯誤", "The request is malformed"],
  "request.too_large": ["请求过大", "請求過大", "The request is too large"],
  "rate.limited": ["请求过于频繁，请稍后再试", "請求過於頻繁，請稍後再試", "Too many requests, try again later"],
  "server.unexpected": ["服务器内部错误", "伺服器內部錯誤", "The server failed"],
  "server.unavailable": [
    "服务暂时不可用，请稍后再试",
    "服務暫時無法使用，請稍後再試",
    "The service is unavailable, try again later",
  ],
  "pool.unknown": ["用户池不存在", "用戶池不存在", "There is no such user pool"],
  "app.not_allowed": ["该应用未获准使用此用户池", "該應用未獲准使用此用戶池", "This app may not use this user pool"],
  "app.caller_missing": [
    "无法识别发起登录的应用",
    "無法識別發起登入的應用",
    "The app that began the login cannot be told",
  ],
  "applet.mismatch": ["该小程序不属于此用户池", "該小程式不屬於此用戶池", "This applet is not the user pool's"],
  "pkce.required": ["此用户池要求 PKCE", "此用戶池要求 PKCE", "This user pool requires PKCE"],
  "wechat_code.invalid": [
    "微信登录凭证无效或已过期",
    "微信登入憑證無效或已過期",
    "WeChat's login code is invalid or expired",
  ],
  "user.blocked": ["账号已被禁止登录", "帳號已被禁止登入", "The account is blocked"],
  "registration.closed": [
    "此用户池不接受新用户注册",
    "此用戶池不接受新用戶註冊",
    "This user pool takes no new accounts",
  ],
  "wechat.unavailable": ["微信服务暂时不可用", "微信服務暫時無法使用", "WeChat's server is unavailable"],
  "wechat.misconfigured": [
    "微信小程序配置有误，请联系管理员",
    "微信小程式設定有誤，請聯絡管理員",
    "WeChat refuses the applet's configuration, tell the operator",
  ],
  "attempt.expired": ["登录已超时，请重新发起", "登入已逾時，請重新發起", "The login timed out, begin again"],
  "phone.required": ["需要手机号", "需要手機號碼", "A phone number is required"],
  "agreements.required": ["需要同意协议", "需要同意條款", "The agreements must be accepted"],
  "phone_code.invalid": [
    "手机号凭证无效或已过期",
    "手機號碼憑證無效或已過期",
    "WeChat's phone code is invalid or expired",
  ],
  "phone.mismatch": [
    "手机号凭证与登录的微信用户不一致",
    "手機號碼憑證與登入的微信用戶不一致",
    "The phone code is another WeChat user's",
  ],
  "client.unauthorized": ["用户池 ID 或密钥错误", "用戶池 ID 或密鑰錯誤", "Wrong user pool id or secret"],
  "ticket.invalid": ["ticket 无效或已过期", "ticket 無效或已過期", "The ticket is invalid or expired"],
  "ticket.used": ["ticket 已被使用", "ticket 已被使用", "The ticket was used before"],
  "verifier.invalid": ["PKCE 校验失败", "PKCE 驗證失敗", "The PKCE verifier is wrong or missing"],
};

/** `client.unauthorized` under /admin, where no pool secret is asked for. */
export const ADMIN_UNAUTHORIZED: Words = [
  "管理员令牌缺失或错误（Authorization: Bearer …，见 ADMIN_TOKENS）",
  "管理員權杖缺失或錯誤（Authorization: Bearer …，見 ADMIN_TOKENS）",
  "The administrator's token is missing or wrong (Authorization: Bearer …, see ADMIN_TOKENS)",
];

/** The same for a token that may only look. */
export const ADMIN_READS_ONLY: Words = [
  "此管理员令牌只能查看（ADMIN_TOKENS 中的 name:reader:token）",
  "此管理員權杖只能檢視（ADMIN_TOKENS 中的 name:reader:token）",
  "This administrator's token may only look (name:reader:token in ADMIN_TOKENS)",
];

/** The sign-in of the console, for a page that is not the console. */
export const CONSOLE_ONLY: Words = [
  "只有控制台自己的页面可以登录",
  "只有控制台自己的頁面可以登入",
  "Only the console's own page can sign in",
];

/** Where the console should be, on a server that was compiled without it. */
export const CONSOLE_NOT_BUILT: Words = [
  "控制台尚未编译：请运行 npm run compile",
  "控制台尚未編譯：請執行 npm run compile",
  "The console was not compiled: run npm run compile",
];

/** The reference's words for a successful exchange in the envelope style. */
export const EXCHANGED = "获取用户信息成功";

/** The app of a login that came from none that could be told. */
export const UNKNOWN_APP: Words = ["其他 App", "其他 App", "Another app"];

/** What WeChat has shown in place of real nicknames since 2022-11. */
export const DEFAULT_NICKNAME = "微信用户";
