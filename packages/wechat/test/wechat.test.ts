import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createWechat, type Wechat } from "../src";

const APP = { appId: "wx00000000000000a1", secret: "secret-a" };
const OTHER = { appId: "wx00000000000000b2", secret: "secret-b" };

let now = Date.UTC(2026, 0, 1);
let wechat: Wechat;
let origin: string;

beforeAll(async () => {
  wechat = createWechat({ applets: [APP, OTHER], now: () => now });
  origin = await wechat.start();
});
afterAll(() => wechat.stop());

async function session(code: string, { appId, secret } = APP, grantType = "authorization_code") {
  const query = new URLSearchParams({ appid: appId, secret, js_code: code, grant_type: grantType });
  const response = await fetch(`${origin}/sns/jscode2session?${query}`);
  expect(response.status).toBe(200);
  return {
    type: response.headers.get("content-type"),
    body: JSON.parse(await response.text()) as Record<string, unknown>,
  };
}

async function post(path: string, body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(origin + path, { method: "POST", body: text });
  return (await response.json()) as Record<string, unknown>;
}

const askToken = (force = false, { appId, secret } = APP) =>
  post("/cgi-bin/stable_token", { grant_type: "client_credential", appid: appId, secret, force_refresh: force });

async function phoneNumber(code: string, openid?: string, app = APP) {
  const { access_token: token } = await askToken(false, app);
  return post(`/wxa/business/getuserphonenumber?access_token=${String(token)}`, { code, openid });
}

describe("jscode2session", () => {
  test("trades a login code for the person's ids once, as JSON that calls itself plain text", async () => {
    const code = wechat.device.loginCode("lin", APP.appId);
    const first = await session(code);
    expect(first.type).toBe("text/plain");
    expect(first.body).toEqual({
      openid: wechat.openid("lin", APP.appId),
      unionid: wechat.unionid("lin"),
      session_key: expect.any(String),
    });
    expect((await session(code)).body["errcode"]).toBe(40163);
  });

  test("gives one person another openid per applet and the same unionid", async () => {
    const here = (await session(wechat.device.loginCode("lin", APP.appId))).body;
    const there = (await session(wechat.device.loginCode("lin", OTHER.appId), OTHER)).body;
    expect(there["openid"]).not.toBe(here["openid"]);
    expect(there["unionid"]).toBe(here["unionid"]);
  });

  test("refuses codes that are unknown, five minutes old, of another applet, or a phone's", async () => {
    const old = wechat.device.loginCode("lin", APP.appId);
    now += 5 * 60_000;
    expect((await session(old)).body["errcode"]).toBe(40029);
    expect((await session("never-issued")).body["errcode"]).toBe(40029);
    expect((await session(wechat.device.loginCode("lin", OTHER.appId))).body["errcode"]).toBe(40029);
    expect((await session(wechat.device.phoneCode("lin", APP.appId))).body["errcode"]).toBe(40029);
  });

  test.each([
    [{ appId: "", secret: "x" }, "authorization_code", "code", 41002],
    [{ appId: "wx-nobody", secret: "x" }, "authorization_code", "code", 40013],
    [{ appId: APP.appId, secret: "" }, "authorization_code", "code", 41004],
    [{ appId: APP.appId, secret: "wrong" }, "authorization_code", "code", 40125],
    [APP, "client_credential", "code", 40002],
    [APP, "authorization_code", "", 41008],
  ])("names what is wrong with %j, %s, %j: %i", async (app, grantType, code, errcode) => {
    expect((await session(code, app, grantType)).body["errcode"]).toBe(errcode);
  });

  test("refuses a person WeChat holds for dangerous", async () => {
    expect((await session(wechat.device.loginCode("zhao", APP.appId))).body["errcode"]).toBe(40226);
  });

  test("refuses the mock code of devtools, as WeChat does, unless told to take it for its tourist", async () => {
    const devtools = createWechat({ applets: [{ appId: "touristappid", secret: "s" }, APP] });
    const address = await devtools.start();
    const ask = async (appId: string, secret: string) => {
      const query = new URLSearchParams({
        appid: appId,
        secret,
        js_code: "the code is a mock one",
        grant_type: "authorization_code",
      });
      return (await (await fetch(`${address}/sns/jscode2session?${query}`)).json()) as Record<string, unknown>;
    };
    expect((await ask("touristappid", "s"))["errcode"]).toBe(40029);
    devtools.change({ takesDevtoolsCode: true });
    expect((await ask("touristappid", "s"))["openid"]).toBe(devtools.openid("devtools", "touristappid"));
    expect((await ask("touristappid", "s"))["openid"]).toBe(devtools.openid("devtools", "touristappid"));
    expect((await ask(APP.appId, APP.secret))["errcode"]).toBe(40029);
    await devtools.stop();
  });

  test("gives no unionid to an applet that no open-platform account is bound to", async () => {
    wechat.change({ isBound: false });
    const { body } = await session(wechat.device.loginCode("lin", APP.appId));
    wechat.change({ isBound: true });
    expect(Object.keys(body)).toEqual(["session_key", "openid"]);
  });

  test("answers a person who logs in too often with 45011, and takes them again a minute later", async () => {
    wechat.change({ loginsPerMinute: 2 });
    const login = async () => (await session(wechat.device.loginCode("chan", APP.appId))).body["errcode"] ?? 0;
    expect([await login(), await login(), await login()]).toEqual([0, 0, 45011]);
    now += 60_000;
    expect(await login()).toBe(0);
    wechat.change({ loginsPerMinute: null });
  });
});

