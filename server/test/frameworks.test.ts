import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { beginLogin } from "./support/standard-login";
import { stranger, World, type Body, type TestPool } from "./support/world";

let world: World;
/** Apps without a backend of their own sign in to this one. */
let pool: TestPool;
let withSecret: TestPool;
let betterAuth: Backend;
let authJs: Backend;

beforeAll(async () => {
  // They ask over the network and look at the real clock.
  world = await World.open({ time: Date.now(), settings: { publicOrigin: undefined } });
  pool = await world.createPool({ tokenAlgorithm: "ES256", exchange: "pkce" });
  withSecret = await world.createPool({ tokenAlgorithm: "ES256" });
  const origin = await world.listen();
  betterAuth = new Backend("better-auth.mjs", `${origin}/${pool.id}/.well-known/openid-configuration`, pool.id);
  authJs = new Backend("auth-js.mjs", `${origin}/${withSecret.id}`, withSecret.id, withSecret.secret);
});
afterAll(async () => {
  await betterAuth.end();
  await authJs.end();
  await world.close();
});

/** A program with a framework in it, which answers each line with one. */
class Backend {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;

  constructor(program: string, ...parameters: string[]) {
    this.#child = spawn(process.execPath, [path.join(__dirname, "support/clients", program), ...parameters]);
    this.#answers = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
    this.#child.stderr.pipe(process.stderr);
  }

  async signIn(proof: Body): Promise<Body> {
    this.#child.stdin.write(`${JSON.stringify(proof)}\n`);
    return JSON.parse(String((await this.#answers.next()).value)) as Body;
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await once(this.#child, "exit");
  }
}

/** What better-auth answers to `signIn.social({ provider, idToken })`. */
const signIn = (idToken: Body): Promise<Body> => betterAuth.signIn(idToken);

/** The app's part: it has no backend of its own for the exchange, so the verifier is its proof. */
async function tokensOf(of = pool, person = stranger()) {
  const login = await beginLogin(world, of, person);
  const response = await world.app.inject({
    method: "POST",
    url: `/oauth/token/${of.id}`,
    payload: new URLSearchParams({
      grant_type: "authorization_code",
      code: login.ticket,
      code_verifier: login.codeVerifier,
      client_id: of.id,
    }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  const { id_token: token, access_token: accessToken } = response.json<Record<string, string>>();
  return { token, accessToken, nonce: login.nonce };
}

test("better-auth signs a person in by the discovery address alone, and knows them again", async () => {
  const person = stranger();
  const first = await signIn(await tokensOf(pool, person));
  expect(first).toMatchObject({ redirect: false, token: expect.any(String), user: { name: "微信用户" } });
  const second = await signIn(await tokensOf(pool, person));
  expect((second["user"] as Body)["id"]).toBe((first["user"] as Body)["id"]);
});

test("better-auth refuses another nonce, another pool's token, and an altered one", async () => {
  const tokens = await tokensOf();
  expect(await signIn({ ...tokens, nonce: "another" })).toEqual({ refused: "INVALID_TOKEN" });
  const other = await world.createPool({ tokenAlgorithm: "ES256", exchange: "pkce" });
  expect(await signIn(await tokensOf(other))).toEqual({ refused: "INVALID_TOKEN" });
  expect(await signIn({ ...tokens, token: `${tokens.token?.slice(0, -4)}AAAA` })).toEqual({ refused: "INVALID_TOKEN" });
});

test("Auth.js signs a person in with the ticket as credentials, by the issuer's address", async () => {
  const person = stranger();
  const { ticket, codeVerifier, nonce } = await beginLogin(world, withSecret, person);
  const { user } = (await authJs.signIn({ ticket, codeVerifier, nonce })) as { user: Body };
  const { _id: id } = await world.login(person, {}, withSecret);
  expect(user).toMatchObject({ id, name: "微信用户" });
});

test("Auth.js gives no session for another nonce, another verifier, another pool's ticket, and one used before", async () => {
  const { ticket, codeVerifier, nonce } = await beginLogin(world, withSecret);
  const foreign = await beginLogin(world, pool);
  expect(await authJs.signIn({ ...foreign })).toBeNull();
  expect(await authJs.signIn({ ticket, codeVerifier: "a".repeat(43), nonce })).toBeNull();
  expect(await authJs.signIn({ ticket, codeVerifier, nonce: "another" })).toBeNull();
  expect(await authJs.signIn({ ticket, codeVerifier, nonce })).toBeNull();
});

test.each(["docs/openid-connect.md", "docs/openid-connect.zh.md"])("%s shows what these backends run", (page) => {
  const text = readFileSync(path.join(__dirname, "../..", page), "utf8");
  for (const program of ["auth-js.mjs", "better-auth.mjs"]) {
    const source = readFileSync(path.join(__dirname, "support/clients", program), "utf8");
    const [, shown = ""] = /\/\/ docs\/openid-connect shows from here\n([\s\S]*?)\/\/ to here/.exec(source) ?? [];
    // Only the loopback of this test is plain http.
    expect(text).toContain(shown.trim().replace(", undefined, options)", ")"));
  }
});
