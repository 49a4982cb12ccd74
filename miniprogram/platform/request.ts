import { callNetwork, TIMEOUT } from "./network";
import type { Readings } from "./promisify";

/** An answer with whatever HTTP status; wx.request calls every one of them a success. */
export type HttpAnswer = Pick<WechatMiniprogram.RequestSuccessCallbackResult, "statusCode" | "data"> & {
  header?: Record<string, unknown>;
};

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const READINGS: Readings = [
  [/#(600002|600009|600011) |domain/, "network.forbidden"],
  [/#600003 |interrupted/, "network.interrupted"],
  [/#5 |time ?out|TIMED_OUT/, "network.timeout"],
];

/**
 * Posts JSON and gives the answer, of whatever status, in `language` where it holds words for people. Rejects when there
 * is none, saying as closely as known why.
 */
export function postJson(url: string, data: object, language: string): Promise<HttpAnswer> {
  return callNetwork<HttpAnswer>(
    (callbacks) =>
      wx.request({
        ...callbacks,
        url,
        method: "POST",
        header: { "accept-language": language },
        data,
        timeout: TIMEOUT,
      }),
    READINGS,
    "network.failed",
  );
}
