import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isServerErrorCode } from "@app2wxapp/protocol";
import { count, PATIENCE } from "./support/counts";
import { badInputs } from "./support/bad-inputs";
import { CALLER, refusal, SHARED_APPLET, stranger, World, type Body } from "./support/world";

const BAD = { status: 400, error: "request.invalid" };

describe("what clients send", () => {
  let world: World;
  beforeAll(async () => (world = await World.open()));
  afterAll(() => world.close());

  const raw = (
    url: string,
    payload: string,
    headers: Record<string, string> = { "content-type": "application/json" },
  ) => world.app.inject({ method: "POST", url, payload, headers });
  const exchangeUrl = () => `/oauth/app2wxapp/auth/${world.pool.id}`;

  test(
    "however bad, is never accepted and never the server's own failure",
    async () => {
      const unexpected: unknown[] = [];
      for (const input of badInputs(world.pool.id, count(1000, 100_000))) {
        const response = await world.app.inject(input);
        const { error } = response.json<Body>();
        const refused = response.statusCode >= 400 && response.statusCode < 500 && isServerErrorCode(error);
        if (!refused) unexpected.push({ input, status: response.statusCode, body: response.body });
      }
      expect(unexpected.slice(0, 3)).toEqual([]);
    },
    PATIENCE,
  );

  test("over 8 KiB is too large, for operators' long agreements it is not", async () => {
    const large = JSON.stringify({ ticket: "x".repeat(8192), secret: "x" });
    expect(refusal(await raw(exchangeUrl(), large))).toEqual({ status: 413, error: "request.too_large" });
    const agreements = [{ title: "长条款", text: "字".repeat(20_000), version: "1", required: true }];
    expect((await world.admin("POST", "/pools", { name: "x", allowedApps: "*", agreements })).statusCode).toBe(201);
  });

  test("in unknown and prototype keys is dropped", async () => {
    const ticket = await world.ticket(stranger());
    const { secret } = world.pool;
    const body = `{"ticket":"${ticket}","secret":"${secret}","extra":1,"__proto__":{"codeVerifier":"x"},"constructor":{"prototype":{"callerAppId":"x"}}}`;
    expect((await raw(exchangeUrl(), body)).statusCode).toBe(200);
    expect(({} as Body)["codeVerifier"]).toBeUndefined();
  });

  test("of another type is not bent into the right one", async () => {
    const attempt = (body: Body) => world.attempt(stranger(), body);
    expect(refusal(await attempt({ getPhone: "true" }))).toEqual(BAD);
    expect(refusal(await attempt({ getPhone: 1 }))).toEqual(BAD);
    expect(refusal(await attempt({ code: 123_456 }))).toEqual(BAD);
    expect(refusal(await attempt({ callerAppId: [CALLER] }))).toEqual(BAD);
    expect(refusal(await attempt({ agreed: "terms-1" }))).toEqual(BAD);
  });

  test("as a code of more than 128 characters or outside printable ASCII is refused, one that needs escaping is not", async () => {
    expect(refusal(await world.attempt(stranger(), { code: "c".repeat(129) }))).toEqual(BAD);
    expect(refusal(await world.attempt(stranger(), { code: "码" }))).toEqual(BAD);
    expect(refusal(await world.attempt(stranger(), { code: "a\nb" }))).toEqual(BAD);
    const odd = await world.attempt(stranger(), { code: "a&appid=wxevil#x y" });
    expect(refusal(odd)).toEqual({ status: 400, error: "wechat_code.invalid" });
  });

  test("to addresses, methods and content types there are not is refused in the one shape", async () => {
    const { id } = world.pool;
    expect(refusal(await world.app.inject({ method: "GET", url: "/nowhere" }))).toEqual({ ...BAD, status: 404 });
    expect(refusal(await world.app.inject({ method: "GET", url: exchangeUrl() }))).toEqual({ ...BAD, status: 404 });
    expect(refusal(await raw(exchangeUrl(), "<ticket/>", { "content-type": "text/xml" }))).toEqual(BAD);
    expect(refusal(await raw(exchangeUrl(), "{", { "content-type": "application/json" }))).toEqual(BAD);
    expect(refusal(await raw(`/oauth/app2wxapp/attempts/${id}`, ""))).toEqual(BAD);
    expect(refusal(await raw("/oauth/app2wxapp/attempts/%00", "{}"))).toEqual(BAD);
    expect(refusal(await raw("/oauth/app2wxapp/attempts/%zz", "{}"))).toEqual(BAD);
  });

  test("is never repeated in the answer", async () => {
    const body = JSON.stringify({ code: 5, appId: SHARED_APPLET.appId, getPhone: "a-secret-in-the-wrong-field" });
    const response = await raw(`/oauth/app2wxapp/attempts/${world.pool.id}`, body);
    expect(response.body).not.toContain("a-secret-in-the-wrong-field");
    const broken = await raw(exchangeUrl(), '{"secret": "a-secret-in-broken-json');
    expect(broken.body).not.toContain("a-secret");
  });

  test("in a form is read like JSON, with every key once", async () => {
    const ticket = await world.ticket(stranger());
    const { secret } = world.pool;
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const twice = await raw(exchangeUrl(), `ticket=${ticket}&secret=${secret}&secret=${secret}`, form);
    expect(refusal(twice)).toEqual(BAD);
    const nested = await raw(exchangeUrl(), `ticket[a]=${ticket}&secret=${secret}`, form);
    expect(refusal(nested)).toEqual(BAD);
    expect((await raw(exchangeUrl(), `ticket=${ticket}&secret=${secret}`, form)).statusCode).toBe(200);
  });
});
