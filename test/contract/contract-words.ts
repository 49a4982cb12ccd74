import type { Launch, ReturnCode, ServerErrorCode } from "@app2wxapp/protocol";
import type { NextStep } from "@app2wxapp/launch";

/** In Chinese and in English: a reader's language is its place. */
export type Said = readonly [zh: string, en: string];

/** What an app says at the launch; a parameter without words here does not compile. */
export const LAUNCH_PARAMETERS: Record<Exclude<keyof Launch, "malformed">, { example: string; means: Said }> = {
  userPoolId: {
    example: "5e4cdd055df3df65dc58b97d",
    means: ["用户池；缺省时用构建小程序时定的", "the user pool; missing: the one the applet was built with"],
  },
  getPhone: {
    example: "1",
    means: [
      "`1`：要手机号（以用户池的 `phone` 设置为准）",
      "`1`: the app wants the phone number (the pool's `phone` has the last word)",
    ],
  },
  fromApp: { example: "1", means: ["`1`：由 App 打开", "`1`: an app opened the applet"] },
  useSelfWxapp: {
    example: "0",
    means: [
      "`1`：用户池自己的小程序，`0`：共用的；仅供参考",
      "`1`: the pool's own applet, `0`: the shared one; advisory",
    ],
  },
  state: {
    example: "b2xkIHN0YXRl",
    means: ["每次登录一个随机值，原样回传，App 必须比对", "random for each login, echoed; the app must compare it"],
  },
  codeChallenge: {
    example: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    means: [
      "PKCE：`codeVerifier` 的 SHA-256，base64url（RFC 7636，S256）",
      "PKCE: SHA-256 of the `codeVerifier`, base64url (RFC 7636, S256)",
    ],
  },
  nonce: { example: "n-0S6_WzA2Mj", means: ["由后端给出，写进 id_token", "from your backend; ends in the id_token"] },
  lang: {
    example: "en",
    means: ["`zh-CN`、`zh-TW`、`en`；缺省随微信", "`zh-CN`, `zh-TW`, `en`; missing: WeChat's language"],
  },
};

export const NEXT_STEPS: Record<NextStep, Said> = {
  exchange: ["立刻把 ticket 交给后端", "send the ticket to your backend at once"],
  "offer-again": ["再次显示登录按钮", "show the login button again"],
  "try-later": ["告诉用户稍后再试", "say that logging in does not work at the moment"],
  "another-way": ["提供别的登录方式或客服", "offer another way, or support"],
  "fix-the-app": [
    "用户无能为力：改 App 或用户池的设置",
    "no person can mend it: correct the app or the pool's settings",
  ],
};

export const RETURN_MEANINGS: Record<ReturnCode, Said> = {
  200: ["成功，带 `ticket`", "granted, with `ticket`"],
  400: ["用户取消", "the person declined"],
  401: [
    "App 不在用户池的 `allowedApps` 里，或微信没说是谁打开的",
    "the app is not in the pool's `allowedApps`, or WeChat did not say who called",
  ],
  403: ["用户被禁止，或不接受新用户", "the person is blocked, or the pool takes no new accounts"],
  404: ["服务器上没有这个用户池", "the server knows no such pool"],
  408: ["登录超过十分钟", "the login took longer than ten minutes"],
  409: ["没有得到手机号，或者是别人的", "no phone number, or somebody else's"],
  422: ["启动参数有误，或用户池要求 PKCE", "malformed launch parameters, or the pool demands PKCE"],
  429: ["请求过多", "too many requests"],
  500: ["认证服务器出错", "the auth server failed"],
  502: [
    "微信的服务器出错，或不认小程序的 AppSecret、IP",
    "WeChat's server failed, or refuses the applet's AppSecret or IP address",
  ],
  503: ["用户的网络连不上认证服务器", "the person's network did not reach the auth server"],
};

