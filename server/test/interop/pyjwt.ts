import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
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

/** Debian's python3-jwt belongs to Debian's interpreter; elsewhere PyJWT may be the default one's. */
function pythonWithJwt(): string {
  const found = ["/usr/bin/python3", "python3", "python"].find(
    (python) => spawnSync(python, ["-c", "import jwt; jwt.PyJWK"]).status === 0,
  );
  if (found === undefined)
    throw new Error("this test needs Python with PyJWT: apt-get install python3-jwt python3-cryptography");
  return found;
}
