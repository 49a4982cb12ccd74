import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import jwt from "jsonwebtoken";
import { DIALECTS } from "./support/databases";
import { refusal, stranger, World, type Body, type TestPool } from "./support/world";

const MINUTE = 60_000;
const DAY = 86_400_000;

interface Rotated {
  kid: string;
  tokenKey: string | null;
  signsAt: number;
}

describe.each(DIALECTS)("a pool's next key on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  const tokenOf = async (pool: TestPool): Promise<string> => String((await world.login(stranger(), {}, pool))["token"]);
  const kidOf = (token: string): unknown =>
    (JSON.parse(Buffer.from(String(token.split(".")[0]), "base64url").toString()) as Body)["kid"];
  const rotate = (pool: TestPool, body: Body = {}) => world.admin("POST", `/pools/${pool.id}/token-key`, body);
  const rotated = async (pool: TestPool, body: Body = {}): Promise<Rotated> => {
    const response = await rotate(pool, body);
    expect({ status: response.statusCode, body: response.json<Body>() }).toMatchObject({ status: 200 });
    return response.json<Rotated>();
  };
  const published = async (pool: TestPool): Promise<unknown[]> =>
    (await world.call("GET", `/oauth/jwks/${pool.id}`)).json<{ keys: { kid: string }[] }>().keys.map(({ kid }) => kid);
  const isActive = async (token: string, pool: TestPool) =>
    (await world.call("POST", `/oauth/introspect/${pool.id}`, { body: { token, secret: pool.secret } })).json<Body>()[
      "active"
    ];

  /** A stock client as a backend has it: its own idea of when to ask again, and the time that passes here. */
  function stockClient(pool: TestPool) {
    let elapsed = 0;
    let asked = 0;
    const realNow = Date.now;
    jest.spyOn(Date, "now").mockImplementation(() => realNow() + elapsed);
    const keys = createRemoteJWKSet(new URL(`https://auth.example.com/oauth/jwks/${pool.id}`), {
      [customFetch]: async (url) => {
        asked++;
        const answer = await world.call("GET", new URL(url).pathname);
        return new Response(answer.body, { status: answer.statusCode });
      },
    });
    return {
      verify: async (token: string) => {
        const currentDate = new Date(await world.now());
        return jwtVerify(token, keys, {
          issuer: `https://auth.example.com/${pool.id}`,
          audience: pool.id,
          currentDate,
        });
      },
      pass: async (milliseconds: number) => {
        elapsed += milliseconds;
        await world.pass(milliseconds);
      },
      asked: () => asked,
    };
  }

  test("is published at once and signs a quarter of an hour later: a warm jose refuses no token, minute by minute", async () => {
    const pool = await world.createPool({ tokenAlgorithm: "ES256" });
    const client = stockClient(pool);
    const before = await tokenOf(pool);
    await client.verify(before);
    const next = await rotated(pool);
    expect(next.tokenKey).toBeNull();
    expect(await published(pool)).toEqual([kidOf(before), next.kid]);
    const signedBy = new Set<unknown>();
    for (let minute = 0; minute < 20; minute++) {
      const token = await tokenOf(pool);
      signedBy.add(kidOf(token));
      expect(kidOf(token)).toBe(minute < 15 ? kidOf(before) : next.kid);
      await client.verify(token);
      await client.verify(before);
      await client.pass(MINUTE);
    }
    expect([...signedBy]).toEqual([kidOf(before), next.kid]);
    // The control: it asked as seldom as such clients do.
    expect(client.asked()).toBeLessThan(5);
  });

  test("that signs at once is unknown to a client that has just asked: what the announcement is for", async () => {
    const pool = await world.createPool({ tokenAlgorithm: "ES256" });
    const client = stockClient(pool);
    await client.verify(await tokenOf(pool));
    await rotated(pool, { activateNow: true });
    await expect(client.verify(await tokenOf(pool))).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" });
  });

  test("of an HS256 pool is shown and signs from the time the operator says; both verify meanwhile", async () => {
    const pool = await world.createPool();
    const signsAt = (await world.now()) + 2 * DAY;
    const next = await rotated(pool, { signsAt });
    expect(next).toMatchObject({ signsAt, tokenKey: expect.stringMatching(/^[\w-]{43}$/) });
    const read = (await world.admin("GET", `/pools/${pool.id}`)).json<{ pool: Body }>().pool;
    expect(read).toMatchObject({ nextKid: next.kid, nextKeySignsAt: signsAt });
    await world.pass(2 * DAY - MINUTE);
    const former = await tokenOf(pool);
    expect(jwt.verify(former, pool.tokenKey, { ignoreExpiration: true })).toMatchObject({ aud: pool.id });
    await world.pass(2 * MINUTE);
    const latter = await tokenOf(pool);
    expect(jwt.verify(latter, String(next.tokenKey), { ignoreExpiration: true })).toMatchObject({ aud: pool.id });
    expect([kidOf(latter), await isActive(former, pool), await isActive(latter, pool)]).toEqual([next.kid, true, true]);
  });

  test("is one at a time, signs early when told to, and replaces nothing it should not", async () => {
    const pool = await world.createPool();
    const before = await tokenOf(pool);
    const next = await rotated(pool, { signsAt: (await world.now()) + DAY });
    const second = await rotate(pool);
    expect(refusal(second)).toEqual({ status: 422, error: "request.invalid" });
    expect(second.json<Body>()["message"]).toContain("activateNow");
    expect(await rotated(pool, { activateNow: true })).toMatchObject({ kid: next.kid, tokenKey: null });
    const after = await tokenOf(pool);
    expect(kidOf(after)).toBe(next.kid);
    expect(await isActive(before, pool)).toBe(true);
    const early = await rotate(pool, { activateNow: true });
    expect(early.statusCode).toBe(422);
    expect(early.json<Body>()["message"]).toContain("a former key still verifies");
    // Fifteen days of tokens and the clocks' minute later the former one is gone, and there is room for another.
    await world.pass(15 * DAY + 2 * MINUTE);
    expect((await rotated(pool)).kid).not.toBe(next.kid);
  });

  test("waits for none when a key leaked: those before it go, the announced one too", async () => {
    const pool = await world.createPool();
    const before = await tokenOf(pool);
    const announced = await rotated(pool, { signsAt: (await world.now()) + DAY });
    const next = await rotated(pool, { dropFormer: true });
    expect([kidOf(before), announced.kid]).not.toContain(next.kid);
    expect(await isActive(before, pool)).toBe(false);
    const after = await tokenOf(pool);
    expect([kidOf(after), await isActive(after, pool)]).toEqual([next.kid, true]);
    expect((await world.admin("GET", `/pools/${pool.id}`)).json<{ pool: Body }>().pool).toMatchObject({
      kid: next.kid,
      nextKid: null,
      nextKeySignsAt: null,
    });
  });

  test("leaves the key before it enough time when tokens come to live longer meanwhile", async () => {
    const pool = await world.createPool({ tokenTtlSeconds: 60 });
    await rotated(pool, { signsAt: (await world.now()) + DAY });
    await world.changePool({ tokenTtlSeconds: 10 * 86_400 }, pool);
    await world.pass(DAY - MINUTE);
    const last = await tokenOf(pool);
    await world.pass(9 * DAY);
    expect(await isActive(last, pool)).toBe(true);
  });

  test.each<[string, (now: number) => Body]>([
    ["a time that is over", (now) => ({ signsAt: now - 1 })],
    ["a time in seconds", (now) => ({ signsAt: Math.floor(now / 1000) })],
    ["a time after more than 30 days", (now) => ({ signsAt: now + 31 * DAY })],
    ["a time, yet at once", (now) => ({ signsAt: now + DAY, activateNow: true })],
    ["a time for a key whose former one leaked", (now) => ({ signsAt: now + DAY, dropFormer: true })],
  ])("is not made for %s", async (_what, body) => {
    const refused = await rotate(world.pool, body(await world.now()));
    expect(refused.statusCode).toBe(422);
    expect(refused.json<Body>()["message"]).toContain("signsAt");
  });
});
