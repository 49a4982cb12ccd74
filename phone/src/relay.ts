import type { Journal } from "./journal";

/** A wx.request as the phone hands it over. */
export interface RelayRequest {
  url: string;
  method: string;
  header: Record<string, string>;
  body: string | null;
}

export type RelayReply =
  { statusCode: number; header: Record<string, string>; body: string } | { errno: number; errMsg: string };

export interface RelayOptions {
  /** The one origin that is on the applet's domain list. */
  origin: string;
  appId: string;
  journal: Journal;
}

/**
 * Sends an applet's request as WeChat's client does: only to a listed domain, with WeChat's Referer and without the
 * Origin a browser would add. https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
 */
export async function relay(request: RelayRequest, { origin, appId, journal }: RelayOptions): Promise<RelayReply> {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  if (!url) return { errno: 600009, errMsg: "request:fail invalid url" };
  if (url.origin !== origin) return { errno: 600002, errMsg: "request:fail url not in domain list" };
  const startedAt = performance.now();
  const entry = { from: "applet", to: "auth server", method: request.method, path: url.pathname } as const;
  const record = (status: number) => {
    journal.record({ ...entry, status, milliseconds: Math.round(performance.now() - startedAt) });
  };
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: { ...request.header, referer: `https://servicewechat.com/${appId}/devtools/page-frame.html` },
      body: request.body,
      redirect: "manual",
    });
    const body = await response.text();
    record(response.status);
    return { statusCode: response.status, header: Object.fromEntries(response.headers), body };
  } catch {
    record(0);
    return {
      errno: 600001,
      errMsg: "request:fail errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED",
    };
  }
}
