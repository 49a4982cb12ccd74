import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { LightMyRequestResponse } from "fastify";
import { randomBytes } from "node:crypto";
import { LIMITS, type LimitName } from "../src/limits/limits";
import { newHandle } from "../src/secrets/handles";
import { purgeExpired } from "../src/housekeeping/purge";
import { statement } from "../src/store/statement";
import { DIALECTS } from "./support/databases";
import { inParallel } from "./support/seeding";
import { ADMIN_TOKEN, CALLER, SHARED_APPLET, stranger, World, type Body } from "./support/world";

const countLimits = statement<object, { n: number | string }>("select count(*) as n from limits");
const everyKey = statement<object, { key: string }>("select key from limits");

describe.each(DIALECTS)("limits on %s", (dialect) => {
  let world: World;
  let address = "";
  let made = 0;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());
  beforeEach(() => {
    address = `198.51.100.${++made}`;
  });

  interface Call {
    method?: "GET" | "POST";
    url: string;
    body?: Body;
    bearer?: string;
    from?: string;
  }

  const call = async ({ method = "POST", url, body, bearer, from = address }: Call) => {
    world.secrets.watchJson(body ?? {});
    const app = url.startsWith("/admin") ? world.adminApp : world.app;
    const response = await app.inject({
      method,
      url,
      remoteAddress: from,
      ...(body && { payload: body }),
      headers: { ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
    });
    if (response.body !== "") world.secrets.watchJson(response.json());
    return response;
  };

  /** Fifty at once: more wait so long for one of PostgreSQL's ten connections, on a busy machine, that it is a 503. */
  const many = async (howMany: number, one: (nth: number) => Promise<LightMyRequestResponse>) => {
    const answers: LightMyRequestResponse[] = [];
    const numbers = Array.from({ length: howMany }, (_, nth) => nth);
    await inParallel(numbers, 50, async (nth) => void answers.push(await one(nth)));
    return answers;
  };
  const counted = (answers: readonly { statusCode: number }[]): Record<number, number> => {
    const tally: Record<number, number> = {};
    for (const { statusCode } of answers) tally[statusCode] = (tally[statusCode] ?? 0) + 1;
    return tally;
  };
  /** Sends so many at once: a burst passes, and as many more as the time that it takes allows. */
  const expectBurst = async (
    name: LimitName,
    howMany: number,
    passed: number,
    one: (nth: number) => Promise<LightMyRequestResponse>,
  ) => {
    const { burst, intervalMilliseconds } = LIMITS[name];
    const start = performance.now();
    const answers = await many(howMany, one);
    const more = (performance.now() - start) / intervalMilliseconds;
    const tally = counted(answers);
    expect(tally[passed]).toBeGreaterThanOrEqual(burst);
    expect(tally[passed]).toBeLessThanOrEqual(burst + more + 1);
    expect(howMany).toBe((tally[passed] ?? 0) + (tally[429] ?? 0));
    const limited = answers.find(({ statusCode }) => statusCode === 429);
    expect(limited?.json()).toMatchObject({ code: 429, error: "rate.limited" });
    expect(Number(limited?.headers["retry-after"])).toBeGreaterThan(0);
  };

  const pools = () => [world.pool.id, "f".repeat(24)];
  const attempt = (code: string, more: Body = {}, from = address) =>
    call({
      url: `/oauth/app2wxapp/attempts/${world.pool.id}`,
      body: { code, appId: SHARED_APPLET.appId, getPhone: false, callerAppId: CALLER, ...more },
      from,
    });

  test("wrong pool secrets are counted by address, at every call that asks for one; a right one is never refused", async () => {
    const token = String((await world.login(stranger()))["token"]);
    const wrong: ((pool: string) => Call)[] = [
      (pool) => ({ url: `/oauth/app2wxapp/auth/${pool}`, body: { ticket: newHandle(), secret: "wrong" } }),
      (pool) => ({ url: `/oauth/introspect/${pool}`, body: { token, secret: "wrong" } }),
      (pool) => ({ url: `/oauth/revoke/${pool}`, body: { token, secret: "wrong" } }),
      (pool) => ({ method: "GET", url: `/oauth/users/${pool}/${"0".repeat(24)}`, bearer: "wrong" }),
    ];
    await expectBurst("secret.failures", 40, 401, (nth) => {
      // Known and unknown pools alike.
      const pool = pools()[Math.floor(nth / 4) % 2] ?? "";
      return call((wrong[nth % 4] as (pool: string) => Call)(pool));
    });
    for (const pool of pools()) {
      expect((await call(wrong[0]?.(pool) as Call)).statusCode).toBe(429);
    }
    // The genuine backend behind the same address, and anybody elsewhere.
    const { secret } = world.pool;
    const genuine = await call({ url: `/oauth/introspect/${world.pool.id}`, body: { token, secret } });
    expect(genuine.json()).toMatchObject({ active: true });
    const elsewhere = await call({ ...(wrong[0]?.(world.pool.id) as Call), from: "203.0.113.1" });
    expect(elsewhere.statusCode).toBe(401);
    await world.pass(2000);
    expect(counted(await many(3, () => call(wrong[0]?.(world.pool.id) as Call)))[401]).toBeGreaterThanOrEqual(1);
  });

  test("login codes that WeChat refuses are counted by address; genuine ones elsewhere go through", async () => {
    await expectBurst("login.failures", 450, 400, () => attempt(randomBytes(12).toString("hex")));
    expect((await attempt(world.wechat.loginCode(stranger()), {}, "203.0.113.2")).statusCode).toBe(200);
    await world.pass(1000);
    expect((await attempt(world.wechat.loginCode(stranger()))).statusCode).toBe(200);
  });

  test("logins that succeed are not counted by address: a carrier puts thousands behind one", async () => {
    const answers = await many(320, () => attempt(world.wechat.loginCode(stranger())));
    expect(counted(answers)).toEqual({ 200: 320 });
  });

  test("attempts are counted by person, and a login of somebody else at the same address goes on", async () => {
    const person = stranger();
    const answers = await many(16, () => attempt(world.wechat.loginCode(person)));
    expect(counted(answers)).toEqual({ 200: 10, 429: 6 });
    expect((await attempt(world.wechat.loginCode(stranger()))).statusCode).toBe(200);
    await world.pass(10_000);
    expect(counted(await many(2, () => attempt(world.wechat.loginCode(person))))).toEqual({ 200: 1, 429: 1 });
  });

  test("attempts of a blocked person count too", async () => {
    const person = stranger();
    const user = await world.login(person);
    await world.admin("PATCH", `/pools/${world.pool.id}/users/${String(user["_id"])}`, { blocked: true });
    const answers = await many(16, () => attempt(world.wechat.loginCode(person)));
    expect(counted(answers)).toEqual({ 403: 9, 429: 7 });
  });

  test("an attempt gets twenty tickets", async () => {
    const { attempt: handle } = (await attempt(world.wechat.loginCode(stranger()))).json<{ attempt: string }>();
    const renewals: number[] = [];
    for (let nth = 0; nth < 21; nth++) renewals.push((await world.tickets({ attempt: handle })).statusCode);
    expect(renewals).toEqual([...Array.from({ length: 19 }, () => 200), 429, 429]);
    const limited = await world.tickets({ attempt: handle });
    expect(Number(limited.headers["retry-after"])).toBeGreaterThan(500);
  });

  test("phone codes are counted by person over the day, before WeChat is asked", async () => {
    const person = stranger();
    const ask = async (): Promise<number> => {
      const reply = await attempt(world.wechat.loginCode(person), { getPhone: true });
      const { attempt: handle } = reply.json<{ attempt: string }>();
      return (await world.tickets({ attempt: handle, phoneCode: "garbage-of-a-phone-code" })).statusCode;
    };
    const statuses: number[] = [];
    for (let nth = 0; nth < 22; nth++) {
      await world.pass(10_000);
      statuses.push(await ask());
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 400), 429, 429]);
    const before = world.wechat.phoneCalls;
    expect(await ask()).toBe(429);
    expect(world.wechat.phoneCalls).toBe(before);
  });

  test("refused tickets are counted by address where no secret is asked for, and a good one is taken all the same", async () => {
    const pool = await world.createPool({ exchange: "open" });
    const url = `/oauth/app2wxapp/auth/${pool.id}`;
    await expectBurst("ticket.failures", 75, 400, () => call({ url, body: { ticket: newHandle() } }));
    const ticket = await world.ticket(stranger(), {}, pool);
    expect((await call({ url, body: { ticket } })).statusCode).toBe(200);
    expect((await call({ url, body: { ticket: newHandle() }, from: "203.0.113.3" })).statusCode).toBe(400);
    // With the secret it is a backend's own affair.
    const proven = await many(5, () => call({ url, body: { ticket: newHandle(), secret: pool.secret } }));
    expect(counted(proven)).toEqual({ 400: 5 });
  });

  test("wrong administrators' tokens are counted by address, and a right one is never refused", async () => {
    const url = "/admin/v1/pools";
    await expectBurst("admin.failures", 14, 401, () => call({ method: "GET", url, bearer: newHandle() }));
    expect((await call({ method: "GET", url, bearer: ADMIN_TOKEN })).statusCode).toBe(200);
    expect((await call({ method: "GET", url, bearer: newHandle(), from: "203.0.113.4" })).statusCode).toBe(401);
  });

  test("revocations are counted by pool, whichever instance takes them", async () => {
    const tokenOf = async (pool = world.pool) => String((await world.login(stranger(), {}, pool))["token"]);
    const revoke = (token: string, { id, secret } = world.pool) =>
      call({ url: `/oauth/revoke/${id}`, body: { token, secret } });
    const other = await world.createPool();
    const [first, second, foreign] = [await tokenOf(), await tokenOf(), await tokenOf(other)];
    expect((await revoke(first)).statusCode).toBe(200);
    // As another instance leaves it that took all there is.
    const key = world.vault.digest("limit", `revoke.pool|${world.pool.id}`);
    await world.store.transaction((tx) => tx.script(`update limits set tat = tat + 200000 where key = '${key}'`));
    expect((await revoke(second)).statusCode).toBe(429);
    // Again is not new.
    expect((await revoke(first)).statusCode).toBe(200);
    expect((await revoke(foreign, other)).statusCode).toBe(200);
  });

  test("addresses of one IPv6 network count as one", async () => {
    const url = "/admin/v1/pools";
    const from = (nth: number) => `2001:db8:0:${made}::${(nth + 1).toString(16)}`;
    await expectBurst("admin.failures", 14, 401, (nth) =>
      call({ method: "GET", url, bearer: newHandle(), from: from(nth) }),
    );
    const next = await call({ method: "GET", url, bearer: newHandle(), from: "2001:db8:0:ffff::1" });
    expect(next.statusCode).toBe(401);
  });

  test("what is stored tells nobody who was counted, and goes once it means nothing", async () => {
    const keys = await world.store.read((tx) => tx.all(everyKey, {}));
    expect(keys.length).toBeGreaterThan(0);
    for (const { key } of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    await world.pass(2 * 86_400_000);
    await purgeExpired(world.store, { loginEventDays: 90 });
    expect(Number((await world.store.read((tx) => tx.first(countLimits, {})))?.n)).toBe(0);
  });
});
