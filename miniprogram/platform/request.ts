import { PlatformError, type Failure, type PlatformProblem } from "./platform-error";
import { settling } from "./settling";

const TIMEOUT = 10_000;

/** An answer with whatever HTTP status; wx.request calls every one of them a success. */
export interface HttpAnswer {
  status: number;
  body: unknown;
  /** From the Retry-After header, when it holds a number of seconds. */
  retryAfterSeconds: number | undefined;
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const BY_ERRNO: Readonly<Record<number, PlatformProblem>> = {
  5: "network.timeout",
  600002: "network.forbidden",
  600003: "network.interrupted",
  600009: "network.forbidden",
  600011: "network.forbidden",
};

/** Base libraries before errno, and errnos that say little. */
const BY_TEXT: readonly (readonly [RegExp, PlatformProblem])[] = [
  [/url not in domain list|domain/i, "network.forbidden"],
  [/interrupted/i, "network.interrupted"],
  [/timeout|timed out/i, "network.timeout"],
  [/INTERNET_DISCONNECTED|互联网|offline/i, "network.offline"],
];

/** Posts JSON and gives the answer, of whatever status. Rejects when there is none, saying as closely as known why. */
export async function postJson(url: string, body: object): Promise<HttpAnswer> {
  try {
    return await settling<WechatMiniprogram.RequestSuccessCallbackResult, HttpAnswer>(
      (callbacks) =>
        void wx.request({
          ...callbacks,
          url,
          method: "POST",
          data: body,
          header: { "content-type": "application/json" },
          timeout: TIMEOUT,
        }),
      ({ statusCode, data, header }) => ({
        status: statusCode,
        body: data,
        retryAfterSeconds: retryAfter(header as Record<string, unknown> | undefined),
      }),
      problemOf,
      { milliseconds: TIMEOUT + 1_000, onSilence: "network.timeout" },
    );
  } catch (error) {
    throw error instanceof PlatformError ? await refined(error) : error;
  }
}

function problemOf({ errno, errMsg = "" }: Failure): PlatformProblem {
  const numbered = errno === undefined ? undefined : BY_ERRNO[errno];
  return numbered ?? BY_TEXT.find(([text]) => text.test(errMsg))?.[1] ?? "network.failed";
}

/** Asks the platform about the network when the failure itself leaves the reason open. */
async function refined(error: PlatformError): Promise<PlatformError> {
  if (error.problem !== "network.failed" && error.problem !== "network.timeout") return error;
  const network = await networkState();
  if (network === "offline") return new PlatformError("network.offline", error.cause);
  return network === "weak" ? new PlatformError("network.weak", error.cause) : error;
}

/** Never rejects: it only refines a failure that is already known. */
async function networkState(): Promise<"offline" | "weak" | "usable"> {
  try {
    return await settling<WechatMiniprogram.GetNetworkTypeSuccessCallbackResult, "offline" | "weak" | "usable">(
      (callbacks) => void wx.getNetworkType(callbacks),
      ({ networkType, weakNet }) => (networkType === "none" ? "offline" : weakNet ? "weak" : "usable"),
      () => "capability.failed",
      { milliseconds: 1_000, onSilence: "capability.failed" },
    );
  } catch {
    return "usable";
  }
}

/** Header names come in any case, lower with HTTP/2. */
function retryAfter(header: Record<string, unknown> = {}): number | undefined {
  const name = Object.keys(header).find((key) => key.toLowerCase() === "retry-after");
  const seconds = name === undefined ? NaN : Number(header[name]);
  return seconds > 0 && seconds <= 3600 ? seconds : undefined;
}
