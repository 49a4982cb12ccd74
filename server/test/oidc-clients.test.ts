import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as oauth from "oauth4webapi";
import * as client from "openid-client";
import { beginLogin, fetchInto, type StandardLogin } from "./support/standard-login";
import { stranger, World, type Body, type TestPool } from "./support/world";

let world: World;
let pool: TestPool;
beforeAll(async () => {
  // The clients look at the real clock.
  world = await World.open({ time: Date.now() });
  pool = await world.createPool({ tokenAlgorithm: "ES256" });
});
afterAll(() => world.close());

const issuerOf = ({ id }: TestPool): URL => new URL(`https://auth.example.com/${id}`);

/** What a backend makes of the string the applet returned: the answer an authorization endpoint would have sent. */
const answer = ({ ticket }: StandardLogin, state: string): URL =>
  new URL(`https://backend.example.com/callback?code=${ticket}&state=${state}`);

describe("oauth4webapi, as it comes from npm,", () => {
  const options = () => ({ [oauth.customFetch]: fetchInto(world) });
  const discover = async (of = pool) =>
    oauth.processDiscoveryResponse(issuerOf(of), await oauth.discoveryRequest(issuerOf(of), options()));

  /** The grant by the book; `expected` is the nonce the client remembers. */
  async function grant(login: StandardLogin, auth: oauth.ClientAuth, expected = login.nonce, of = pool) {
    const server = await discover(of);
    const me = { client_id: of.id };
    const parameters = oauth.validateAuthResponse(server, me, answer(login, "a-state"), "a-state");
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      me,
      auth,
      parameters,
      "https://backend.example.com/callback",
      login.codeVerifier,
      options(),
    );
    return oauth.processAuthorizationCodeResponse(server, me, response, {
      expectedNonce: expected,
      requireIdToken: true,
    });
  }

  test.each([
    ["Basic", oauth.ClientSecretBasic],
    ["post", oauth.ClientSecretPost],
  ])("signs a person in with the secret by %s, and reads userinfo", async (_name, authentication) => {
    const person = stranger();
    const login = await beginLogin(world, pool, person);
    const tokens = await grant(login, authentication(pool.secret));
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    expect(claims).toMatchObject({ aud: pool.id, nonce: login.nonce, openid: person.openid });
    const server = await discover();
    const response = await oauth.userInfoRequest(server, { client_id: pool.id }, tokens.access_token, options());
    const info = await oauth.processUserInfoResponse(server, { client_id: pool.id }, claims?.sub ?? "", response);
    expect(info).toEqual({
      sub: claims?.sub,
      name: "微信用户",
      openid: person.openid,
      unionid: person.unionid,
    });
  });

  test("signs a person in without a secret where the pool asks for none but the verifier", async () => {
    const open = await world.createPool({ tokenAlgorithm: "ES256", exchange: "pkce" });
    const login = await beginLogin(world, open);
    const tokens = await grant(login, oauth.None(), login.nonce, open);
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ aud: open.id });
  });

  test("verifies the id_token's signature with the pool's JWKS", async () => {
    const login = await beginLogin(world, pool);
    const server = await discover();
    const me = { client_id: pool.id };
    const parameters = oauth.validateAuthResponse(server, me, answer(login, "s"), "s");
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      me,
      oauth.ClientSecretBasic(pool.secret),
      parameters,
      "https://backend.example.com/callback",
      login.codeVerifier,
      options(),
    );
    await oauth.processAuthorizationCodeResponse(server, me, response, { expectedNonce: login.nonce });
    await expect(oauth.validateApplicationLevelSignature(server, response, options())).resolves.toBeUndefined();
  });

  test("refuses a login with another nonce, and with one that nobody expected", async () => {
    const auth = oauth.ClientSecretBasic(pool.secret);
    await expect(grant(await beginLogin(world, pool), auth, "another-nonce")).rejects.toThrow(/"nonce"/);
    const unexpected = grant(await beginLogin(world, pool), auth, oauth.expectNoNonce as never);
    await expect(unexpected).rejects.toThrow(/"nonce"/);
  });

  test("refuses the discovery document of another issuer", async () => {
    const other = await world.createPool({ tokenAlgorithm: "ES256" });
    const response = await oauth.discoveryRequest(issuerOf(other), options());
    await expect(oauth.processDiscoveryResponse(issuerOf(pool), response)).rejects.toThrow(/issuer/);
  });

  test("reads why a ticket is refused, and what to show at userinfo", async () => {
    const login = await beginLogin(world, pool);
    const auth = oauth.ClientSecretBasic(pool.secret);
    await grant(login, auth);
    await expect(grant(login, auth)).rejects.toMatchObject({
      error: "invalid_grant",
      error_description: "The ticket was used before",
      status: 400,
    });
    await expect(grant(await beginLogin(world, pool), oauth.ClientSecretPost("wrong"))).rejects.toMatchObject({
      cause: [{ scheme: "basic", parameters: { realm: "app2wxapp" } }],
      status: 401,
    });
    const server = await discover();
    const response = await oauth.userInfoRequest(server, { client_id: pool.id }, "no.valid.token", options());
    const processed = oauth.processUserInfoResponse(server, { client_id: pool.id }, oauth.skipSubjectCheck, response);
    await expect(processed).rejects.toMatchObject({
      cause: [{ scheme: "bearer", parameters: { error: "invalid_token" } }],
      status: 401,
    });
  });

  test("introspects and revokes a token", async () => {
    const auth = oauth.ClientSecretBasic(pool.secret);
    const tokens = await grant(await beginLogin(world, pool), auth);
    const server = await discover();
    const me = { client_id: pool.id };
    const active = async () => {
      const asked = await oauth.introspectionRequest(server, me, auth, tokens.access_token, options());
      return (await oauth.processIntrospectionResponse(server, me, asked)).active;
    };
    expect(await active()).toBe(true);
    const revoked = await oauth.revocationRequest(server, me, auth, tokens.access_token, options());
    await oauth.processRevocationResponse(revoked);
    expect(await active()).toBe(false);
  });
});

