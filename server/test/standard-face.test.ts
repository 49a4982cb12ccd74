import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import { createHash } from "node:crypto";
import { DIALECTS } from "./support/databases";
import { beginLogin, type StandardLogin } from "./support/standard-login";
import { CALLER, stranger, World, type Body, type TestPool } from "./support/world";

const FORM = "application/x-www-form-urlencoded";
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

/*
 * The cases of the OpenID conformance suite (Basic and Config profiles, by the names of its modules), of RFC 9700 and of the
 * RFCs beneath, as far as they fit a login that begins in an app: no redirect, no prompt, no browser.
 */
describe.each(DIALECTS)("the standard face on %s", (dialect) => {
  let world: World;
  let pool: TestPool;
  beforeAll(async () => {
    world = await World.open({ dialect });
    pool = await world.createPool({ tokenAlgorithm: "ES256" });
  });
  afterAll(() => world.close());

  const post = async (url: string, form: string | Record<string, string>, headers: Record<string, string> = {}) => {
    const payload = typeof form === "string" ? form : new URLSearchParams(form).toString();
    world.secrets.watchJson(typeof form === "string" ? {} : form);
    const response = await world.app.inject({
      method: "POST",
      url,
      payload,
      headers: { "content-type": FORM, ...headers },
    });
    world.secrets.watchJson(response.json());
    return response;
  };
  const grantOf = ({ ticket, codeVerifier }: StandardLogin, more: Record<string, string> = {}) => ({
    grant_type: "authorization_code",
    code: ticket,
    code_verifier: codeVerifier,
    ...more,
  });
  const grant = (login: StandardLogin, of = pool, more: Record<string, string> = {}) =>
    post(`/oauth/token/${of.id}`, grantOf(login, more), { authorization: basic(of.id, of.secret) });
  const tokensOf = async (of = pool, person = stranger()) => {
    const login = await beginLogin(world, of, person);
    const response = await grant(login, of);
    expect(response.statusCode).toBe(200);
    return { login, ...response.json<{ access_token: string; id_token: string }>() };
  };
  const userinfo = (token: string | undefined, method: "GET" | "POST" = "GET", of = pool) =>
    world.call(method, `/oauth/userinfo/${of.id}`, token === undefined ? {} : { bearer: token });
  const verified = async (token: string, of = pool) => {
    const keys = (await world.call("GET", `/oauth/jwks/${of.id}`)).json<JSONWebKeySet>();
    const currentDate = new Date(await world.now());
    const issuer = `https://auth.example.com/${of.id}`;
    return jwtVerify(token, createLocalJWKSet(keys), { currentDate, issuer, audience: of.id });
  };

  test("oidcc-server: a code gives tokens that nobody may keep, and an id_token with all it must have", async () => {
    const login = await beginLogin(world, pool);
    const response = await grant(login);
    expect(response.headers).toMatchObject({ "cache-control": "no-store", pragma: "no-cache" });
    const tokens = response.json<Record<string, unknown>>();
    expect(tokens).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 15 * 86_400,
      scope: "openid profile",
      id_token: expect.any(String),
    });
    const { payload, protectedHeader } = await verified(String(tokens["id_token"]));
    expect(protectedHeader).toMatchObject({ alg: "ES256", kid: expect.any(String) });
    const now = Math.floor((await world.now()) / 1000);
    expect(payload).toEqual({
      iss: `https://auth.example.com/${pool.id}`,
      aud: pool.id,
      sub: expect.stringMatching(/^[0-9a-f]{24}$/),
      iat: expect.any(Number),
      exp: Number(payload.iat) + 3600,
      auth_time: expect.any(Number),
      nonce: login.nonce,
      at_hash: createHash("sha256")
        .update(String(tokens["access_token"]))
        .digest()
        .subarray(0, 16)
        .toString("base64url"),
      name: "微信用户",
      openid: expect.any(String),
      unionid: expect.any(String),
    });
    expect(Math.abs(Number(payload["auth_time"]) - now)).toBeLessThan(30);
  });

  test("oidcc-config: the document is at the issuer, and every address in it is one of this server", async () => {
    const response = await world.call("GET", `/${pool.id}/.well-known/openid-configuration`);
    expect(response.headers["cache-control"]).toBe("public, max-age=300");
    const document = response.json<Record<string, unknown>>();
    expect(document).toMatchObject({
      issuer: `https://auth.example.com/${pool.id}`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    });
    const addresses = Object.entries(document).filter(([name]) => /(_endpoint|_uri)$/.test(name));
    expect(addresses.map(([name]) => name).toSorted()).toEqual([
      "authorization_endpoint",
      "introspection_endpoint",
      "jwks_uri",
      "revocation_endpoint",
      "token_endpoint",
      "userinfo_endpoint",
    ]);
    for (const [, address] of addresses) {
      const { origin, pathname } = new URL(String(address));
      expect(origin).toBe("https://auth.example.com");
      const asked = await Promise.all(
        (["GET", "POST"] as const).map((method) => world.app.inject({ method, url: pathname })),
      );
      expect(asked.filter(({ statusCode }) => statusCode !== 404)).not.toEqual([]);
    }
    expect((await world.call("GET", `/${"f".repeat(24)}/.well-known/openid-configuration`)).statusCode).toBe(404);
  });

  test("oidcc-response-type-missing: the authorization endpoint says where a login begins instead", async () => {
    const response = await world.call("GET", `/oauth/authorize/${pool.id}?client_id=${pool.id}`);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error: "unsupported_response_type" });
  });

  test("oidcc-idtoken-signature: the id_token is signed by a key of the JWKS, as the access token is", async () => {
    const { id_token: idToken, access_token: accessToken } = await tokensOf();
    const { protectedHeader } = await verified(idToken);
    expect((await verified(accessToken)).protectedHeader).toEqual(protectedHeader);
    const other = await world.createPool({ tokenAlgorithm: "ES256" });
    await expect(verified(idToken, other)).rejects.toThrow(/no applicable key found/);
  });

  test("oidcc-ensure-request-without-nonce-succeeds-for-code-flow: then the id_token has none", async () => {
    const ticket = await world.ticket(stranger(), {}, pool);
    const tokens = (
      await post(`/oauth/token/${pool.id}`, {
        grant_type: "authorization_code",
        code: ticket,
        client_id: pool.id,
        client_secret: pool.secret,
      })
    ).json<{ id_token: string }>();
    expect((await verified(tokens.id_token)).payload).not.toHaveProperty("nonce");
  });

  test("oidcc-server-client-secret-post: the secret in the form is as good as in the header", async () => {
    const login = await beginLogin(world, pool);
    const form = grantOf(login, { client_id: pool.id, client_secret: pool.secret });
    expect((await post(`/oauth/token/${pool.id}`, form)).statusCode).toBe(200);
  });

  test("oidcc-userinfo-get and oidcc-userinfo-post-header: the person is told to who holds the token", async () => {
    const person = stranger();
    const { access_token: token, id_token: idToken } = await tokensOf(pool, person);
    const { payload } = await verified(idToken);
    for (const method of ["GET", "POST"] as const) {
      const response = await userinfo(token, method);
      expect(response.headers["content-type"]).toContain("application/json");
      expect(response.json()).toEqual({
        sub: payload.sub,
        name: "微信用户",
        openid: person.openid,
        unionid: person.unionid,
      });
    }
  });

  test("oidcc-scope-phone: the number is told when the login asked for it, and to no other token", async () => {
    const person = stranger();
    const ticket = await world.ticketWithPhone(person, pool);
    const login = { ticket, codeVerifier: "", nonce: "" };
    const told = (await grant(login)).json<{ access_token: string; id_token: string; scope: string }>();
    const phone = { phone_number: `+86${person.phone}`, phone_number_verified: true };
    expect(told.scope).toBe("openid profile phone");
    expect((await verified(told.id_token)).payload).toMatchObject(phone);
    expect((await userinfo(told.access_token)).json()).toMatchObject(phone);
    const { access_token: other } = await tokensOf(pool, person);
    expect((await userinfo(other)).json()).not.toHaveProperty("phone_number");
  });

  test("oidcc-codereuse: a second use is refused; oidcc-codereuse-30seconds: later it costs the token", async () => {
    const { login, access_token: token } = await tokensOf();
    const again = await grant(login);
    expect(again.statusCode).toBe(400);
    expect(again.json()).toMatchObject({ error: "invalid_grant", reason: "ticket.used" });
    expect((await userinfo(token)).statusCode).toBe(200);
    await world.pass(30_000);
    expect((await grant(login)).json()).toMatchObject({ error: "invalid_grant" });
    expect((await userinfo(token)).statusCode).toBe(401);
  });

  test("RFC 6749, 4.1.3: a code is of one client; another one's is refused and not consumed", async () => {
    const other = await world.createPool({ tokenAlgorithm: "ES256" });
    const login = await beginLogin(world, pool);
    expect((await grant(login, other)).json()).toMatchObject({ error: "invalid_grant", reason: "ticket.invalid" });
    expect((await grant(login)).statusCode).toBe(200);
  });

  test("RFC 6749, 5.2: what is wrong is said in OAuth's words, in its characters, and nothing is consumed", async () => {
    const login = await beginLogin(world, pool);
    const url = `/oauth/token/${pool.id}`;
    const authorization = basic(pool.id, pool.secret);
    const { grant_type: _type, ...untyped } = grantOf(login);
    const cases: [Record<string, string>, Record<string, string>, number, string][] = [
      [untyped, { authorization }, 400, "invalid_request"],
      [{ ...untyped, grant_type: "password" }, { authorization }, 400, "unsupported_grant_type"],
      [{ grant_type: "refresh_token" }, { authorization }, 400, "unsupported_grant_type"],
      [{ grant_type: "authorization_code" }, { authorization }, 400, "invalid_request"],
      [grantOf(login), {}, 401, "invalid_client"],
      [grantOf(login), { authorization: basic(pool.id, "wrong") }, 401, "invalid_client"],
      [grantOf(login), { authorization: basic("another", pool.secret) }, 401, "invalid_client"],
      [grantOf(login), { authorization: "Basic %%%" }, 401, "invalid_client"],
      [grantOf(login, { client_id: "another", client_secret: pool.secret }), {}, 401, "invalid_client"],
      [grantOf(login, { code: "x".repeat(43) }), { authorization }, 400, "invalid_grant"],
    ];
    for (const [form, headers, status, error] of cases) {
      const response = await post(url, form, { "accept-language": "zh-CN", ...headers });
      const body = response.json<Record<string, unknown>>();
      expect([response.statusCode, body["error"]]).toEqual([status, error]);
      expect(body["error_description"]).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
      const asked = status === 401 ? 'Basic realm="app2wxapp", charset="UTF-8"' : undefined;
      expect(response.headers["www-authenticate"]).toBe(asked);
    }
    expect((await grant(login)).statusCode).toBe(200);
  });

  test("RFC 6749, 3.2: an empty parameter counts as absent, an unknown one as nothing, and none may come twice", async () => {
    const login = await beginLogin(world, pool);
    const once = new URLSearchParams(grantOf(login)).toString();
    const headers = { authorization: basic(pool.id, pool.secret) };
    const twice = await post(`/oauth/token/${pool.id}`, `${once}&code=${login.ticket}`, headers);
    expect(twice.json()).toMatchObject({ error: "invalid_request" });
    const accepted = await post(`/oauth/token/${pool.id}`, `${once}&client_secret=&resource=x`, headers);
    expect(accepted.statusCode).toBe(200);
  });

  test("RFC 9700, 2.1.1 and 4.5.3.1: a code that was asked for with PKCE needs its verifier", async () => {
    const login = await beginLogin(world, pool);
    const wrong = { ...login, codeVerifier: "x".repeat(43) };
    expect((await grant(wrong)).json()).toMatchObject({ error: "invalid_grant", reason: "verifier.invalid" });
    const { code_verifier: _none, ...bare } = grantOf(login);
    const without = await post(`/oauth/token/${pool.id}`, bare, { authorization: basic(pool.id, pool.secret) });
    expect(without.json()).toMatchObject({ error: "invalid_grant", reason: "verifier.invalid" });
    expect((await grant(login)).statusCode).toBe(200);
  });

  test("RFC 9700, 4.8.2: a verifier for a code without a challenge is refused, so PKCE cannot be taken off", async () => {
    const ticket = await world.ticket(stranger(), {}, pool);
    const login = { ticket, codeVerifier: "x".repeat(43), nonce: "" };
    expect((await grant(login)).json()).toMatchObject({ error: "invalid_grant", reason: "verifier.invalid" });
  });

  test("RFC 9700, 4.10: a token is taken by its own audience alone; an id_token is no access token", async () => {
    const other = await world.createPool({ tokenAlgorithm: "ES256" });
    const { access_token: token, id_token: idToken } = await tokensOf();
    expect((await userinfo(token, "GET", other)).statusCode).toBe(401);
    expect((await userinfo(idToken)).statusCode).toBe(401);
    const introspected = await world.call("POST", `/oauth/introspect/${pool.id}`, {
      body: { token: idToken, secret: pool.secret },
    });
    expect(introspected.json()).toEqual({ active: false });
  });

  test("RFC 6750, 3: userinfo says how to ask, and what is wrong only with a token that was shown", async () => {
    const missing = await userinfo(undefined);
    expect([missing.statusCode, missing.headers["www-authenticate"]]).toEqual([401, 'Bearer realm="app2wxapp"']);
    const wrong = await userinfo("no.such.token");
    expect(wrong.headers["www-authenticate"]).toMatch(/^Bearer realm="app2wxapp", error="invalid_token", error_desc/);
    expect(wrong.json()).toMatchObject({ error: "invalid_token" });
    const unknown = await world.call("GET", `/oauth/userinfo/${"f".repeat(24)}`, { bearer: "no.such.token" });
    expect(unknown.headers["www-authenticate"]).toBe(wrong.headers["www-authenticate"]);
  });

  test("userinfo ends with the token: revoked, its person blocked, or signed out everywhere", async () => {
    const status = async (token: string) => (await userinfo(token)).statusCode;
    const { access_token: revoked } = await tokensOf();
    await world.call("POST", `/oauth/revoke/${pool.id}`, { body: { token: revoked, secret: pool.secret } });
    expect(await status(revoked)).toBe(401);
    const { access_token: token, id_token: idToken } = await tokensOf();
    const path = `/pools/${pool.id}/users/${(await verified(idToken)).payload.sub}`;
    await world.admin("PATCH", path, { blocked: true });
    expect(await status(token)).toBe(401);
    await world.admin("PATCH", path, { blocked: false });
    expect(await status(token)).toBe(200);
    await world.pass(2000);
    await world.admin("POST", `${path}/sign-out`);
    expect(await status(token)).toBe(401);
  });

  test("a person who may not enter is refused as a grant is, with the reason beside it", async () => {
    const closed = await world.createPool({ tokenAlgorithm: "ES256" });
    const login = await beginLogin(world, closed);
    await world.changePool({ loginOnly: true }, closed);
    const response = await grant(login, closed);
    expect([response.statusCode, response.json()]).toMatchObject([
      400,
      { error: "invalid_grant", reason: "registration.closed" },
    ]);
  });

  test("a pool with a shared key gives an access token and no id_token; it is the token of every other exchange", async () => {
    const login = await beginLogin(world, world.pool);
    const tokens = (await grant(login, world.pool)).json<Body>();
    expect(tokens).not.toHaveProperty("id_token");
    const introspected = await world.call("POST", `/oauth/introspect/${world.pool.id}`, {
      body: { token: tokens["access_token"], secret: world.pool.secret },
    });
    expect(introspected.json()).toMatchObject({ active: true, azp: CALLER, scope: "openid profile" });
  });

  test("who tries tickets where no secret is asked for is limited as at the other exchange", async () => {
    const open = await world.createPool({ exchange: "pkce" });
    const form = { grant_type: "authorization_code", code: "x".repeat(43), code_verifier: "x".repeat(43) };
    const from = { remoteAddress: "198.51.100.7" };
    const guess = () =>
      world.app.inject({
        method: "POST",
        url: `/oauth/token/${open.id}`,
        payload: new URLSearchParams(form).toString(),
        headers: { "content-type": FORM },
        ...from,
      });
    const answers = await Promise.all(Array.from({ length: 70 }, guess));
    const limited = answers.filter(({ statusCode }) => statusCode === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]?.json()).toMatchObject({ error: "temporarily_unavailable", reason: "rate.limited" });
    expect(limited[0]?.headers["retry-after"]).toBeDefined();
  });
});
