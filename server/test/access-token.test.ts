import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createVault, type Vault } from "../src/secrets/vault";
import { openStore } from "../src/startup/open-store";
import type { Dialect } from "../src/store/statement";
import type { Store } from "../src/store/store";
import { AccessTokens } from "../src/wechat/access-token";
import { count } from "./support/counts";
import { DIALECTS, newDatabase, type TestDatabase } from "./support/databases";

const MINUTE = 60_000;
const APPLET = { appId: "wxtested00000000", appSecret: "the-appsecret" };

/** WeChat's stable_token: the same token until it is renewed. */
class StableToken {
  calls = 0;
  forced = 0;
  current = 1;
  readonly fetch = async (applet: { appId: string }, force: boolean) => {
    this.calls++;
    if (force) {
      this.forced++;
      this.current++;
    }
    return { token: `${applet.appId}-token-${this.current}`, expiresInSeconds: 7200 };
  };
}

describe.each(DIALECTS)("access tokens on %s", (dialect: Dialect) => {
  let database: TestDatabase;
  let vault: Vault;
  let time: number;
  let wechat: StableToken;
  let stores: Store[];
  const clock = (): number => time;

  beforeEach(async () => {
    database = await newDatabase(dialect);
    vault = createVault("a master key of at least 32 bytes!");
    time = Date.now();
    wechat = new StableToken();
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await database.drop();
  });

  /** One server process. */
  const instance = async (): Promise<AccessTokens> => {
    const store = await openStore(database.url, clock, vault);
    stores.push(store);
    return new AccessTokens(store, vault, clock, wechat.fetch);
  };
  /** The database's clock moves with the injected one on SQLite only; on PostgreSQL the row ages. */
  const pass = async (milliseconds: number): Promise<void> => {
    time += milliseconds;
    if (dialect === "sqlite") return;
    const script = `update access_tokens set expires_at = expires_at - ${milliseconds}`;
    await stores[0]?.transaction((tx) => tx.script(script));
  };

  test("a thousand logins at once ask WeChat once, and once more when the token's time is up", async () => {
    const tokens = await instance();
    const all = () => Promise.all(Array.from({ length: count(1000, 10_000) }, () => tokens.get(APPLET)));
    expect(new Set(await all()).size).toBe(1);
    expect(wechat.calls).toBe(1);
    await pass(120 * MINUTE);
    wechat.current = 2;
    expect(new Set(await all())).toEqual(new Set([`${APPLET.appId}-token-2`]));
    expect(wechat.calls).toBe(2);
  });

  test("are shared by all instances through one row of each applet", async () => {
    const [one, other] = [await instance(), await instance()];
    const token = await one.get(APPLET);
    expect(await other.get(APPLET)).toBe(token);
    expect(wechat.calls).toBe(1);
    const elsewhere = await other.get({ ...APPLET, appId: "wxother000000000" });
    expect(elsewhere).not.toBe(token);
    expect(wechat.calls).toBe(2);
  });

  test("are renewed when five minutes are left, a minute earlier at most", async () => {
    const tokens = await instance();
    await tokens.get(APPLET);
    await pass(113 * MINUTE);
    await tokens.get(APPLET);
    expect(wechat.calls).toBe(1);
    await pass(2 * MINUTE);
    await tokens.get(APPLET);
    expect(wechat.calls).toBe(2);
  });

  test("that WeChat refuses are replaced by what another instance has fetched meanwhile, without asking", async () => {
    const [one, other] = [await instance(), await instance()];
    const refused = await one.get(APPLET);
    await other.get(APPLET);
    wechat.current = 2;
    const fresh = await other.replace(APPLET, refused);
    const calls = wechat.calls;
    expect(await one.replace(APPLET, refused)).toBe(fresh);
    expect(fresh).not.toBe(refused);
    expect(wechat.calls).toBe(calls);
  });

  test("that WeChat refuses and yet gives out again are forced to change, once however many ask", async () => {
    const tokens = await instance();
    const refused = await tokens.get(APPLET);
    const fresh = await Promise.all(Array.from({ length: 100 }, () => tokens.replace(APPLET, refused)));
    expect(new Set(fresh)).toEqual(new Set([`${APPLET.appId}-token-2`]));
    expect([wechat.calls, wechat.forced]).toEqual([3, 1]);
  });

  test("are not forced again within half a minute: WeChat allows it twenty times a day", async () => {
    const tokens = await instance();
    let refused = await tokens.get(APPLET);
    for (let round = 0; round < 5; round++) refused = await tokens.replace(APPLET, refused);
    expect(wechat.forced).toBe(1);
    await pass(MINUTE);
    await tokens.replace(APPLET, refused);
    expect(wechat.forced).toBe(2);
  });

  test("are asked for again after a failure, which is nobody's but those who waited", async () => {
    await instance();
    let down = true;
    const fetchToken: StableToken["fetch"] = (applet, force) =>
      down ? Promise.reject(new Error("WeChat is down")) : wechat.fetch(applet, force);
    const tokens = new AccessTokens(stores[0] as Store, vault, clock, fetchToken);
    const waiting = await Promise.allSettled([tokens.get(APPLET), tokens.get(APPLET)]);
    expect(waiting.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    down = false;
    expect(await tokens.get(APPLET)).toBe(`${APPLET.appId}-token-1`);
  });
});