describe("openid-client, as it comes from npm,", () => {
  const discovered = (of = pool, auth = client.ClientSecretPost(of.secret)) =>
    client.discovery(issuerOf(of), of.id, undefined, auth, {
      [client.customFetch]: fetchInto(world),
    });
  const checks = ({ codeVerifier, nonce }: StandardLogin) => ({
    pkceCodeVerifier: codeVerifier,
    expectedNonce: nonce,
    expectedState: "a-state",
    idTokenExpected: true,
  });

  test("signs a person in with a phone number, by nothing but the issuer's address", async () => {
    const config = await discovered();
    client.enableNonRepudiationChecks(config);
    const person = stranger();
    const ticket = await world.ticketWithPhone(person, pool);
    const tokens = await client.authorizationCodeGrant(
      config,
      answer({ ticket, codeVerifier: "", nonce: "" }, "a-state"),
      { expectedState: "a-state", idTokenExpected: true },
    );
    const claims = tokens.claims();
    expect(claims).toMatchObject({ phone_number: `+86${person.phone}`, phone_number_verified: true });
    expect(tokens.scope).toBe("openid profile phone");
    expect(tokens.expiresIn()).toBeGreaterThan(15 * 86_400 - 60);
    const info = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? "");
    expect(info).toMatchObject({ phone_number: `+86${person.phone}`, phone_number_verified: true });
  });

  test("signs a person in with PKCE and a nonce, and tells of the token", async () => {
    const config = await discovered(pool, client.ClientSecretBasic(pool.secret));
    client.enableNonRepudiationChecks(config);
    const login = await beginLogin(world, pool);
    const tokens = await client.authorizationCodeGrant(config, answer(login, "a-state"), checks(login));
    expect((await client.tokenIntrospection(config, tokens.access_token)).active).toBe(true);
    await client.tokenRevocation(config, tokens.access_token);
    expect((await client.tokenIntrospection(config, tokens.access_token)).active).toBe(false);
  });

  test("refuses another nonce; a foreign pool's ticket is refused by the server", async () => {
    const config = await discovered();
    const login = await beginLogin(world, pool);
    const wrong = client.authorizationCodeGrant(config, answer(login, "a-state"), {
      ...checks(login),
      expectedNonce: "other",
    });
    await expect(wrong).rejects.toMatchObject({ cause: { message: expect.stringContaining("nonce") } });
    const other = await world.createPool({ tokenAlgorithm: "ES256" });
    const foreign = await beginLogin(world, other);
    const granted = client.authorizationCodeGrant(config, answer(foreign, "a-state"), checks(foreign));
    await expect(granted).rejects.toMatchObject({ error: "invalid_grant" });
  });

  test("is told why a pool that signs with a shared key has no discovery document", async () => {
    const response = await world.call("GET", `/${world.pool.id}/.well-known/openid-configuration`);
    expect(response.statusCode).toBe(404);
    expect(response.json<Body>()["message"]).toContain("HS256");
    await expect(discovered(world.pool)).rejects.toThrow(/unexpected HTTP response status code/);
  });
});