describe("stable_token", () => {
  beforeEach(() => {
    now += 86_400_000;
  });

  test("gives the same token until five minutes before its end, then a new one while the old still works", async () => {
    const first = await askToken();
    expect(first["expires_in"]).toBe(7200);
    now += (7200 - 301) * 1000;
    expect(await askToken()).toEqual({ access_token: first["access_token"], expires_in: 301 });
    now += 2000;
    const second = await askToken();
    expect(second["access_token"]).not.toBe(first["access_token"]);
    const code = wechat.device.phoneCode("lin", APP.appId);
    const reply = await post(`/wxa/business/getuserphonenumber?access_token=${String(first["access_token"])}`, {
      code,
    });
    expect(reply["errcode"]).toBe(0);
  });

  test("force_refresh kills the old token at once, at most every 30 seconds and 20 times a day", async () => {
    const first = await askToken();
    const second = await askToken(true);
    expect(second["access_token"]).not.toBe(first["access_token"]);
    const withOld = await post(`/wxa/business/getuserphonenumber?access_token=${String(first["access_token"])}`, {
      code: "x",
    });
    expect(withOld["errcode"]).toBe(40001);
    expect((await askToken(true))["errcode"]).toBe(45011);
    for (let n = 1; n < 20; n += 1) {
      now += 30_000;
      expect(await askToken(true)).toHaveProperty("access_token");
    }
    now += 30_000;
    expect((await askToken(true))["errcode"]).toBe(45009);
  });

  test.each([
    ["not json", 47001],
    [{ grant_type: "x", appid: APP.appId, secret: APP.secret }, 40002],
    [{ grant_type: "client_credential", secret: APP.secret }, 41002],
    [{ grant_type: "client_credential", appid: "wx-nobody", secret: "x" }, 40013],
    [{ grant_type: "client_credential", appid: APP.appId }, 41004],
    [{ grant_type: "client_credential", appid: APP.appId, secret: "wrong" }, 40125],
  ])("names what is wrong with %j: %i", async (body, errcode) => {
    expect((await post("/cgi-bin/stable_token", body))["errcode"]).toBe(errcode);
  });

  test("learns an applet by the first AppSecret it comes with, where that is wanted, and then takes no other", async () => {
    const mine = { appId: "wxjustregistered01", secret: "mine" };
    expect((await askToken(false, mine))["errcode"]).toBe(40013);
    wechat.change({ learnsApplets: true });
    expect(await askToken(false, mine)).toHaveProperty("access_token");
    expect((await askToken(false, { ...mine, secret: "another" }))["errcode"]).toBe(40125);
    expect((await askToken(false, { appId: "no-appid", secret: "x" }))["errcode"]).toBe(40013);
    wechat.change({ learnsApplets: false });
  });

  test("is a POST", async () => {
    expect(await (await fetch(`${origin}/cgi-bin/stable_token`)).json()).toMatchObject({ errcode: 43002 });
  });
});

