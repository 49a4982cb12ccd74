import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { readLaunch, formatReturn } from "@app2wxapp/protocol";
import { createPkce, readReturn, startLogin } from "../src";

const POOL = "5e4cdd055df3df65dc58b97d";
const TICKET = "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8";

function queryOf(path: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(path.split("?")[1]));
}

describe("starting a login", () => {
  test("the applet reads from the path exactly what the app asked for", () => {
    const login = startLogin({ userPoolId: POOL, getPhone: true, pkce: true, lang: "en" });
    expect(login.path).toMatch(/^routes\/explore\?userPoolId=/);
    const launch = readLaunch(queryOf(login.path));
    expect(launch).toEqual({
      userPoolId: POOL,
      getPhone: true,
      fromApp: true,
      useSelfWxapp: false,
      state: login.state,
      codeChallenge: createHash("sha256").update(login.codeVerifier!).digest("base64url"),
      lang: "en",
      malformed: [],
    });
  });

  test("two logins share neither state nor verifier", () => {
    const [one, two] = [0, 1].map(() => startLogin({ userPoolId: POOL, pkce: true }));
    expect(one!.state).not.toBe(two!.state);
    expect(one!.codeVerifier).not.toBe(two!.codeVerifier);
  });

  test("a login without PKCE sends no challenge and keeps no verifier", () => {
    const login = startLogin({ userPoolId: POOL });
    expect(login).not.toHaveProperty("codeVerifier");
    expect(queryOf(login.path)).not.toHaveProperty("codeChallenge");
  });

  test("a pool id that the applet would refuse is refused at once, with what to do", () => {
    expect(() => startLogin({ userPoolId: "a pool&fromApp=1" })).toThrow(/userPoolId must be/);
  });
});

describe("PKCE", () => {
  test("the challenge is the S256 of the verifier, as in RFC 7636, appendix B", () => {
    const bytes = Uint8Array.from([
      116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240,
      91, 88, 5, 88, 83, 132, 141, 121,
    ]);
    const pkce = createPkce((array) => {
      array.set(bytes);
      return array;
    });
    expect(pkce).toEqual({
      codeVerifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
      codeChallenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    });
  });
});

describe("reading the answer", () => {
  const login = { state: "s-1" };

  test("a granted login yields its ticket", () => {
    const text = formatReturn({ code: 200, message: "授权成功", ticket: TICKET, state: "s-1" });
    expect(readReturn(text, login)).toEqual({ outcome: "granted", ticket: TICKET });
  });

  test("a person who declined is not an error", () => {
    const text = formatReturn({ code: 400, message: "用户取消授权", state: "s-1" });
    expect(readReturn(text, login)).toEqual({ outcome: "cancelled", message: "用户取消授权" });
  });

  test("another code is a failure with its words", () => {
    const text = formatReturn({ code: 503, message: "网络不可用", state: "s-1" });
    expect(readReturn(text, login)).toEqual({ outcome: "failed", code: 503, message: "网络不可用" });
  });

  test.each([
    ["the answer of another login", `code=200&message=ok&ticket=${TICKET}&state=s-2`],
    ["an answer without state", `code=200&message=ok&ticket=${TICKET}`],
    ["an empty string", ""],
    ["an early Android WeChat's {}", "{}"],
    ["pairs without a code", "message=ok&state=s-1"],
    ["bare keys and stray signs", "&&=&state&code"],
  ])("%s is not taken for an answer", (_title, text) => {
    expect(readReturn(text, login)).toEqual({ outcome: "none" });
  });

  test("an answer that no login waits for is ignored", () => {
    expect(readReturn(`code=200&message=ok&ticket=${TICKET}&state=s-1`, null)).toEqual({ outcome: "none" });
  });

  test("a success without a usable ticket is a failure, never a login", () => {
    expect(readReturn("code=200&message=ok&ticket=short&state=s-1", login)).toMatchObject({
      outcome: "failed",
      code: 500,
    });
  });
});
