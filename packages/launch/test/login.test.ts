import { describe, expect, test } from "@jest/globals";
import { readLaunch } from "@app2wxapp/protocol";
import { createPkce, restoreLogin, startLogin, type Login } from "../src";
import { sha256 } from "../src/sha256";
import { LAUNCH } from "./vectors";

const POOL = "5e4cdd055df3df65dc58b97d";
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Gives the bytes in the order they are asked for. */
function given(...pieces: string[]) {
  return (array: Uint8Array) => {
    array.set(Buffer.from(pieces.shift()!, "hex"));
    return array;
  };
}

describe("starting a login", () => {
  test.each(LAUNCH.sha256)("the hash of $ascii.length characters is SHA-256's", ({ ascii, sha256: expected }) => {
    expect(hex(sha256(Buffer.from(ascii, "ascii")))).toBe(expected);
  });

  test.each(LAUNCH.logins)("$name", ({ request, stateBytes, verifierBytes, now, login }) => {
    const getRandomValues = given(stateBytes, verifierBytes);
    expect(startLogin(request, { getRandomValues, now: () => now })).toEqual(login);
  });

  test.each(LAUNCH.logins)("the applet reads from the path what the app asked for: $name", ({ request, login }) => {
    const query = Object.fromEntries(new URLSearchParams(login.path.split("?")[1]));
    const launch = readLaunch(query);
    expect(launch).toMatchObject({
      userPoolId: request.userPoolId,
      getPhone: request.getPhone ?? false,
      fromApp: true,
      useSelfWxapp: request.useSelfWxapp ?? false,
      state: login.state,
      malformed: [],
    });
    expect(launch.codeChallenge).toBe(query["codeChallenge"]);
    expect(launch.lang).toBe(request.lang);
  });

  test("two logins share neither state nor verifier", () => {
    const [one, two] = [startLogin({ userPoolId: POOL }), startLogin({ userPoolId: POOL })];
    expect(one.state).not.toBe(two.state);
    expect(one.codeVerifier).not.toBe(two.codeVerifier);
  });

  test("what the applet would refuse is refused at once, with what to do", () => {
    expect(() => startLogin({ userPoolId: "a pool&fromApp=1" })).toThrow(/userPoolId must be/);
    expect(() => startLogin({ userPoolId: POOL, nonce: "a b" })).toThrow(/nonce must be/);
  });

  test("without strong random bytes nothing starts, and the error says where to get them", () => {
    const platform = Object.getOwnPropertyDescriptor(globalThis, "crypto")!;
    Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true, writable: true });
    try {
      expect(() => startLogin({ userPoolId: POOL })).toThrow(/react-native-get-random-values/);
      expect(() => createPkce()).toThrow(/getRandomValues/);
    } finally {
      Object.defineProperty(globalThis, "crypto", platform);
    }
  });
});

describe("a login in the app's storage", () => {
  const login = LAUNCH.logins[0]!.login;
  const stored = JSON.stringify(login);

  test("comes back as it was, until it expires", () => {
    expect(restoreLogin(stored, login.expiresAt - 1)).toEqual(login);
    expect(restoreLogin(stored, login.expiresAt)).toBeNull();
  });

  test("does not come back once it is answered", () => {
    expect(restoreLogin(JSON.stringify({ ...login, answered: true }), 0)).toBeNull();
  });

  test.each([null, undefined, 5, {}, "", "nothing", "null", "[]", "{}", stored.slice(0, -9), '{"path":1}'])(
    "%j is no login, and no error",
    (value) => {
      expect(restoreLogin(value, 0)).toBeNull();
    },
  );

  test("without PKCE it has no verifier to store", () => {
    const plain: Login = startLogin({ userPoolId: POOL, pkce: false }, { now: () => 0 });
    expect(JSON.parse(JSON.stringify(plain))).not.toHaveProperty("codeVerifier");
    expect(restoreLogin(JSON.stringify(plain), 1)).toEqual(plain);
  });
});
