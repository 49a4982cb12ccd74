import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { JSONWebKeySet } from "jose";
import { stranger, World, type TestPool } from "../support/world";

/** Not part of `npm test`, which needs nothing but Node: run by `npm run interop`, with PyJWT from Debian. */
const PROGRAM = `
import json, sys, jwt
asked = json.load(sys.stdin)
options = {"verify_exp": False, "verify_iat": False}
hs = jwt.decode(asked["hs"], asked["key"], algorithms=["HS256"], audience=asked["hsPool"], options=options)
key = jwt.PyJWK(asked["jwk"]).key
es = jwt.decode(asked["es"], key, algorithms=["ES256"], audience=asked["esPool"], options=options)
try:
    jwt.decode(asked["hs"], asked["key"] + "x", algorithms=["HS256"], audience=asked["hsPool"], options=options)
except jwt.InvalidSignatureError:
    print(hs["data"]["clientId"], es["data"]["clientId"])
`;

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const tokenOf = async (pool: TestPool): Promise<string> => String((await world.login(stranger(), {}, pool))["token"]);

test("PyJWT verifies HS256 tokens with the pool's key and ES256 tokens with its JWKS", async () => {
  const [hs, es] = [world.pool, await world.createPool({ tokenAlgorithm: "ES256" })];
  const { keys } = (await world.call("GET", `/oauth/jwks/${es.id}`)).json<JSONWebKeySet>();
  const asked = {
    hs: await tokenOf(hs),
    key: hs.tokenKey,
    hsPool: hs.id,
    es: await tokenOf(es),
    jwk: keys[0],
    esPool: es.id,
  };
  const input = JSON.stringify(asked);
  const { stdout, stderr } = spawnSync(pythonWithJwt(), ["-c", PROGRAM], { input, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: `${hs.id} ${es.id}\n`, stderr: "" });
});

/** One client for the whole run, as a backend keeps it: a token a line, and for each the key's id or what went wrong. */
const WARM = `
import sys, jwt
client = jwt.PyJWKClient(sys.argv[1])
for line in sys.stdin:
    try:
        key = client.get_signing_key_from_jwt(line.strip())
        options = {"verify_exp": False, "verify_iat": False}
        jwt.decode(line.strip(), key.key, algorithms=["ES256"], audience=sys.argv[2], options=options)
        print(key.key_id, flush=True)
    except Exception as error:
        print(repr(error), flush=True)
`;

test("PyJWT's warm JWKS client verifies every token while a pool's key is announced, signs and retires", async () => {
  const pool = await world.createPool({ tokenAlgorithm: "ES256" });
  const origin = await world.listen();
  const client = spawn(pythonWithJwt(), ["-c", WARM, `${origin}/oauth/jwks/${pool.id}`, pool.id], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: client.stdout })[Symbol.asyncIterator]();
  const verify = async (token: string): Promise<unknown> => {
    client.stdin.write(`${token}\n`);
    return (await answers.next()).value;
  };
  const rotate = async (body: object): Promise<string> =>
    (await world.admin("POST", `/pools/${pool.id}/token-key`, { ...body })).json<{ kid: string }>().kid;
  try {
    const before = await tokenOf(pool);
    const { kid: former } = JSON.parse(Buffer.from(before.split(".", 1).join(), "base64url").toString()) as {
      kid: string;
    };
    expect(await verify(before)).toBe(former);
    const next = await rotate({});
    expect(await verify(await tokenOf(pool))).toBe(former);
    await world.pass(16 * 60_000);
    expect(await verify(await tokenOf(pool))).toBe(next);
    expect(await verify(before)).toBe(former);
    const last = await rotate({ dropFormer: true });
    expect(await verify(await tokenOf(pool))).toBe(last);
  } finally {
    client.stdin.end();
    await once(client, "exit");
  }
});

/** Debian's python3-jwt belongs to Debian's interpreter; elsewhere PyJWT may be the default one's. */
function pythonWithJwt(): string {
  const found = ["/usr/bin/python3", "python3", "python"].find(
    (python) => spawnSync(python, ["-c", "import jwt; jwt.PyJWK"]).status === 0,
  );
  if (found === undefined)
    throw new Error("this test needs Python with PyJWT: apt-get install python3-jwt python3-cryptography");
  return found;
}
