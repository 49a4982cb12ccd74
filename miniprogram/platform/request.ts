import { CallError } from "./call-error";
import { settling, type Readings } from "./settling";

const TIMEOUT = 10_000;

/** An answer with whatever HTTP status; wx.request calls every one of them a success. */
export type HttpAnswer = Pick<WechatMiniprogram.RequestSuccessCallbackResult, "statusCode" | "data">;

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const READINGS: Readings = [
  [/#(600002|600009|600011) |domain/, "network.forbidden"],
  [/#600003 |interrupted/, "network.interrupted"],
  [/#5 |time ?out|TIMED_OUT/, "network.timeout"],
];

/** Posts JSON and gives the answer, of whatever status. Rejects when there is none, saying as closely as known why. */
export async function postJson(url: string, data: object): Promise<HttpAnswer> {
  try {
    return await settling<HttpAnswer>(
      (callbacks) => wx.request({ ...callbacks, url, method: "POST", data, timeout: TIMEOUT }),
      READINGS,
      "network.failed",
      TIMEOUT + 1_000,
    );
  } catch (error) {
    const { problem, reason } = error as CallError;
    throw new CallError(/failed|timeout/.test(problem) ? await refined(problem) : problem, reason);
  }
}

/** Asks the platform about the network where the failure leaves the reason open. Its silence refines nothing. */
async function refined(problem: string): Promise<string> {
  const { networkType, weakNet } = await settling<Partial<WechatMiniprogram.GetNetworkTypeSuccessCallbackResult>>(
    (callbacks) => wx.getNetworkType(callbacks),
    [],
    "capability.failed",
    1_000,
  ).catch(() => ({ networkType: undefined, weakNet: undefined }));
  if (networkType === "none") return "network.offline";
  return weakNet ? "network.weak" : problem;
}
