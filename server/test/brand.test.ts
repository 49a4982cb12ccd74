import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isAttemptReply, type AttemptReply, type PoolView } from "@app2wxapp/protocol";
import { languageOf } from "../src/http/language";
import { POOL_DEFAULTS, PoolSettings } from "../src/pools/pool-settings";
import { CALLER, stranger, World, type Body, type TestPool } from "./support/world";

describe("what a person sees of a pool", () => {
  let world: World;
  beforeAll(async () => (world = await World.open()));
  afterAll(() => world.close());

  async function seen(pool: TestPool, language?: string): Promise<PoolView> {
    const response = await world.app.inject({
      method: "POST",
      url: `/oauth/app2wxapp/attempts/${pool.id}`,
      headers: language === undefined ? {} : { "accept-language": language },
      payload: {
        code: world.wechat.loginCode(stranger()),
        appId: "wxshared000000000",
        getPhone: false,
        callerAppId: CALLER,
      },
    });
    expect(isAttemptReply(response.json())).toBe(true);
    return response.json<AttemptReply>().pool;
  }

  test("is its name in the person's language, in Chinese where it has no other", async () => {
    const pool = await world.createPool({
      name: { "zh-CN": "读书", "zh-TW": "讀書", en: "Reader" },
      allowedApps: [{ appId: CALLER, name: { "zh-CN": "读书客户端", en: "Reader app" } }],
    });
    const names = async (language?: string) => {
      const { name, caller } = await seen(pool, language);
      return [name, caller];
    };
    expect(await names()).toEqual(["读书", "读书客户端"]);
    expect(await names("en-GB")).toEqual(["Reader", "Reader app"]);
    expect(await names("zh-TW")).toEqual(["讀書", "读书客户端"]);
    expect(await names("fr, de;q=0.8")).toEqual(["读书", "读书客户端"]);
  });

  test("is its agreements in that language, each title and text by itself", async () => {
    const text = { "zh-CN": "第一条", "zh-TW": "第一條", en: "First" };
    const terms = { title: { "zh-CN": "用户协议", en: "Terms" }, text, version: "v1", required: true };
    const news = { title: "资讯", text: "每周一封", version: "v2", required: false };
    const pool = await world.createPool({ agreements: [terms, news] });
    const agreements = async (language: string) => (await seen(pool, language)).agreements;
    expect(await agreements("en")).toEqual([{ ...terms, title: "Terms", text: "First" }, news]);
    expect(await agreements("zh-TW")).toEqual([{ ...terms, title: "用户协议", text: "第一條" }, news]);
    expect(await agreements("zh-CN")).toEqual([{ ...terms, title: "用户协议", text: "第一条" }, news]);
  });

  test("has no brand where nobody set any, and the usual reasons", async () => {
    const pool = await seen(world.pool, "en");
    expect(Object.keys(pool).toSorted()).toEqual(["agreements", "caller", "logo", "name", "reasons"]);
    expect(pool).toMatchObject({
      reasons: { phone: "To sign you in and recover your account", identity: "Lets the app recognize you" },
    });
  });

  test("is the calling app's logo, colour and reasons, each the pool's where the app has none", async () => {
    const pool = await world.createPool({
      logo: "https://example.com/pool.png",
      color: "#0a5c36",
      reasons: { phone: { "zh-CN": "用于找回账号", en: "To recover your account" }, identity: "用于登录" },
      allowedApps: [
        { appId: CALLER, name: "App", color: "#7A1FA2", reasons: { phone: "App 自己的理由" } },
        { appId: "wxother", name: "Other" },
      ],
    });
    expect(await seen(pool, "en")).toMatchObject({
      logo: "https://example.com/pool.png",
      brand: { logo: "https://example.com/pool.png", color: "#7A1FA2" },
      reasons: { phone: "App 自己的理由", identity: "用于登录" },
    });
    await world.changePool(
      { allowedApps: [{ appId: CALLER, name: "App", logo: "https://example.com/app.png" }] },
      pool,
    );
    expect(await seen(pool, "en")).toMatchObject({
      logo: "https://example.com/pool.png",
      brand: { logo: "https://example.com/app.png", color: "#0a5c36" },
      reasons: { phone: "To recover your account", identity: "用于登录" },
    });
  });

  test.each<[string, Body, string]>([
    ["a logo without TLS", { logo: "http://example.com/a.png" }, "logo: "],
    ["a colour that is none", { color: "red; background: url(x)" }, "color: "],
    ["a colour white text cannot be read on", { color: "#07c160" }, "color: white text on it cannot be read"],
    [
      "such a colour of an app",
      { allowedApps: [{ appId: CALLER, name: "App", color: "#777777" }] },
      "allowedApps/0/color: white text on it cannot be read",
    ],
    ["a reason of two lines", { reasons: { phone: "a\nb" } }, "reasons/phone: "],
    ["a name without Chinese", { name: { en: "Reader" } }, "name: "],
    ["a grace of 31 days", { deletionGraceDays: 31 }, "deletionGraceDays: "],
  ])("%s is refused, and the operator is told which", async (_what, settings, told) => {
    const response = await world.admin("PATCH", `/pools/${world.pool.id}`, settings);
    expect(response.statusCode).toBe(422);
    expect(response.json<{ message: string }>().message).toContain(told);
  });

  test("can be taken back", async () => {
    const pool = await world.createPool({ color: "#000000", reasons: { phone: "为了找回" } });
    await world.changePool({ color: null, reasons: {} }, pool);
    expect(await seen(pool)).not.toHaveProperty("brand");
    expect(await seen(pool)).toMatchObject({ reasons: { phone: "用于登录和找回账号" } });
  });
});

test.each([
  [undefined, "zh-CN"],
  ["", "zh-CN"],
  ["en", "en"],
  ["en-US,en;q=0.9", "en"],
  ["zh", "zh-CN"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
  ["zh-Hant", "zh-TW"],
  ["zh-HK, en", "zh-TW"],
  ["zh-Hans-HK", "zh-CN"],
  ["zh-yue-HK", "zh-TW"],
  ["fr, en;q=0.5, zh-TW;q=0.7", "zh-TW"],
  ["en;q=0, zh-TW;q=0.1", "zh-TW"],
  ["english, *", "zh-CN"],
  [";;;q=,,", "zh-CN"],
])("of the languages %p a person is answered in %s", (header, language) => {
  expect(languageOf({ headers: header === undefined ? {} : { "accept-language": header } })).toBe(language);
});

test("every setting has a default, but for the two an operator has to choose", () => {
  const missing = Object.keys(PoolSettings.properties).filter((name) => !(name in POOL_DEFAULTS));
  expect(missing).toEqual(["name", "allowedApps"]);
});
