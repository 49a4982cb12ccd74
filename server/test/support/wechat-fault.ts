import http from "node:http";
import { end, listen } from "./loopback";

/** What a faulty WeChat does with a call: answers, or something worse. */
export type Behaviour = (response: http.ServerResponse, call: SeenCall, nth: number) => void;

export interface SeenCall {
  path: string;
  url: string;
  query: URLSearchParams;
  body: string;
}

/** A server in WeChat's place that behaves as badly as it is told. */
export class FaultyWeChat {
  readonly calls: SeenCall[] = [];
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #server = http.createServer((request, response) => void this.#serve(request, response));
  origin = "";

  async start(): Promise<void> {
    this.origin = await listen(this.#server);
  }

  stop(): Promise<void> {
    return end(this.#server);
  }

  /** Forgets what happened; every endpoint answers well until told otherwise. */
  reset(): void {
    this.calls.length = 0;
    this.#behaviours.clear();
  }

  on(path: string, behaviour: Behaviour): void {
    this.#behaviours.set(path, behaviour);
  }

  count(path: string): number {
    return this.calls.filter((call) => call.path === path).length;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://wechat.invalid");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call: SeenCall = {
      path: url.pathname,
      url: request.url ?? "",
      query: url.searchParams,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    this.calls.push(call);
    const behaviour = this.#behaviours.get(call.path) ?? WELL[call.path];
    behaviour?.(response, call, this.count(call.path));
  }
}

export const LOGIN = "/sns/jscode2session";
export const TOKEN = "/cgi-bin/stable_token";
export const PHONE = "/wxa/business/getuserphonenumber";
export const PERSON = { openid: "openid-at-wechat", unionid: "unionid-at-wechat", session_key: "the-session-key" };
export const APP_ID = "wxtested00000000";

/** Answers with status 200 and a JSON body, as WeChat does even for errors. */
export function answers(body: unknown, type = "text/plain"): Behaviour {
  return (response) => response.writeHead(200, { "content-type": type }).end(JSON.stringify(body));
}

export function errcode(code: number): Behaviour {
  return answers({ errcode: code, errmsg: "invalid code hint: [a-code-that-must-not-be-logged]" });
}

export function phoneReply(phone: Record<string, unknown> = {}) {
  const info = { phoneNumber: "13800138000", purePhoneNumber: "13800138000", countryCode: "86" };
  return { errcode: 0, errmsg: "ok", phone_info: { ...info, watermark: { timestamp: 1, appid: APP_ID }, ...phone } };
}

const WELL: Record<string, Behaviour> = {
  [LOGIN]: answers(PERSON),
  [TOKEN]: answers({ access_token: "access-token-of-wechat", expires_in: 7200 }),
  [PHONE]: answers(phoneReply()),
};