/** What a backend does about an error code; the other codes never reach one. */
export const BACKEND_ADVICE: Partial<Record<ServerErrorCode, Said>> = {
  "request.invalid": [
    "改请求：`message` 说明哪里不对；404 为没有这个用户",
    "correct the request: `message` says what is wrong; 404: no such user",
  ],
  "request.too_large": ["正文不超过 8 KiB", "a body has at most 8 KiB"],
  "rate.limited": ["`Retry-After` 秒之后再试", "try again after `Retry-After` seconds"],
  "server.unexpected": ["重试一次；带 `requestId` 报告", "try once more; report it with `requestId`"],
  "server.unavailable": [
    "`Retry-After` 秒之后重试；ticket 仍然有效，除非已过期",
    "try again after `Retry-After` seconds; the ticket is still good unless it expired",
  ],
  "pool.unknown": ["核对用户池 ID 和服务器", "check the pool's id and the server"],
  "client.unauthorized": [
    "核对用户池 ID 和密钥（两者不作区分）；userinfo：令牌无效",
    "check the pool's id and secret (the two are not told apart); userinfo: the token is not good",
  ],
  "ticket.invalid": [
    "未知、过期或属于别的用户池：让用户重新登录",
    "unknown, expired or another pool's: the person signs in again",
  ],
  "ticket.used": [
    "已被用过：可能被人拿走，不要给予登录；用户重新登录",
    "used before: somebody may have taken it; sign nobody in, the person begins again",
  ],
  "verifier.invalid": [
    "`codeVerifier` 不是这次登录的，或漏了、多了",
    "the `codeVerifier` is not this login's, or is missing, or is one too many",
  ],
  "user.blocked": ["告诉用户账号被禁止；ticket 已作废", "tell the person; the ticket is spent"],
  "registration.closed": ["用户池不接受新用户；ticket 已作废", "the pool takes no new accounts; the ticket is spent"],
};

export const CLAIMS: Record<string, Said> = {
  data: [
    "Authing 的三个字段：`id`、`unionid`（可能为空）、`clientId`",
    "Authing's three fields: `id`, `unionid` (may be empty), `clientId`",
  ],
  sub: ["用户 ID，同 `data.id`", "the user's id, as `data.id`"],
  iss: ["`PUBLIC_ORIGIN` + `/` + 用户池 ID；**要校验**", "`PUBLIC_ORIGIN` + `/` + pool id; **verify it**"],
  aud: ["用户池 ID；**要校验**", "the pool's id; **verify it**"],
  azp: [
    "打开小程序的 App 的 AppID；微信没说时没有",
    "AppID of the app that opened the applet; missing where WeChat did not say",
  ],
  scope: ["`openid profile`，有手机号时加 `phone`", "`openid profile`, and `phone` when the login gave the number"],
  jti: ["令牌自己的 ID", "the token's own id"],
  iat: ["签发时间，秒", "when it was issued, seconds"],
  exp: ["过期时间，秒；默认 15 天；**要校验**", "when it expires, seconds; 15 days by default; **verify it**"],
};

/** Calls of backends in the order of the page. */
export const BACKEND_CALLS: Record<string, Said> = {
  exchangeTicket: ["用 ticket 换用户和令牌", "trade a ticket for the user and a token"],
  requestToken: ["同上，OAuth 2.0 的写法", "the same, as OAuth 2.0 has it"],
  introspectToken: ["令牌此刻是否有效（RFC 7662）", "whether a token is good now (RFC 7662)"],
  revokeToken: ["吊销令牌（RFC 7009）", "revoke a token (RFC 7009)"],
  getUserinfo: ["令牌是谁的（OpenID Connect）", "whose a token is (OpenID Connect)"],
  getUser: ["读取用户", "read a user"],
  eraseUser: ["删除用户", "erase a user"],
  getKeys: ["ES256 的公钥", "the public keys of ES256"],
  getDiscovery: ["OpenID Connect discovery（ES256）", "OpenID Connect discovery (ES256)"],
};
