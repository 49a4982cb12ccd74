import { isIP } from "node:net";
import { e164 } from "../accounts/phone-number";
import type { Clock } from "../clock";
import { Refusal } from "../refusal";
import type { Vault } from "../secrets/vault";
import type { Store } from "../store/store";
import { AccessTokens } from "./access-token";
import { Breakers } from "./breaker";
import { ERRCODES, type Endpoint } from "./errcodes";
import { Bulkhead } from "./bulkhead";
import { createTransport, unavailable, type Call, type CallObserver, type Reply } from "./transport";
import type { Applet, WeChat } from "./wechat";

interface ClientOptions {
  /** WeChat's, or a stand-in's on loopback. */
  origin: string;
  store: Store;
  vault: Vault;
  clock: Clock;
  /** For everything one login step asks of WeChat, retries included. */
  budgetMilliseconds?: number;
  observer?: CallObserver;
}

/**
 * The part of the budget after which WeChat is ill. Calls that are sent at once have nearly all of it; those that first
 * waited behind slow ones have less, and must not stop everybody.
 */
const PATIENCE = 0.75;

/** WeChat refused the access token; it is renewed and the call repeated, once. */
class StaleToken extends Error {}

/** The client of `api.weixin.qq.com`. */
export function createWeChat(options: ClientOptions): WeChat {
  const { store, vault, clock, origin, budgetMilliseconds = 4000 } = options;
  const breakers = new Breakers(clock);
  const bulkhead = new Bulkhead();
  const transport = createTransport(origin, breakers, bulkhead, budgetMilliseconds * PATIENCE, options.observer);

  /** Sends a call and reacts to its errcode as {@link ERRCODES} says. */
  async function ask(call: Call): Promise<Reply> {
    for (let last = false; ; last = true) {
      const reply = await transport.send(call);
      const { errcode } = reply;
      if (errcode === undefined || errcode === 0) return reply;
      if (!Number.isInteger(errcode)) throw malformed(call.endpoint);
      const reaction = ERRCODES[call.endpoint][errcode as number];
      if (reaction === "retry" && !last) continue;
      if (reaction === "refresh") throw new StaleToken();
      // Not errmsg: it quotes the code it refuses. Of one errcode it holds what its operator has to know.
      const ip = errcode === NOT_WHITELISTED ? addressIn(reply["errmsg"]) : undefined;
      const cause = { endpoint: call.endpoint, appId: call.appId, errcode: Number(errcode), ...(ip && { ip }) };
      throw new Refusal(reaction === undefined || reaction === "retry" ? "wechat.unavailable" : reaction, {
        cause,
        ...(reaction === "rate.limited" && { retryAfterSeconds: 60 }),
      });
    }
  }

  async function fetchToken(applet: Applet, force: boolean): Promise<{ token: string; expiresInSeconds: number }> {
    // Its own budget: those who wait for the single flight came at different times.
    const reply = await ask({
      endpoint: "stable_token",
      appId: applet.appId,
      body: {
        grant_type: "client_credential",
        appid: applet.appId,
        secret: applet.appSecret,
        ...(force && { force_refresh: true }),
      },
      endsAt: performance.now() + budgetMilliseconds,
    });
    const { access_token: token, expires_in: expiresInSeconds } = reply;
    if (!isText(token, 2048) || !isLife(expiresInSeconds)) throw malformed("stable_token");
    return { token, expiresInSeconds };
  }

  const tokens = new AccessTokens(store, vault, clock, fetchToken);

  return {
    async login(applet, code, from) {
      const reply = await ask({
        endpoint: "jscode2session",
        appId: applet.appId,
        query: {
          appid: applet.appId,
          secret: applet.appSecret,
          js_code: code,
          grant_type: "authorization_code",
        },
        from,
        endsAt: performance.now() + budgetMilliseconds,
      }).catch((error: unknown) => {
        if (error instanceof Refusal && error.error === "wechat_code.invalid") bulkhead.refused(applet.appId, from);
        throw error;
      });
      bulkhead.accepted(applet.appId, from);
      const { openid, unionid } = reply;
      if (!isText(openid, 128) || !ID.test(openid)) throw malformed("jscode2session");
      if (unionid === undefined || unionid === null || unionid === "") return { openid };
      if (!isText(unionid, 128) || !ID.test(unionid)) throw malformed("jscode2session");
      return { openid, unionid };
    },

    async phoneNumber(applet, code, openid, from) {
      const endsAt = performance.now() + budgetMilliseconds;
      const askWith = (token: string): Promise<Reply> =>
        ask({
          endpoint: "getuserphonenumber",
          appId: applet.appId,
          query: { access_token: token },
          body: { code, openid },
          from,
          endsAt,
        });
      const token = await within(tokens.get(applet), endsAt);
      try {
        return phoneOf(await askWith(token), applet.appId);
      } catch (error) {
        if (!(error instanceof StaleToken)) throw error;
      }
      const fresh = await within(tokens.replace(applet, token), endsAt);
      try {
        return phoneOf(await askWith(fresh), applet.appId);
      } catch (error) {
        throw error instanceof StaleToken ? new Refusal("wechat.misconfigured") : error;
      }
    },

    async check(applet) {
      await fetchToken(applet, false);
    },

    health() {
      const appIds = new Set([...bulkhead.lines.keys(), ...breakers.appIds]);
      return [...appIds].map((appId) => {
        const { running = 0, waiting = 0 } = bulkhead.lines.get(appId) ?? {};
        return { appId, state: breakers.pausedMilliseconds(appId) > 0 ? "paused" : "open", running, waiting };
      });
    },

    close: () => transport.close(),
  };
}

/** The number as E.164. */
function phoneOf(reply: Reply, appId: string): string {
  const info = reply["phone_info"] as { phoneNumber?: unknown; watermark?: { appid?: unknown } } | null | undefined;
  if (typeof info !== "object" || info === null) throw malformed("getuserphonenumber");
  const { phoneNumber, watermark } = info;
  const phone = typeof phoneNumber === "string" ? e164({ ...info, phoneNumber }) : undefined;
  if (phone === undefined || watermark?.appid !== appId) throw malformed("getuserphonenumber");
  return phone;
}

/** openid and unionid: WeChat documents no alphabet; this is what a database can store and a log line can show. */
const ID = /^[\x21-\x7e]+$/;

function isText(value: unknown, most: number): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= most;
}

/** Seconds; WeChat says 7200. */
function isLife(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 86_400;
}

function malformed(endpoint: Endpoint): Refusal {
  return unavailable(`malformed ${endpoint}`);
}

/** The server's own address, as WeChat sees it: `invalid ip 203.0.113.7 ipv6 …, not in whitelist`. */
const NOT_WHITELISTED = 40_164;

function addressIn(text: unknown): string | undefined {
  const [address = ""] = /\b\d{1,3}(\.\d{1,3}){3}\b/.exec(String(text)) ?? [];
  return isIP(address) === 4 ? address : undefined;
}

/** Gives up waiting for shared work when this step's own time is over; the work itself goes on for the others. */
function within<T>(work: Promise<T>, endsAt: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(unavailable("no answer")), endsAt - performance.now());
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
