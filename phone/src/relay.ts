import http from "node:http";
import type { Journal } from "./journal";
import type { RelayReply, RelayRequest } from "./relay-format";

export interface RelayOptions {
  /** The one origin that is on the applet's domain list. */
  origin: string;
  appId: string;
  journal: Journal;
}

/** Connections stay open, as WeChat's client keeps them. */
const agent = new http.Agent({ keepAlive: true });

/**
 * Sends an applet's request as WeChat's client does: only to a listed domain, with WeChat's Referer and without the
 * Origin a browser would add. https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
 */
export async function relay(request: RelayRequest, { origin, appId, journal }: RelayOptions): Promise<RelayReply> {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  if (!url) return { errno: 600009, errMsg: "request:fail invalid url" };
  if (url.origin !== origin) return { errno: 600002, errMsg: "request:fail url not in domain list" };
  const startedAt = performance.now();
  const record = (status: number) => {
    const milliseconds = performance.now() - startedAt;
    const { method } = request;
    journal.record({ from: "applet", to: "auth server", method, path: url.pathname, status, milliseconds });
  };
  try {
    const referer = `https://servicewechat.com/${appId}/devtools/page-frame.html`;
    const reply = await send(url, { ...request, header: { ...request.header, referer } });
    record(reply.statusCode);
    return { ...reply, milliseconds: performance.now() - startedAt };
  } catch {
    record(0);
    const reason = "errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED";
    return { errno: 600001, errMsg: `request:fail ${reason}` };
  }
}

function send(url: URL, { method, header, body }: RelayRequest) {
  return new Promise<{ statusCode: number; header: Record<string, string>; body: string }>((resolve, reject) => {
    const length = body === null ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = http.request(url, { method, agent, headers: { ...header, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          statusCode: response.statusCode ?? 0,
          header: Object.fromEntries(headers) as Record<string, string>,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    request.on("error", reject);
    request.end(body ?? undefined);
  });
}
