import { Pool, type Dispatcher } from "undici";
import { Refusal } from "../refusal";
import type { Breakers } from "./breaker";
import { ERRCODES, type Endpoint } from "./errcodes";
import type { Bulkhead } from "./bulkhead";

/** A reply of WeChat: a JSON object. Its content type is ignored, jscode2session says text/plain. */
export type Reply = Readonly<Record<string, unknown>>;

export interface Call {
  endpoint: Endpoint;
  appId: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  /** The network that asks for it; missing: the server itself does. */
  from?: string;
  /** By the monotonic clock: when every attempt of one login step is over, all together. */
  endsAt: number;
}

/** Is told of each call that was sent: `outcome` is `ok`, the errcode, or `no_answer` where there was none that counts. */
export type CallObserver = (call: { appId: string; endpoint: Endpoint; outcome: string; milliseconds: number }) => void;

export interface Transport {
  send(call: Call): Promise<Reply>;
  close(): Promise<void>;
}

const PATHS: Record<Endpoint, string> = {
  jscode2session: "/sns/jscode2session",
  stable_token: "/cgi-bin/stable_token",
  getuserphonenumber: "/wxa/business/getuserphonenumber",
};

/** What one login step may ask took too long. */
class TimeIsOver extends Error {
  override name = "TimeoutError";
}

/** No address of a client. */
const OURSELVES = "server";

/** Far above any real reply. */
const MOST_BYTES = 64 * 1024;

/**
 * Sends requests and reads replies, and judges neither: an errcode is the caller's business. Whatever is not a JSON
 * object is `wechat.unavailable`. Never repeats a request: after bytes were sent nobody knows whether the code was used.
 */
export function createTransport(
  origin: string,
  breakers: Breakers,
  bulkhead: Bulkhead,
  patienceMilliseconds: number,
  observer: CallObserver | undefined,
): Transport {
  // As many connections as there are slots taken: a request that has a slot is sent at once.
  const pool = new Pool(origin, { connections: null, pipelining: 1, headersTimeout: 10_000, bodyTimeout: 10_000 });

  /** By undici's dispatch and a timer, which take half the time of its streams and an AbortSignal. */
  function exchange({ endpoint, query, body, endsAt }: Call): Promise<{ status: number; text: string }> {
    const method = body ? "POST" : "GET";
    const path = query ? `${PATHS[endpoint]}?${new URLSearchParams(query).toString()}` : PATHS[endpoint];
    const headers = body ? { "content-type": "application/json" } : {};
    return new Promise((resolve, reject) => {
      const left = endsAt - performance.now();
      if (left <= 0) throw new TimeIsOver();
      const timer = setTimeout(() => end(new TimeIsOver()), left);
      let sent: Dispatcher.DispatchController | undefined;
      let failure: Error | undefined;
      const end = (error: Error): void => {
        clearTimeout(timer);
        failure = error;
        sent?.abort(error);
        reject(error);
      };
      const chunks: Buffer[] = [];
      let status = 0;
      let bytes = 0;
      pool.dispatch(
        { method, path, headers, body: body ? JSON.stringify(body) : null },
        {
          onRequestStart(controller) {
            sent = controller;
            // While it waited for a connection.
            if (failure) controller.abort(failure);
          },
          onResponseStart: (_controller, statusCode) => void (status = statusCode),
          onResponseData(_controller, chunk) {
            bytes += chunk.length;
            if (bytes > MOST_BYTES) end(new Error("reply too long"));
            else chunks.push(chunk);
          },
          onResponseEnd() {
            clearTimeout(timer);
            resolve({ status, text: Buffer.concat(chunks).toString("utf8") });
          },
          onResponseError: (_controller, error) => end(error),
        },
      );
    });
  }

  return {
    async send(call) {
      const giveBack = await bulkhead.take(call.appId, call.from ?? OURSELVES, call.endsAt - performance.now());
      let reply: { status: number; text: string };
      const { appId, endpoint } = call;
      const sentAt = performance.now();
      const observe = (outcome: string): void =>
        observer?.({ appId, endpoint, outcome, milliseconds: performance.now() - sentAt });
      try {
        if (!breakers.admits(appId)) throw paused(breakers.pausedMilliseconds(appId));
        reply = await exchange(call);
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // WeChat is not to blame for a call that our own queue left hardly any time.
        const cutShort = error instanceof TimeIsOver && performance.now() - sentAt < patienceMilliseconds;
        if (!cutShort) breakers.failed(call.appId);
        observe("no_answer");
        throw unavailable("no answer", error);
      } finally {
        giveBack();
      }
      const answer = reply.status === 200 ? jsonObject(reply.text) : undefined;
      observe(answer === undefined ? "no_answer" : outcomeOf(endpoint, answer));
      if (reply.status >= 500) {
        breakers.failed(appId);
        throw unavailable(`status ${reply.status}`);
      }
      breakers.succeeded(appId);
      if (reply.status !== 200) throw unavailable(`status ${reply.status}`);
      return answer ?? notJson();
    },
    close: () => pool.destroy(),
  };
}

/** Undefined: no JSON object. */
function jsonObject(text: string): Reply | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Reply) : undefined;
}

/** Of errcodes only those the table knows: others are whatever somebody makes up. */
function outcomeOf(endpoint: Endpoint, { errcode }: Reply): string {
  if (errcode === undefined || errcode === 0) return "ok";
  return typeof errcode === "number" && errcode in ERRCODES[endpoint] ? String(errcode) : "other";
}

/** Without a cause: a SyntaxError quotes the text, which may hold a session_key. */
function notJson(): never {
  throw unavailable("not a JSON object");
}

/** Nothing was sent: the code is unspent. */
function paused(milliseconds: number): Refusal {
  const retryAfterSeconds = Math.max(Math.ceil(milliseconds / 1000), 1);
  return new Refusal("wechat.unavailable", { retryAfterSeconds, cause: { reason: "paused after failures" } });
}

/** `reason` is a fixed text; it goes to the log through the cause, never to the client. */
export function unavailable(reason: string, error?: unknown): Refusal {
  const { name, code } = (error ?? {}) as { name?: string; code?: string };
  return new Refusal("wechat.unavailable", { cause: { reason, name, code } });
}
