import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createHmac } from "node:crypto";
import { purgeExpired } from "../src/housekeeping/purge";
import { DIALECTS } from "./support/databases";
import { stranger, World, type Body, type TestPool } from "./support/world";

interface Parts {
  kid: string;
  claims: Body & { jti: string; exp: number; iat: number };
}

describe.each(DIALECTS)("who holds one pool's key on %s", (dialect) => {
  let world: World;
  let other: TestPool;
  let token: string;
  let parts: Parts;
  beforeAll(async () => {
    world = await World.open({ dialect });
    other = await world.createPool();
    token = String((await world.login(stranger()))["token"]);
    parts = partsOf(token);
  });
  afterAll(() => world.close());

  const partsOf = (text: string): Parts => {
    const [header, claims] = text
      .split(".", 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as Body);
    return { kid: String(header?.["kid"]), claims: claims as Parts["claims"] };
  };
  const call = async (what: string, text: string, pool = world.pool) =>
    world.call("POST", `/oauth/${what}/${pool.id}`, { body: { token: text, secret: pool.secret } });
  const isActive = async (text: string, pool = world.pool) =>
    (await call("introspect", text, pool)).json<Body>()["active"];
  /** Signed by hand with a pool's own key: libraries refuse to sign some of these. */
  const signed = (claims: Body, kid = parts.kid, pool = world.pool): string => {
    const [header, payload] = [{ alg: "HS256", typ: "JWT", kid }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    const signature = createHmac("sha256", pool.tokenKey).update(`${header}.${payload}`).digest("base64url");
    return `${header}.${payload}.${signature}`;
  };

  test("can revoke no token of another pool, nor keep one from being revoked, by using its jti", async () => {
    const theirs = partsOf(String((await world.login(stranger(), {}, other))["token"]));
    const forged = signed({ ...theirs.claims, jti: parts.claims.jti }, theirs.kid, other);
    expect(await isActive(forged, other)).toBe(true);
    expect((await call("revoke", forged, other)).statusCode).toBe(200);
    expect(await isActive(forged, other)).toBe(false);
    expect(await isActive(token)).toBe(true);
    await call("revoke", token);
    expect(await isActive(token)).toBe(false);
  });

  test("cannot end a revocation early by revoking a token of the same jti that ends sooner, or later", async () => {
    const fresh = String((await world.login(stranger()))["token"]);
    const { kid, claims } = partsOf(fresh);
    const short = signed({ ...claims, exp: Math.floor((await world.now()) / 1000) + 60 }, kid);
    await call("revoke", short);
    await call("revoke", fresh);
    await world.pass(120_000);
    await purgeExpired(world.store, { loginEventDays: 90 });
    expect(await isActive(fresh)).toBe(false);
  });

  test.each<[string, (claims: Body) => Body]>([
    ["lives longer than any of ours", (claims) => ({ ...claims, exp: Number(claims["exp"]) + 86_400 })],
    ["never ends", (claims) => ({ ...claims, exp: Number.MAX_SAFE_INTEGER })],
    ["ends at a fraction of a second", (claims) => ({ ...claims, exp: Number(claims["exp"]) - 0.5 })],
    ["has a subject that is no id", (claims) => ({ ...claims, sub: "a\u0000b" })],
    ["has a number as subject", (claims) => ({ ...claims, sub: 5 })],
    ["has another subject than its data", (claims) => ({ ...claims, sub: "0".repeat(24) })],
    ["has a jti with a NUL", (claims) => ({ ...claims, jti: "a\u0000b" })],
    ["has a list as jti", (claims) => ({ ...claims, jti: ["a"] })],
    ["has an endless jti", (claims) => ({ ...claims, jti: "a".repeat(1000) })],
    ["is for several", (claims) => ({ ...claims, aud: [claims["aud"], "other"] })],
    ["is for nobody", ({ aud: _aud, ...claims }) => claims],
    ["has no data", ({ data: _data, ...claims }) => claims],
    ["has data of another pool", (claims) => ({ ...claims, data: { ...(claims["data"] as Body), clientId: "x" } })],
    ["has an object as unionid", (claims) => ({ ...claims, data: { ...(claims["data"] as Body), unionid: {} } })],
    ["has an object as issuer", (claims) => ({ ...claims, iss: {} })],
    ["has an endless issuer", (claims) => ({ ...claims, iss: "a".repeat(513) })],
    ["has a number as caller", (claims) => ({ ...claims, azp: 5 })],
    ["has an endless caller", (claims) => ({ ...claims, azp: "a".repeat(513) })],
    ["has a list as scope", (claims) => ({ ...claims, scope: ["openid"] })],
    ["began at a fraction of a second", (claims) => ({ ...claims, iat: Number(claims["iat"]) + 0.5 })],
  ])("gets nothing for a token that %s", async (_title, change) => {
    const { kid, claims } = partsOf(String((await world.login(stranger()))["token"]));
    expect(await isActive(signed(claims, kid))).toBe(true);
    const forged = signed(change(claims), kid);
    const introspection = await call("introspect", forged);
    expect([introspection.statusCode, introspection.json()]).toEqual([200, { active: false }]);
    expect((await call("revoke", forged)).statusCode).toBe(200);
  });

  test("gets no error from the server for a kid that is none", async () => {
    for (const kid of ["\u0000", "a\u0000b", "x".repeat(500), "", "0".repeat(24), "' or 1=1 --"]) {
      const forged = `${Buffer.from(JSON.stringify({ alg: "HS256", typ: "JWT", kid })).toString("base64url")}.e30.AA`;
      for (const what of ["introspect", "revoke"]) expect((await call(what, forged)).statusCode).toBe(200);
      expect(await isActive(forged)).toBe(false);
    }
  });

  test("may keep a pool's public keys for five minutes: the next one is published for longer before it signs", async () => {
    const response = await world.call("GET", `/oauth/jwks/${world.pool.id}`);
    expect(response.headers["cache-control"]).toBe("public, max-age=300");
  });
});
