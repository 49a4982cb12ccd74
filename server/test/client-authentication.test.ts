import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createHash, randomBytes } from "node:crypto";
import { refusal, stranger, World, type Body } from "./support/world";

let world: World;
beforeAll(async () => (world = await World.open()));
afterAll(() => world.close());

const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
/** As oauth4webapi writes it: every character that a form escapes. */
const escaped = (text: string): string => text.replaceAll(/[-_]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

const call = (url: string, payload: Body, authorization?: string, language?: string) =>
  world.app.inject({
    method: "POST",
    url,
    payload,
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(language !== undefined && { "accept-language": language }),
    },
  });

describe("wherever a pool's secret is asked for", () => {
  const introspect = async (body: Body, authorization?: string) => {
    const { token } = await world.login(stranger());
    return call(`/oauth/introspect/${world.pool.id}`, { token, ...body }, authorization);
  };
  const active = { active: true };

  test("it is taken by Basic, as client_id and client_secret, and as the reference calls it", async () => {
    const { id, secret } = world.pool;
    expect((await introspect({}, basic(id, secret))).json()).toMatchObject(active);
    expect((await introspect({}, basic(escaped(id), escaped(secret)))).json()).toMatchObject(active);
    expect((await introspect({ client_id: id, client_secret: secret })).json()).toMatchObject(active);
    expect((await introspect({ client_secret: secret })).json()).toMatchObject(active);
    expect((await introspect({ secret })).json()).toMatchObject(active);
    expect((await introspect({ client_id: id, secret }, basic(id, secret))).json()).toMatchObject(active);
  });

  test("it is refused when it is wrong in any of them, or of another client; two that differ are no request", async () => {
    const { id, secret } = world.pool;
    const unauthorized = { status: 401, error: "client.unauthorized" };
    for (const [body, authorization] of [
      [{}, undefined],
      [{}, basic(id, "wrong")],
      [{}, basic("another", secret)],
      [{}, basic(id, "")],
      [{}, `Basic ${secret}`],
      [{}, `Bearer ${secret}`],
      [{}, basic(id, "%zz")],
      [{ client_id: "another", client_secret: secret }, undefined],
      [{ client_secret: "wrong" }, undefined],
    ] as const) {
      const response = await introspect(body, authorization);
      expect(refusal(response)).toEqual(unauthorized);
      expect(response.headers["www-authenticate"]).toMatch(/^Basic realm=/);
    }
    const contradicting = await introspect({ secret }, basic(id, "wrong"));
    expect(refusal(contradicting)).toEqual({ status: 400, error: "request.invalid" });
  });

  test("the exchange takes it so, and revocation, and the users' address", async () => {
    const { id, secret } = world.pool;
    const ticket = await world.ticket(stranger());
    const exchanged = await call(`/oauth/app2wxapp/auth/${id}`, { ticket }, basic(id, secret));
    const { token, _id: user } = exchanged.json<{ token: string; _id: string }>();
    expect((await call(`/oauth/revoke/${id}`, { token }, basic(id, secret))).statusCode).toBe(200);
    expect((await introspect({ token, secret })).json()).toEqual({ active: false });
    const read = (authorization: string) =>
      world.app.inject({ method: "GET", url: `/oauth/users/${id}/${user}`, headers: { authorization } });
    expect((await read(basic(id, secret))).json()).toMatchObject({ _id: user });
    expect((await read(`Bearer ${secret}`)).json()).toMatchObject({ _id: user });
    expect((await read(basic(id, "wrong"))).statusCode).toBe(401);
  });

  test("a secret by Basic is checked in a pool that needs none, too", async () => {
    const open = await world.createPool({ exchange: "open" });
    const ticket = await world.ticket(stranger(), {}, open);
    const url = `/oauth/app2wxapp/auth/${open.id}`;
    expect(refusal(await call(url, { ticket }, basic(open.id, "wrong")))).toMatchObject({ status: 401 });
    // What other servers are sent by the same client is none of ours.
    expect((await call(url, { ticket }, "Bearer of-something-else")).statusCode).toBe(200);
  });
});

describe("a backend in any language", () => {
  test("may send null for what it does not have, in every call", async () => {
    const attempt = await world.attempt(stranger(), { nonce: null, codeChallenge: null, useSelfWxapp: null });
    expect(attempt.statusCode).toBe(200);
    const { ticket } = attempt.json<{ ticket: string }>();
    const user = await world.exchange({
      ticket,
      tickett: null,
      secret: world.pool.secret,
      codeVerifier: null,
      callerAppId: null,
    });
    expect(user.statusCode).toBe(200);
    const missing = await world.exchange({ ticket: null, secret: world.pool.secret });
    expect(refusal(missing)).toEqual({ status: 400, error: "request.invalid" });
  });

  test("may call the verifier as OAuth does; a verifier of either name is checked", async () => {
    const verifier = randomBytes(32).toString("base64url");
    const codeChallenge = createHash("sha256").update(verifier).digest("base64url");
    const { secret } = world.pool;
    const ticket = await world.ticket(stranger(), { codeChallenge });
    const wrong = await world.exchange({ ticket, secret, code_verifier: "x".repeat(43) });
    expect(refusal(wrong)).toEqual({ status: 400, error: "verifier.invalid" });
    const both = await world.exchange({ ticket, secret, code_verifier: verifier, codeVerifier: "x".repeat(43) });
    expect(refusal(both)).toEqual({ status: 400, error: "request.invalid" });
    expect((await world.exchange({ ticket, secret, code_verifier: verifier })).statusCode).toBe(200);
    const unbound = await world.ticket(stranger());
    const unasked = await world.exchange({ ticket: unbound, secret, code_verifier: verifier });
    expect(refusal(unasked)).toEqual({ status: 400, error: "verifier.invalid" });
  });

  test("reads errors in its own language, whatever the style of the pool", async () => {
    const enveloped = await world.createPool({ responseStyle: "envelope" });
    const told = async (language: string | undefined, of = world.pool) =>
      (
        await call(`/oauth/app2wxapp/auth/${of.id}`, { ticket: "x".repeat(43), secret: of.secret }, undefined, language)
      ).json<Body>()["message"];
    for (const of of [world.pool, enveloped]) {
      expect(await told(undefined, of)).toBe("ticket 无效或已过期");
      expect(await told("zh-Hant-TW, en;q=0.5", of)).toBe("ticket 無效或已過期");
      expect(await told("en-GB", of)).toBe("The ticket is invalid or expired");
      expect(await told("fr, *;q=0.1", of)).toBe("ticket 无效或已过期");
    }
  });
});
