import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { AccessTokens } from "./access-tokens";
import { Codes } from "./codes";
import { control, CONTROL } from "./control";
import { ENDPOINTS, errorBody, isEndpointPath, type EndpointPath, type Registry } from "./endpoints";
import { USUAL_CONDITIONS, type WechatConditions } from "./conditions";
import type { Errcode } from "./errcodes";
import { openidOf, PEOPLE, unionidOf, type Person } from "./people";

export interface WechatOptions {
  /** The mini programs WeChat knows, each with its AppSecret. */
  applets: readonly { appId: string; secret: string }[];
  /** How its server is at first; `change` changes it. */
  conditions?: Partial<WechatConditions>;
  /** Missing: the built-in handful. */
  people?: readonly Person[];
  /** Whether other processes may do by HTTP what this object's methods do: `/stand-in/…`. */
  isControllable?: boolean;
  /** Epoch milliseconds; missing: the system's clock. */
  now?: () => number;
}

/** One call the stand-in answered. Neither query nor body is kept: they hold secrets. */
export interface AnsweredCall {
  method: string;
  path: string;
  /** 0 for success. */
  errcode: number;
  /** What the answer took here, the simulated latency included. */
  milliseconds: number;
}

/** What WeChat's own client does on a person's phone; no server can. */
export interface WechatDevice {
  /** What wx.login gives to the applet. Unknown people are an error. */
  loginCode(personId: string, appId: string): string;
  /** What getPhoneNumber gives to the applet after the person said yes; takes one of the quota. */
  phoneCode(personId: string, appId: string): string;
  person(personId: string): Person;
  people(): readonly Person[];
}

export interface Wechat {
  /** Listens on loopback and gives the origin; port 0 takes a free one. */
  start(port?: number): Promise<string>;
  stop(): Promise<void>;
  readonly device: WechatDevice;
  /** Everything answered so far, oldest first. */
  readonly calls: readonly AnsweredCall[];
  onCall(listener: (call: AnsweredCall) => void): void;
  /** Makes a call fail with this errcode until it is set to undefined. */
  fail(path: EndpointPath, errcode: Errcode | undefined): void;
  readonly conditions: Readonly<WechatConditions>;
  change(conditions: Partial<WechatConditions>): void;
  /** Kills the applet's access tokens, as a reset of its AppSecret does. */
  revokeTokens(appId: string): void;
  openid(personId: string, appId: string): string;
  unionid(personId: string): string;
}

/**
 * A stand-in for api.weixin.qq.com with WeChat's rules for codes and access tokens, and, apart from its HTTP side, the
 * part that WeChat's client plays on a phone. It knows no auth server.
 */
export function createWechat(options: WechatOptions): Wechat {
  const now = options.now ?? Date.now;
  const people = options.people ?? PEOPLE;
  const conditions: WechatConditions = { ...USUAL_CONDITIONS, ...options.conditions };
  const registry: Registry = {
    conditions,
    logins: new Map(),
    secrets: new Map(options.applets.map(({ appId, secret }) => [appId, secret])),
    codes: new Codes(people, now),
    tokens: new AccessTokens(now),
    now,
  };
  const calls: AnsweredCall[] = [];
  const listeners: ((call: AnsweredCall) => void)[] = [];
  const failures = new Map<EndpointPath, Errcode>();

  const server = http.createServer((request, response) => void serve(request, response));

  async function serve(request: http.IncomingMessage, response: http.ServerResponse) {
    const startedAt = performance.now();
    if (options.isControllable && request.url?.startsWith(CONTROL)) {
      const { status, body } = control(wechat, request.url, await textOf(request));
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    const { path, errcode, body, type } = await answer(request);
    const call = { method: request.method ?? "GET", path, errcode, milliseconds: performance.now() - startedAt };
    calls.push(call);
    for (const listener of listeners) listener(call);
    response.writeHead(errcode === 404 ? 404 : 200, { "content-type": type }).end(body);
  }

  async function answer(request: http.IncomingMessage) {
    const url = new URL(request.url ?? "/", "http://wechat.invalid");
    const body = await textOf(request);
    if (conditions.latencyMs > 0) await delay(conditions.latencyMs);
    const path = url.pathname;
    if (!isEndpointPath(path)) return { path, errcode: 404, body: "", type: "text/plain" };
    const reply =
      failures.get(path) ??
      ENDPOINTS[path](registry, {
        method: request.method ?? "GET",
        query: url.searchParams,
        body,
      });
    const errcode = typeof reply === "number" ? reply : 0;
    return {
      path,
      errcode,
      body: JSON.stringify(typeof reply === "number" ? errorBody(reply) : reply),
      // jscode2session really declares its JSON as plain text.
      type: path === "/sns/jscode2session" ? "text/plain" : "application/json; encoding=utf-8",
    };
  }

  function find(personId: string): Person {
    const person = people.find(({ id }) => id === personId);
    if (!person) throw new Error(`Nobody is called ${personId}`);
    return person;
  }

  const wechat: Wechat = {
    async start(port = 0) {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async stop() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
    device: {
      loginCode: (personId, appId) => registry.codes.issue("login", appId, find(personId)),
      phoneCode(personId, appId) {
        conditions.phoneNumbersLeft -= 1;
        return registry.codes.issue("phone", appId, find(personId));
      },
      person: find,
      people: () => people,
    },
    calls,
    onCall: (listener) => void listeners.push(listener),
    fail: (path, errcode) => void (errcode === undefined ? failures.delete(path) : failures.set(path, errcode)),
    conditions,
    change: (change) => void Object.assign(conditions, change),
    revokeTokens: (appId) => registry.tokens.revoke(appId),
    openid: (personId, appId) => openidOf(find(personId), appId),
    unionid: (personId) => unionidOf(find(personId)),
  };
  return wechat;
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
