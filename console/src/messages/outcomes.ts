import { words } from "../language";

/**
 * Whose a refusal is: the person changed their mind or was slow; a rule did what the operator wants; something is wrong
 * and somebody should look.
 */
export type Whose = "person" | "rule" | "fault";

export const WHOSE: Readonly<Record<string, Whose>> = {
  "attempt.expired": "person",
  "phone.required": "person",
  "agreements.required": "person",
  "phone_code.invalid": "person",
  "wechat_code.invalid": "person",
  "app.not_allowed": "rule",
  "app.caller_missing": "rule",
  "user.blocked": "rule",
  "registration.closed": "rule",
  "phone.mismatch": "rule",
  "rate.limited": "rule",
  "ticket.used": "rule",
};

interface Meaning {
  what: string;
  todo?: string;
}

const zh: Record<string, Meaning> = {
  ok: { what: "成功" },
  "attempt.expired": { what: "登录超时，用户没有完成" },
  "phone.required": { what: "用户没有提供手机号", todo: "如果不是必须，可以允许用户不提供。" },
  "agreements.required": { what: "用户没有同意协议" },
  "phone_code.invalid": { what: "手机号凭证过期，会再问一次" },
  "wechat_code.invalid": { what: "微信登录凭证过期，会自动重试" },
  "app.not_allowed": { what: "App 不在名单里", todo: "如果是你的 App，把它的 AppID 加到“登录页”的名单里。" },
  "app.caller_missing": { what: "微信没有说明是哪个 App", todo: "如果是自己人扫码测试，请改从 App 打开。" },
  "applet.mismatch": { what: "不是这个用户池的小程序", todo: "检查“设置”里的小程序 AppID 与真正运行的是否一致。" },
  "pkce.required": { what: "App 没有带 PKCE", todo: "App 要升级到支持 PKCE 的版本，或关掉“每次登录都要求 PKCE”。" },
  "user.blocked": { what: "账号已被封禁" },
  "registration.closed": { what: "不接受新用户" },
  "wechat.unavailable": { what: "微信没有应答或系统繁忙", todo: "看下面的“微信”一栏。" },
  "wechat.misconfigured": { what: "小程序配置有误", todo: "到“接入”里检查微信凭据。" },
  "phone.mismatch": { what: "手机号不是本人的" },
  "rate.limited": { what: "请求过于频繁" },
  "client.unauthorized": { what: "用户池密钥不对", todo: "检查后端配置的密钥；刚更换过的话，后端还在用旧的。" },
  "ticket.invalid": { what: "ticket 无效或已过期", todo: "后端要在拿到后立刻换取；有效期在“设置”里。" },
  "ticket.used": { what: "ticket 被重复使用" },
  "verifier.invalid": { what: "PKCE 校验失败", todo: "App 要把同一次登录的 verifier 交给后端。" },
  "request.invalid": { what: "请求格式不对", todo: "检查后端或小程序的版本。" },
  "request.too_large": { what: "请求过大" },
  "pool.unknown": { what: "没有这个用户池", todo: "检查 App 里写的用户池 id。" },
  "server.unavailable": { what: "数据库暂时不可用", todo: "检查数据库。" },
  "server.unexpected": { what: "服务器内部错误", todo: "查看服务器日志。" },
};

const en: Record<string, Meaning> = {
  ok: { what: "Success" },
  "attempt.expired": { what: "Timed out; the person did not finish" },
  "phone.required": { what: "The person gave no phone number", todo: "If you can do without, let people decline." },
  "agreements.required": { what: "The person did not agree to the terms" },
  "phone_code.invalid": { what: "The phone code expired; it is asked for again" },
  "wechat_code.invalid": { what: "The login code expired; it is tried again" },
  "app.not_allowed": {
    what: "The app is not on the list",
    todo: "If it is yours, add its AppID under “Sign-in page”.",
  },
  "app.caller_missing": {
    what: "WeChat did not say which app it was",
    todo: "If a colleague scanned a code, open it from the app instead.",
  },
  "applet.mismatch": {
    what: "Another mini program than this pool’s",
    todo: "Compare the AppID under “Settings” with the mini program that really runs.",
  },
  "pkce.required": { what: "The app sent no PKCE challenge", todo: "Update the app, or do not require PKCE." },
  "user.blocked": { what: "The account is blocked" },
  "registration.closed": { what: "No new accounts" },
  "wechat.unavailable": { what: "WeChat did not answer, or was busy", todo: "See “WeChat” below." },
  "wechat.misconfigured": {
    what: "The mini program is not set up correctly",
    todo: "Check the WeChat credentials under “Integrate”.",
  },
  "phone.mismatch": { what: "The number is somebody else’s" },
  "rate.limited": { what: "Too many requests" },
  "client.unauthorized": {
    what: "Wrong pool secret",
    todo: "Check the backend’s secret; after a replacement it may still use the former one.",
  },
  "ticket.invalid": {
    what: "The ticket is invalid or expired",
    todo: "Backends must exchange it at once; its life is under “Settings”.",
  },
  "ticket.used": { what: "The ticket was used twice" },
  "verifier.invalid": {
    what: "The PKCE verifier does not match",
    todo: "The app must pass on the verifier of the same sign-in.",
  },
  "request.invalid": { what: "Malformed request", todo: "Check the version of the backend or the mini program." },
  "request.too_large": { what: "Request too large" },
  "pool.unknown": { what: "There is no such pool", todo: "Check the pool id in the app." },
  "server.unavailable": { what: "The database was unavailable", todo: "Check the database." },
  "server.unexpected": { what: "The server failed", todo: "Look into its log." },
};

/** What an outcome of a login means, by its error code. */
export const outcomes = words(zh, en);

export function whoseIs(outcome: string): Whose {
  return WHOSE[outcome] ?? "fault";
}
