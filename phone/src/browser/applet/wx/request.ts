import type { Client } from "../built-in-node";
import { CallFailure, failureOf, tellCallbacks, type Answer, type CallOptions } from "./calls";

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
export function createRequest(client: Client, appTimeoutMs: number | undefined) {
  return (options: RequestOptions) => {
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(new CallFailure("abort"));
    });
    const method = (options.method ?? "GET").toUpperCase();
    const limitMs = options.timeout ?? appTimeoutMs ?? DEFAULT_TIMEOUT_MS;
    void send(client, options, method, [exchange(client, options, method), timeout(client, limitMs), aborted]);
    return {
      abort,
      onHeadersReceived: () => undefined,
      offHeadersReceived: () => undefined,
    };
  };
}

/** The first of what may end a request is its answer. */
async function send(
  client: Client,
  options: RequestOptions,
  method: string,
  ends: readonly Promise<Record<string, unknown>>[],
): Promise<void> {
  const broken = interruption(client);
  const answer = await Promise.race([...ends, broken.promise]).then(
    (value): Answer => ({ ok: true, value }),
    (error: unknown): Answer => {
      if (!(error instanceof CallFailure)) throw error;
      return { ok: false, value: failureOf("request", error) };
    },
  );
  broken.forget();
  const outcome = answer.ok ? answer.value["statusCode"] : String(answer.value["errMsg"]).slice("request:fail ".length);
  client.note({ kind: "wx", name: "wx.request", detail: `${method} ${shortPath(options.url)} → ${String(outcome)}` });
  client.clock.deliver(() => tellCallbacks(answer, options));
}

async function timeout({ clock }: Client, limitMs: number): Promise<never> {
  await clock.wait(limitMs);
  throw new CallFailure("timeout", 5);
}

/** What the client does to requests that are under way five seconds after the applet was hidden. */
function interruption(client: Client) {
  let forget = () => {};
  const promise = new Promise<never>((_, reject) => {
    forget = client.clock.onSuspension(() => {
      if (client.device().backgroundRequests === "interrupted") reject(new CallFailure("interrupted", 600003));
    });
  });
  return { promise, forget };
}

async function exchange(client: Client, options: RequestOptions, method: string) {
  const { clock } = client;
  const { network, requestLatency } = client.device();
  const sentAt = clock.now();
  await clock.wait(requestLatency / 2);
  await meetNetwork(network);
  const reply = await client.relay({ ...toUrlAndBody(options, method), method, header: headers(options.header) });
  // The latency is the network's, there and back; what the server takes comes on top, the phone's own relay does not.
  const serverTook = "milliseconds" in reply ? reply.milliseconds : 0;
  await clock.wait(sentAt + requestLatency + serverTook - clock.now());
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
async function meetNetwork(network: ReturnType<Client["device"]>["network"]): Promise<void> {
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