describe("getuserphonenumber", () => {
  test("gives the number once, watermarked with the applet's AppID", async () => {
    const code = wechat.device.phoneCode("lin", APP.appId);
    expect(await phoneNumber(code, wechat.openid("lin", APP.appId))).toEqual({
      errcode: 0,
      errmsg: "ok",
      phone_info: {
        phoneNumber: "13800138000",
        purePhoneNumber: "13800138000",
        countryCode: "86",
        watermark: { timestamp: Math.floor(now / 1000), appid: APP.appId },
      },
    });
    expect((await phoneNumber(code))["errcode"]).toBe(40029);
  });

  test("puts the country code before a foreign number", async () => {
    expect((await phoneNumber(wechat.device.phoneCode("chan", APP.appId)))["phone_info"]).toMatchObject({
      phoneNumber: "+85261234567",
      purePhoneNumber: "61234567",
      countryCode: "852",
    });
  });

  test("refuses a code of another person than the openid's, and leaves it unused", async () => {
    const code = wechat.device.phoneCode("zhou", APP.appId);
    expect((await phoneNumber(code, wechat.openid("lin", APP.appId)))["errcode"]).toBe(40003);
    expect((await phoneNumber(code, wechat.openid("zhou", APP.appId)))["errcode"]).toBe(0);
  });

  test("refuses login codes, codes of another applet, and codes five minutes old", async () => {
    expect((await phoneNumber(wechat.device.loginCode("lin", APP.appId)))["errcode"]).toBe(40029);
    expect((await phoneNumber(wechat.device.phoneCode("lin", OTHER.appId)))["errcode"]).toBe(40013);
    const old = wechat.device.phoneCode("lin", APP.appId);
    now += 5 * 60_000;
    expect((await phoneNumber(old))["errcode"]).toBe(40029);
  });

  test("tells a missing, a malformed, a foreign and an expired access token apart", async () => {
    const ask = (query: string) => post(`/wxa/business/getuserphonenumber${query}`, { code: "x" });
    const { access_token: token } = await askToken();
    expect((await ask(""))["errcode"]).toBe(41001);
    expect((await ask("?access_token=short"))["errcode"]).toBe(40014);
    expect((await ask(`?access_token=${"x".repeat(136)}`))["errcode"]).toBe(40001);
    now += 7200_000;
    expect((await ask(`?access_token=${String(token)}`))["errcode"]).toBe(42001);
  });
});

describe("the stand-in as a tool", () => {
  test("fails a call with any errcode, until told otherwise", async () => {
    wechat.fail("/sns/jscode2session", -1);
    const code = wechat.device.loginCode("lin", APP.appId);
    expect((await session(code)).body["errcode"]).toBe(-1);
    wechat.fail("/sns/jscode2session", undefined);
    expect((await session(code)).body).toHaveProperty("openid");
  });

  test("tells of every call its method, path and errcode, and nothing else", async () => {
    await session("never-issued");
    expect(wechat.calls.at(-1)).toEqual({
      method: "GET",
      path: "/sns/jscode2session",
      errcode: 40029,
      milliseconds: expect.any(Number),
    });
  });

  test("knows nobody by an unknown name", () => {
    expect(() => wechat.device.loginCode("nobody", APP.appId)).toThrow("Nobody is called nobody");
  });

  test("answers 404 on every other path, as it has only the calls an auth server makes", async () => {
    expect((await fetch(`${origin}/cgi-bin/token`)).status).toBe(404);
  });
});
