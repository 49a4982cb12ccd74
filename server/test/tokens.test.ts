import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createSigner, createVerifier } from "fast-jwt";
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import jwt from "jsonwebtoken";
import { createHmac, createPublicKey } from "node:crypto";
import { findRevocation } from "../src/store/revocations";
import { DIALECTS } from "./support/databases";
import { refusal, stranger, World, type Body, type TestPool } from "./support/world";

const DAY = 86_400_000;

interface Token {
  header: { alg: string; kid: string; typ: string };
  claims: Body & { jti: string; exp: number };
}

function read(token: string): Token {
  const [header, claims] = token
    .split(".", 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as Body);
  return { header, claims } as unknown as Token;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe.each(DIALECTS)("a token on %s", (dialect) => {
  let world: World;
  let hs: TestPool;
  let es: TestPool;
  beforeAll(async () => {
    world = await World.open({ dialect, settings: { formerOrigins: ["https://login.example.com"] } });
    hs = world.pool;
    es = await world.createPool({ tokenAlgorithm: "ES256" });
  });
  afterAll(() => world.close());

  const tokenOf = async (pool: TestPool, person = stranger()): Promise<string> =>
    String((await world.login(person, {}, pool))["token"]);
  const jwks = async (pool: TestPool): Promise<JSONWebKeySet> =>
    (await world.call("GET", `/oauth/jwks/${pool.id}`)).json<JSONWebKeySet>();
  const introspect = async (token: string, pool: TestPool) =>
    (await world.call("POST", `/oauth/introspect/${pool.id}`, { body: { token, secret: pool.secret } })).json<Body>();
  const revoke = (token: string, pool: TestPool, secret = pool.secret) =>
    world.call("POST", `/oauth/revoke/${pool.id}`, { body: { token, secret } });
  const rotate = async (pool: TestPool, body: Body = {}) => world.admin("POST", `/pools/${pool.id}/token-key`, body);

  describe("is verified by libraries that know nothing of us", () => {
    test("HS256, by jsonwebtoken, jose and fast-jwt, with the key as it was shown", async () => {
      const token = await tokenOf(hs);
      const currentDate = new Date(await world.now());
      const clockTimestamp = Math.floor(currentDate.getTime() / 1000);
      const expected = { aud: hs.id, data: { clientId: hs.id } };
      expect(jwt.verify(token, hs.tokenKey, { algorithms: ["HS256"], clockTimestamp })).toMatchObject(expected);
      const { payload } = await jwtVerify(token, Buffer.from(hs.tokenKey), { algorithms: ["HS256"], currentDate });
      expect(payload).toMatchObject(expected);
      const verify = createVerifier({ key: hs.tokenKey, algorithms: ["HS256"], clockTimestamp: clockTimestamp * 1000 });
      expect(verify(token)).toMatchObject(expected);
      expect(() => jwt.verify(token, `${hs.tokenKey}x`, { algorithms: ["HS256"], clockTimestamp })).toThrow(
        "invalid signature",
      );
    });

    test("ES256, by the same three, with the pool's JWKS", async () => {
      const token = await tokenOf(es);
      const currentDate = new Date(await world.now());
      const clockTimestamp = Math.floor(currentDate.getTime() / 1000);
      const keys = await jwks(es);
      const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { currentDate, audience: es.id });
      expect(payload["data"]).toMatchObject({ clientId: es.id });
      const pem = createPublicKey({ key: { ...keys.keys[0] }, format: "jwk" }).export({ type: "spki", format: "pem" });
      expect(jwt.verify(token, String(pem), { algorithms: ["ES256"], clockTimestamp })).toMatchObject({ aud: es.id });
      const verify = createVerifier({ key: String(pem), algorithms: ["ES256"], clockTimestamp: clockTimestamp * 1000 });
      expect(verify(token)).toMatchObject({ aud: es.id });
    });
  });

  test("an HS256 key has 256 random bits and is in no JWKS; of an ES256 key the public half alone is", async () => {
    expect(Buffer.from(hs.tokenKey, "base64url")).toHaveLength(32);
    expect(es.tokenKey).toBeNull();
    expect(await jwks(hs)).toEqual({ keys: [] });
    const { keys } = await jwks(es);
    expect(keys).toEqual([
      {
        kty: "EC",
        crv: "P-256",
        x: expect.any(String),
        y: expect.any(String),
        kid: expect.any(String),
        alg: "ES256",
        use: "sig",
      },
    ]);
    const unknown = await world.call("GET", `/oauth/jwks/${"0".repeat(24)}`);
    expect(refusal(unknown)).toEqual({ status: 404, error: "pool.unknown" });
  });

  test("is active at its own pool, inactive at any other", async () => {
    for (const [own, other] of [
      [hs, es],
      [es, hs],
      [hs, await world.createPool()],
    ] as const) {
      const token = await tokenOf(own);
      const { claims } = read(token);
      expect(await introspect(token, own)).toEqual({
        active: true,
        token_type: "Bearer",
        client_id: own.id,
        ...claims,
      });
      expect(await introspect(token, other)).toEqual({ active: false });
    }
  });

  test("is inactive once revoked, whoever is told; the others of its user live on", async () => {
    const person = stranger();
    const [token, other] = [await tokenOf(hs, person), await tokenOf(hs, person)];
    expect((await revoke(token, hs)).statusCode).toBe(200);
    expect((await revoke(token, hs)).statusCode).toBe(200);
    expect(await introspect(token, hs)).toEqual({ active: false });
    expect(await introspect(other, hs)).toMatchObject({ active: true });
    const revocations = (await world.audit(hs)).filter(({ details }) => details["jti"] === read(token).claims.jti);
    expect(revocations).toMatchObject([{ event: "token.revoked", actor: "pool" }]);
  });

  test("can only be revoked by its own pool", async () => {
    const token = await tokenOf(hs);
    expect(refusal(await revoke(token, hs, "wrong"))).toEqual({ status: 401, error: "client.unauthorized" });
    expect((await revoke(token, es)).statusCode).toBe(200);
    expect((await revoke("no token at all", hs)).statusCode).toBe(200);
    expect(await introspect(token, hs)).toMatchObject({ active: true });
  });

  test("of nobody is not revoked: who holds the pool's key could fill the table", async () => {
    const { header, claims } = read(await tokenOf(hs));
    const sub = "0123456789abcdef01234567";
    const forged = { ...claims, sub, data: { ...(claims["data"] as object), id: sub }, jti: "made-up" };
    const token = createSigner({ algorithm: "HS256", key: hs.tokenKey, kid: header.kid })(forged);
    expect((await revoke(token, hs)).statusCode).toBe(200);
    const found = await world.store.read((tx) => tx.first(findRevocation, { poolId: hs.id, jti: "made-up" }));
    expect(found).toBeUndefined();
  });

  test("of another server on a copy of the database is inactive; one of a former origin is not", async () => {
    const { header, claims } = read(await tokenOf(hs));
    const of = (iss: string) =>
      createSigner({ algorithm: "HS256", key: hs.tokenKey, kid: header.kid })({ ...claims, iss });
    expect(claims["iss"]).toBe(`https://auth.example.com/${hs.id}`);
    expect(await introspect(of(`https://staging.example.com/${hs.id}`), hs)).toEqual({ active: false });
    expect(await introspect(of(`https://auth.example.com/${es.id}`), hs)).toEqual({ active: false });
    expect(await introspect(of("https://auth.example.com"), hs)).toEqual({ active: false });
    expect(await introspect(of(`https://login.example.com/${hs.id}`), hs)).toMatchObject({ active: true });
  });

  test("of a user who is blocked is inactive until the user is unblocked", async () => {
    const token = await tokenOf(hs);
    const path = `/pools/${hs.id}/users/${String(read(token).claims["sub"])}`;
    await world.admin("PATCH", path, { blocked: true });
    expect(await introspect(token, hs)).toEqual({ active: false });
    await world.admin("PATCH", path, { blocked: false });
    expect(await introspect(token, hs)).toMatchObject({ active: true });
  });

  describe("that somebody made up is inactive", () => {
    test.each(["none", "None", "HS256", "HS512", "RS256", "ES256"])(
      "with alg %s and any key but the pool's",
      async (alg) => {
        for (const pool of [hs, es]) {
          const { header, claims } = read(await tokenOf(pool));
          const unsigned = `${encoded({ ...header, alg })}.${encoded(claims)}`;
          const guesses = ["", createHmac("sha256", "guess").update(unsigned).digest("base64url")];
          for (const signature of guesses)
            expect(await introspect(`${unsigned}.${signature}`, pool)).toEqual({ active: false });
        }
      },
    );

    test("as HS256 under the public ES256 key, in any of its forms", async () => {
      const { header, claims } = read(await tokenOf(es));
      const [jwk] = (await jwks(es)).keys;
      const publicKey = createPublicKey({ key: { ...jwk }, format: "jwk" });
      const unsigned = `${encoded({ ...header, alg: "HS256" })}.${encoded(claims)}`;
      const forms = [
        publicKey.export({ type: "spki", format: "pem" }),
        publicKey.export({ type: "spki", format: "der" }),
        JSON.stringify(jwk),
      ];
      for (const key of forms) {
        const signature = createHmac("sha256", key).update(unsigned).digest("base64url");
        expect(await introspect(`${unsigned}.${signature}`, es)).toEqual({ active: false });
      }
    });

    test("with one pool's key and another pool's claims or kid", async () => {
      const other = await world.createPool();
      const { header, claims } = read(await tokenOf(hs));
      for (const kid of [header.kid, read(await tokenOf(other)).header.kid]) {
        const forged = createSigner({ algorithm: "HS256", key: other.tokenKey, kid })(claims);
        expect(await introspect(forged, hs)).toEqual({ active: false });
        expect(await introspect(forged, other)).toEqual({ active: false });
      }
    });

    test("without an end or past it, without an id or a kid, though signed with the pool's own key", async () => {
      const { header, claims } = read(await tokenOf(hs));
      const sign = (payload: Body, kid?: string) =>
        createSigner({ algorithm: "HS256", key: hs.tokenKey, ...(kid !== undefined && { kid }) })(payload);
      const { exp: _exp, ...endless } = claims;
      const { jti: _jti, ...nameless } = claims;
      expect(await introspect(sign(claims, header.kid), hs)).toMatchObject({ active: true });
      const expired = { ...claims, exp: Math.floor((await world.now()) / 1000) - 1 };
      expect(await introspect(sign(expired, header.kid), hs)).toEqual({ active: false });
      expect(await introspect(sign(endless, header.kid), hs)).toEqual({ active: false });
      expect(await introspect(sign(nameless, header.kid), hs)).toEqual({ active: false });
      expect(await introspect(sign(claims), hs)).toEqual({ active: false });
    });
  });

  describe("when keys are rotated", () => {
    test("under load, no login fails and no valid token is refused; new ones carry the new kid", async () => {
      for (const tokenAlgorithm of ["HS256", "ES256"]) {
        const pool = await world.createPool({ tokenAlgorithm });
        const before = await Promise.all(Array.from({ length: 5 }, () => tokenOf(pool)));
        const [during, rotated] = await Promise.all([
          Promise.all(Array.from({ length: 20 }, () => tokenOf(pool))),
          rotate(pool, { activateNow: true }),
        ]);
        const { kid, tokenKey } = rotated.json<{ kid: string; tokenKey: string | null }>();
        const after = await tokenOf(pool);
        expect(read(after).header.kid).toBe(kid);
        for (const token of [...before, ...during, after]) {
          expect(await introspect(token, pool)).toMatchObject({ active: true });
        }
        const shown = tokenKey === null || jwt.verify(after, tokenKey, { ignoreExpiration: true });
        expect(shown).toBeTruthy();
        expect((await jwks(pool)).keys).toHaveLength(tokenAlgorithm === "ES256" ? 2 : 0);
      }
    });

    test("two keys live at a time: a third waits until the first has retired", async () => {
      const pool = await world.createPool({ tokenTtlSeconds: 3600 });
      const token = await tokenOf(pool);
      expect((await rotate(pool)).statusCode).toBe(200);
      const second = await tokenOf(pool);
      expect((await rotate(pool)).statusCode).toBe(422);
      expect(await introspect(token, pool)).toMatchObject({ active: true });
      await world.pass(DAY);
      expect((await rotate(pool)).statusCode).toBe(200);
      expect(read(await tokenOf(pool)).header.kid).not.toBe(read(second).header.kid);
    });

    test("a key that has retired verifies not a second longer, nor does it stand in the JWKS", async () => {
      const TTL = 3600;
      const pool = await world.createPool({ tokenTtlSeconds: TTL });
      const signing = await world.createPool({ tokenTtlSeconds: TTL, tokenAlgorithm: "ES256" });
      const { header, claims } = read(await tokenOf(pool));
      // Whoever still has the former key goes on making tokens with it.
      const fresh = async () => {
        const exp = Math.floor((await world.now()) / 1000) + 60;
        const sign = createSigner({ algorithm: "HS256", key: pool.tokenKey, kid: header.kid });
        return introspect(sign({ ...claims, exp }), pool);
      };
      for (const one of [pool, signing]) await rotate(one, { activateNow: true });
      await world.pass(TTL * 1000 + 60_000 - 5000);
      expect(await fresh()).toMatchObject({ active: true });
      expect((await jwks(signing)).keys).toHaveLength(2);
      await world.pass(6000);
      expect(await fresh()).toEqual({ active: false });
      expect((await jwks(signing)).keys).toHaveLength(1);
    });

    test("a key outlives every token it may have signed, also those of a time when tokens lived longer", async () => {
      const pool = await world.createPool({ tokenTtlSeconds: 3600 });
      await world.changePool({ tokenTtlSeconds: 30 * 86_400 }, pool);
      await tokenOf(pool);
      await world.changePool({ tokenTtlSeconds: 60 }, pool);
      expect((await rotate(pool)).statusCode).toBe(200);
      await world.pass(29 * DAY);
      expect((await rotate(pool)).statusCode).toBe(422);
      await world.pass(2 * DAY);
      expect((await rotate(pool)).statusCode).toBe(200);
    });

    test("because one leaked, the former ones go at once", async () => {
      const pool = await world.createPool();
      const token = await tokenOf(pool);
      expect((await rotate(pool, { dropFormer: true })).statusCode).toBe(200);
      expect(await introspect(token, pool)).toEqual({ active: false });
      expect(await introspect(await tokenOf(pool), pool)).toMatchObject({ active: true });
    });

    test("the algorithm stays what it was at creation", async () => {
      const change = await world.admin("PATCH", `/pools/${hs.id}`, { tokenAlgorithm: "ES256" });
      expect(change.statusCode).toBe(422);
    });
  });
});

test("a token is active to the second of its end and no longer, by the server's clock", async () => {
  const world = await World.open();
  const pool = await world.createPool({ tokenTtlSeconds: 60 });
  const { token } = await world.login(stranger(), {}, pool);
  const isActive = async () => {
    const reply = await world.call("POST", `/oauth/introspect/${pool.id}`, { body: { token, secret: pool.secret } });
    return reply.json<Body>()["active"];
  };
  await world.pass(59_000);
  expect(await isActive()).toBe(true);
  await world.pass(1000);
  expect(await isActive()).toBe(false);
  await world.close();
});
