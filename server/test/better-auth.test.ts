import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { beginLogin } from "./support/standard-login";
import { stranger, World, type Body, type TestPool } from "./support/world";

let world: World;
let pool: TestPool;
let backend: ChildProcessWithoutNullStreams;
let answers: AsyncIterator<string>;

beforeAll(async () => {
  // It asks over the network and looks at the real clock.
  world = await World.open({ time: Date.now(), settings: { publicOrigin: undefined } });
  pool = await world.createPool({ tokenAlgorithm: "ES256", exchange: "pkce" });
  const origin = await world.app.listen({ host: "127.0.0.1", port: 0 });
  const program = path.join(__dirname, "support/clients/better-auth.mjs");
  const discovery = `${origin}/${pool.id}/.well-known/openid-configuration`;
  backend = spawn(process.execPath, [program, discovery, pool.id]);
  answers = createInterface(backend.stdout)[Symbol.asyncIterator]();
  backend.stderr.pipe(process.stderr);
});
afterAll(async () => {
  backend.stdin.end();
  await once(backend, "exit");
  await world.close();
});

/** What better-auth answers to `signIn.social({ provider, idToken })`. */
async function signIn(idToken: Body): Promise<Body> {
  backend.stdin.write(`${JSON.stringify(idToken)}\n`);
  return JSON.parse(String((await answers.next()).value)) as Body;
}

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
