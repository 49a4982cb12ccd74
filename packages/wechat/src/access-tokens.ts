import { randomBytes } from "node:crypto";

const LIFETIME_MS = 7200_000;
/** In a token's last five minutes WeChat hands out its successor, and both work. */
const RENEWAL_MS = 300_000;
const FORCED_INTERVAL_MS = 30_000;
const FORCED_PER_DAY = 20;
const DAY_MS = 86_400_000;

interface Token {
  value: string;
  expiresAt: number;
}

/**
 * Tokens of `POST /cgi-bin/stable_token`: asking again gives the same one, forcing kills it.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken
 */
export class AccessTokens {
  readonly #live = new Map<string, Token[]>();
  readonly #forcedAt = new Map<string, number[]>();
  readonly #dead = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  stable(appId: string): { value: string; expiresInSeconds: number } {
    const now = this.#now();
    const live = this.#unexpired(appId);
    let token = live.at(-1);
    if (!token || token.expiresAt - now <= RENEWAL_MS) {
      token = { value: randomBytes(102).toString("base64url"), expiresAt: now + LIFETIME_MS };
      live.push(token);
    }
    return { value: token.value, expiresInSeconds: Math.floor((token.expiresAt - now) / 1000) };
  }

  /** A new token, the old ones dead at once; or the errcode of WeChat's two limits. */
  force(appId: string): { value: string; expiresInSeconds: number } | 45009 | 45011 {
    const now = this.#now();
    const forced = (this.#forcedAt.get(appId) ?? []).filter((at) => now - at < DAY_MS);
    const last = forced.at(-1);
    if (last !== undefined && now - last < FORCED_INTERVAL_MS) return 45011;
    if (forced.length >= FORCED_PER_DAY) return 45009;
    this.#forcedAt.set(appId, [...forced, now]);
    this.revoke(appId);
    return this.stable(appId);
  }

  /** Every token of the applet stops working, as when its AppSecret is reset. */
  revoke(appId: string): void {
    for (const token of this.#unexpired(appId)) this.#dead.add(token.value);
    this.#live.set(appId, []);
  }

  /** The AppID the token belongs to, or the errcode that WeChat answers. */
  check(value: string): string | 40001 | 40014 | 42001 {
    for (const [appId, tokens] of this.#live) {
      const token = tokens.find((candidate) => candidate.value === value);
      if (token) return token.expiresAt > this.#now() ? appId : 42001;
    }
    if (this.#dead.has(value)) return 40001;
    return /^[A-Za-z0-9_-]{60,}$/.test(value) ? 40001 : 40014;
  }

  #unexpired(appId: string): Token[] {
    // An expired token is kept for an hour, so that it is told apart (42001) from one never issued (40001).
    const tokens = (this.#live.get(appId) ?? []).filter((token) => token.expiresAt + 3600_000 > this.#now());
    this.#live.set(appId, tokens);
    return tokens;
  }
}
