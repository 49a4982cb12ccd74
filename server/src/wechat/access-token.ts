import type { Clock } from "../clock";
import type { Vault } from "../secrets/vault";
import { findAccessToken, saveAccessToken } from "../store/access-tokens";
import type { Store } from "../store/store";
import type { Applet } from "./wechat";

/** Asks stable_token. */
export type FetchToken = (applet: Applet, force: boolean) => Promise<{ token: string; expiresInSeconds: number }>;

interface Kept {
  token: string;
  /** By this process's clock. */
  refreshAt: number;
}

/** WeChat renews about five minutes before the end; the jitter keeps instances from asking at once. */
const REFRESH_EARLY = 300_000;
const JITTER = 60_000;
/** WeChat allows a forced refresh each 30 s, 20 a day. */
const FORCE_PAUSE = 30_000;

/**
 * The access token of each applet: in memory, else from the row all instances share, else from WeChat. However many ask
 * at once, one asks on (single flight).
 */
export class AccessTokens {
  readonly #kept = new Map<string, Kept>();
  readonly #flights = new Map<string, Promise<string>>();
  readonly #forced = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly fetchToken: FetchToken,
  ) {}

  /** A token that is believed valid. */
  get(applet: Applet): Promise<string> {
    const kept = this.#kept.get(applet.appId);
    if (kept && this.clock() < kept.refreshAt) return Promise.resolve(kept.token);
    return this.#single(applet);
  }

  /** Another token than the one WeChat has just refused. */
  async replace(applet: Applet, refused: string): Promise<string> {
    const kept = this.#kept.get(applet.appId);
    if (kept && kept.token !== refused) return kept.token;
    this.#kept.delete(applet.appId);
    const token = await this.#single(applet, refused);
    // It may have joined a flight that did not know of the refusal.
    return token === refused ? this.#single(applet, refused) : token;
  }

  #single(applet: Applet, refused?: string): Promise<string> {
    let flight = this.#flights.get(applet.appId);
    if (!flight) {
      flight = this.#load(applet, refused).finally(() => this.#flights.delete(applet.appId));
      this.#flights.set(applet.appId, flight);
    }
    return flight;
  }

  async #load(applet: Applet, refused: string | undefined): Promise<string> {
    const shared = await this.#shared(applet.appId);
    if (shared && shared.token !== refused) return this.#keep(applet.appId, shared.token, shared.lifeMilliseconds);

    let fetched = await this.fetchToken(applet, false);
    const lastForced = this.#forced.get(applet.appId) ?? -Infinity;
    if (fetched.token === refused && this.clock() - lastForced >= FORCE_PAUSE) {
      // WeChat still believes in the token it refuses: only a forced refresh replaces it.
      this.#forced.set(applet.appId, this.clock());
      fetched = await this.fetchToken(applet, true);
    }
    const lifeMilliseconds = fetched.expiresInSeconds * 1000;
    const sealed = this.vault.seal({ purpose: "wechat-access-token", row: applet.appId }, fetched.token);
    await this.store.transaction((tx) =>
      tx.run(saveAccessToken, { app_id: applet.appId, token: sealed, expires_at: tx.now + lifeMilliseconds }),
    );
    return this.#keep(applet.appId, fetched.token, lifeMilliseconds);
  }

  async #shared(appId: string): Promise<{ token: string; lifeMilliseconds: number } | undefined> {
    const found = await this.store.read(async (tx) => ({
      row: await tx.first(findAccessToken, { appId }),
      now: tx.now,
    }));
    const lifeMilliseconds = (found.row?.expires_at ?? 0) - found.now;
    if (!found.row || lifeMilliseconds <= REFRESH_EARLY) return undefined;
    return {
      token: this.vault.open({ purpose: "wechat-access-token", row: appId }, found.row.token),
      lifeMilliseconds,
    };
  }

  #keep(appId: string, token: string, lifeMilliseconds: number): string {
    // A token WeChat gives with less than five minutes left is used for half of what is left.
    const useful = Math.max(lifeMilliseconds - REFRESH_EARLY - Math.random() * JITTER, lifeMilliseconds / 2);
    this.#kept.set(appId, { token, refreshAt: this.clock() + Math.min(useful, lifeMilliseconds) });
    return token;
  }
}
