import type { ServerErrorCode } from "@app2wxapp/protocol";

/** The three endpoints the server calls, and no other. */
export type Endpoint = "jscode2session" | "stable_token" | "getuserphonenumber";

/**
 * What is done about an errcode: refuse with a protocol error, `retry` once (then it is `wechat.unavailable`), or
 * `refresh` the access token and repeat once (then it is `wechat.misconfigured`).
 */
export type Reaction = ServerErrorCode | "retry" | "refresh";

/**
 * Every errcode WeChat's pages name for these endpoints, and those seen in the field. One that is not here is
 * `wechat.unavailable`: nobody is let in by an answer we do not know.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
 */
export const ERRCODES: Readonly<Record<Endpoint, Readonly<Record<number, Reaction>>>> = {
  jscode2session: {
    [-1]: "retry",
    // Wrong, expired, of another applet, or a getPhoneNumber code.
    40029: "wechat_code.invalid",
    // Already used. Not on the page, yet real.
    40163: "wechat_code.invalid",
    41008: "wechat_code.invalid",
    // WeChat holds the person for a risk.
    40226: "user.blocked",
    45011: "rate.limited",
    40013: "wechat.misconfigured",
    40125: "wechat.misconfigured",
    40243: "wechat.misconfigured",
    41002: "wechat.misconfigured",
    41004: "wechat.misconfigured",
    45009: "wechat.unavailable",
  },
  stable_token: {
    [-1]: "retry",
    40002: "wechat.misconfigured",
    40013: "wechat.misconfigured",
    40125: "wechat.misconfigured",
    40164: "wechat.misconfigured",
    40243: "wechat.misconfigured",
    41002: "wechat.misconfigured",
    41004: "wechat.misconfigured",
    43002: "wechat.misconfigured",
    45009: "wechat.unavailable",
    45011: "wechat.unavailable",
    50004: "wechat.misconfigured",
    50007: "wechat.misconfigured",
    89503: "wechat.misconfigured",
    89506: "wechat.misconfigured",
    89507: "wechat.misconfigured",
  },
  getuserphonenumber: {
    [-1]: "retry",
    40001: "refresh",
    40014: "refresh",
    42001: "refresh",
    40029: "phone_code.invalid",
    40163: "phone_code.invalid",
    41008: "phone_code.invalid",
    // The code came from somebody else than the openid sent with it.
    40003: "phone.mismatch",
    45011: "rate.limited",
    40013: "wechat.misconfigured",
    48001: "wechat.misconfigured",
    61003: "wechat.misconfigured",
    45009: "wechat.unavailable",
  },
};
