import type { ServerErrorCode } from "@app2wxapp/protocol";

/** What people read beside an error code; programs read the code. */
export const MESSAGES: Record<ServerErrorCode, string> = {
  "request.invalid": "请求格式错误",
  "request.too_large": "请求过大",
  "rate.limited": "请求过于频繁，请稍后再试",
  "server.unexpected": "服务器内部错误",
  "server.unavailable": "服务暂时不可用，请稍后再试",
  "pool.unknown": "用户池不存在",
  "app.not_allowed": "该应用未获准使用此用户池",
  "app.caller_missing": "无法识别发起登录的应用",
  "applet.mismatch": "该小程序不属于此用户池",
  "pkce.required": "此用户池要求 PKCE",
  "wechat_code.invalid": "微信登录凭证无效或已过期",
  "user.blocked": "账号已被禁止登录",
  "registration.closed": "此用户池不接受新用户注册",
  "wechat.unavailable": "微信服务暂时不可用",
  "wechat.misconfigured": "微信小程序配置有误，请联系管理员",
  "attempt.expired": "登录已超时，请重新发起",
  "phone.required": "需要手机号",
  "agreements.required": "需要同意协议",
  "phone_code.invalid": "手机号凭证无效或已过期",
  "phone.mismatch": "手机号凭证与登录的微信用户不一致",
  "client.unauthorized": "用户池 ID 或密钥错误",
  "ticket.invalid": "ticket 无效或已过期",
  "ticket.used": "ticket 已被使用",
  "verifier.invalid": "PKCE 校验失败",
};

/** `client.unauthorized` under /admin, where no pool secret is asked for. */
export const ADMIN_UNAUTHORIZED = "管理员令牌缺失或错误（Authorization: Bearer …，见 ADMIN_TOKENS）";

/** The same for a token that may only look. */
export const ADMIN_READS_ONLY = "此管理员令牌只能查看（ADMIN_TOKENS 中的 name:reader:token）";

/** The sign-in of the console, for a page that is not the console. */
export const CONSOLE_ONLY = "只有控制台自己的页面可以登录";

/** Where the console should be, on a server that was compiled without it. */
export const CONSOLE_NOT_BUILT = "控制台尚未编译：请运行 npm run compile";

/** The reference's words for a successful exchange in the envelope style. */
export const EXCHANGED = "获取用户信息成功";

/** What WeChat has shown in place of real nicknames since 2022-11. */
export const DEFAULT_NICKNAME = "微信用户";
