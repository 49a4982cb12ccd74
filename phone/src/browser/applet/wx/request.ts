import type { PhoneSide } from "../../bridge";
import { CallFailure, wait, waitUntil, type CallOptions } from "./calls";

interface RequestOptions extends CallOptions {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
  timeout?: number;
  dataType?: string;
}

/** WeChat's own limit where neither the call nor app.json sets one. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html */
export function createRequest(phone: PhoneSide, appTimeoutMs: number | undefined) {
  return (options: RequestOptions) => {
    let aborted = false;
    void send(phone, options, appTimeoutMs, () => aborted);
    return {
      abort: () => void (aborted = true),
      onHeadersReceived: () => undefined,
      offHeadersReceived: () => undefined,
    };
  };
}

async function send(
  phone: PhoneSide,
  options: RequestOptions,
  appTimeoutMs: number | undefined,
  isAborted: () => boolean,
) {
  const method = (options.method ?? "GET").toUpperCase();
  const told = `${method} ${shortPath(options.url)}`;
  try {
    const limit = wait(options.timeout ?? appTimeoutMs ?? DEFAULT_TIMEOUT_MS).then(() => {
      throw new CallFailure("timeout", 5);
    });
    const result = await Promise.race([exchange(phone, options, method), limit]);
    if (isAborted()) throw new CallFailure("abort");
    phone.note({ kind: "wx", name: "wx.request", detail: `${told} → ${result.statusCode}` });
    options.success?.(result);
    options.complete?.(result);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const failure = {
      errMsg: `request:fail ${error.message}`,
      ...(error.errno === undefined ? {} : { errno: error.errno }),
    };
    phone.note({ kind: "wx", name: "wx.request", detail: `${told} → ${error.message}` });
    options.fail?.(failure);
    options.complete?.(failure);
  }
}

async function exchange(phone: PhoneSide, options: RequestOptions, method: string) {
  const { network, requestLatency } = phone.device();
  const sentAt = performance.now();
  await wait(requestLatency / 2);
  await meetNetwork(network);
  const reply = await phone.relay({ ...toUrlAndBody(options, method), method, header: headers(options.header) });
  // The latency is the network's, there and back; what the server takes comes on top, the phone's own relay does not.
  const serverTook = "milliseconds" in reply ? reply.milliseconds : 0;
  await waitUntil(sentAt + requestLatency + serverTook);
  if ("errno" in reply) throw new CallFailure(reply.errMsg.replace(/^request:fail /, ""), reply.errno);
  const { statusCode, header, body } = reply;
  return {
    errMsg: "request:ok",
    statusCode,
    header,
    cookies: [],
    data: options.dataType === "other" ? body : parsed(body),
  };
}

/** Errnos and texts: https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
async function meetNetwork(network: ReturnType<PhoneSide["device"]>["network"]): Promise<void> {
  switch (network) {
    case "online":
      return;
    case "offline":
      throw new CallFailure("errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED", 600001);
    case "interrupted":
      throw new CallFailure("interrupted", 600003);
    case "domainNotListed":
      throw new CallFailure("url not in domain list", 600002);
    case "timeout":
      throw new CallFailure("timeout", 5);
  }
}

function toUrlAndBody({ url, data }: RequestOptions, method: string): { url: string; body: string | null } {
  if (data === undefined) return { url, body: null };
  if (method !== "GET") return { url, body: typeof data === "string" ? data : JSON.stringify(data) };
  const query = new URLSearchParams(data as Record<string, string>).toString();
  return { url: url + (url.includes("?") ? "&" : "?") + query, body: null };
}

function headers(header: Record<string, string> = {}): Record<string, string> {
  const lower = Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]));
  return { "content-type": "application/json", ...lower };
}

/** dataType is json by default, and a body that is none arrives as text. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function shortPath(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
