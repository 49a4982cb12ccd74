import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ADMIN_TOKEN, World, type Body } from "./support/world";

describe("an operator is told", () => {
  let world: World;
  beforeAll(async () => (world = await World.open()));
  afterAll(() => world.close());

  const problemsOf = async (change: Body) =>
    (await world.admin("PATCH", `/pools/${world.pool.id}`, change)).json<Body>()["message"];

  test("that it is the administrator's token that is wrong or missing, not a pool's secret", async () => {
    for (const options of [{}, { bearer: "wrong" }]) {
      const response = await world.call("GET", "/admin/v1/pools", options);
      expect(response.json()).toMatchObject({
        code: 401,
        error: "client.unauthorized",
        message: "管理员令牌缺失或错误（Authorization: Bearer …，见 ADMIN_TOKENS）",
      });
    }
  });

  test("which words a setting may have", async () => {
    expect(await problemsOf({ exchange: "free" })).toBe("请求格式错误: exchange: one of secret, pkce, open");
    expect(await problemsOf({ phone: true, missingCaller: null })).toBe(
      "请求格式错误: missingCaller: one of deny, allow; phone: one of never, onRequest, always",
    );
  });

  test("what else a setting may be", async () => {
    expect(await problemsOf({ allowedApps: null })).toBe(
      '请求格式错误: allowedApps: a list of {appId, name, logo, color, reasons} or "*"',
    );
    expect(await problemsOf({ logo: "http://insecure.example" })).toBe(
      "请求格式错误: logo: string matching ^https://[\\x21-\\x7e]{1,500}$ or null",
    );
    expect(await problemsOf({ agreements: [{ title: "a", text: "b", version: 1, required: true }] })).toBe(
      "请求格式错误: agreements/0/version: Expected string",
    );
    expect(await problemsOf({ constructor: 1 })).toBe("请求格式错误: constructor: Unexpected property");
  });

  test("that the agreements are too long together, since every login carries them", async () => {
    const agreements = (...lengths: number[]) => ({
      agreements: lengths.map((length, nth) => ({
        title: "用户协议",
        text: "条".repeat(length),
        version: String(nth),
        required: true,
      })),
    });
    expect(await problemsOf(agreements(20_000, 13_334))).toBe(
      "请求格式错误: agreements: their texts have 100002 bytes in UTF-8, together at most 100000: shorten them, and say where the whole stands",
    );
    expect(await problemsOf(agreements(20_000, 13_333))).toBeUndefined();
    // A login carries one language.
    const [one] = agreements(1).agreements;
    const inEach = (english: number) => ({
      agreements: [{ ...one, text: { "zh-CN": "条".repeat(33_333), en: "a".repeat(english) } }],
    });
    expect(await problemsOf(inEach(50_000))).toBeUndefined();
    expect(await problemsOf(inEach(50_001))).toContain("agreements/0/text");
  });

  test("of each missing field once", async () => {
    const created = await world.admin("POST", "/pools", { agreements: [{ title: "a" }] });
    expect(
      String(created.json<Body>()["message"])
        .replace(/^.*?: /, "")
        .split("; ")
        .toSorted(),
    ).toEqual([
      "agreements/0/required: missing",
      "agreements/0/text: missing",
      "agreements/0/version: missing",
      "allowedApps: missing",
      "name: missing",
    ]);
  });

  test("that a body is not JSON", async () => {
    const response = await world.app.inject({
      method: "POST",
      url: "/admin/v1/pools",
      payload: '{"name": "a-name-in-broken-json',
      headers: { "content-type": "application/json", authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    expect(response.json()).toMatchObject({ code: 400, message: "请求格式错误: the body is not JSON" });
  });
});
