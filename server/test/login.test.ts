import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import jwt from "jsonwebtoken";
import type { AttemptReply, TicketReply } from "@app2wxapp/protocol";
import type { Pool } from "../src/pools/pool";
import { Pools } from "../src/store/pools";
import { statement } from "../src/store/statement";
import { DIALECTS } from "./support/databases";
import { CALLER, refusal, SHARED_APPLET, stranger, World, type Body } from "./support/world";

describe.each(DIALECTS)("a login on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  test("follows at once what another instance changes in a pool that this one has just seen", async () => {
    const pool = await world.createPool();
    const change = (allowedApps: Body[]): Promise<void> =>
      world.store.transaction(async (tx) => {
        const pools = new Pools(Date.now);
        const former = await pools.find(tx, pool.id);
        await pools.update(tx, { ...former, allowedApps } as Pool);
      });
    const outcome = async (): Promise<unknown> => {
      const { error = "ok" } = (await world.attempt(stranger(), {}, pool)).json<Body>();
      return error;
    };
    expect(await outcome()).toBe("ok");
    await change([]);
    expect(await outcome()).toBe("app.not_allowed");
    await change([{ appId: CALLER, name: "示例应用" }]);
    expect(await outcome()).toBe("ok");
  });

  test("a person of whom nothing is asked gets a ticket with the first reply", async () => {
    const response = await world.attempt(stranger());
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      attempt: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      expiresIn: 600,
      pool: {
        name: "示例",
        logo: null,
        caller: "示例应用",
        agreements: [],
        reasons: { phone: "用于登录和找回账号", identity: "一串编号，用来认出你" },
      },
      user: null,
      needs: [],
      phoneOptional: false,
      ticket: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      ticketExpiresIn: 120,
    });
  });

  test("the backend gets the reference's user object, field by field, and a token that a stock library verifies", async () => {
    const person = stranger();
    const user = await world.loginWithPhone(person);
    expect(user).toEqual({
      emailVerified: false,
      username: "微信用户",
      nickname: "微信用户",
      company: "",
      photo: "",
      loginsCount: 1,
      registerMethod: "oauth:app2wxapp",
      blocked: false,
      isDeleted: false,
      oauth: JSON.stringify({
        nickName: "微信用户",
        gender: 0,
        language: "",
        city: "",
        province: "",
        country: "",
        avatarUrl: "",
        phone: person.phone,
        openid: person.openid,
        unionid: person.unionid,
      }),
      metadata: '""',
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      unionid: person.unionid,
      openid: person.openid,
      lastIP: "127.0.0.1",
      lastLogin: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      signedUp: user["lastLogin"],
      phone: person.phone,
      token: expect.any(String),
      tokenExpiredAt: expect.stringMatching(/T\d\d:\d\d:\d\d\.000Z$/),
    });

    const issuedAt = Math.floor((await world.now()) / 1000);
    const claims = jwt.verify(String(user["token"]), world.pool.tokenKey, {
      algorithms: ["HS256"],
      audience: world.pool.id,
      issuer: `https://auth.example.com/${world.pool.id}`,
      clockTimestamp: issuedAt,
    }) as jwt.JwtPayload;
    expect(claims).toEqual({
      data: { unionid: person.unionid, id: user["_id"], clientId: world.pool.id },
      sub: user["_id"],
      iss: `https://auth.example.com/${world.pool.id}`,
      scope: "openid profile phone",
      aud: world.pool.id,
      azp: CALLER,
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: Number(claims.iat) + 15 * 86_400,
    });
    expect(Math.abs(Number(claims.iat) - issuedAt)).toBeLessThanOrEqual(5);
    expect(Date.parse(String(user["tokenExpiredAt"]))).toBe(Number(claims.exp) * 1000);
  });

  test("the phone is asked for, given once, and known the next time", async () => {
    const person = stranger();
    const callsBefore = world.wechat.phoneCalls;
    const first = (await world.attempt(person, { getPhone: true })).json<AttemptReply>();
    expect(first).toMatchObject({ needs: ["phone"], user: null });
    expect(first).not.toHaveProperty("ticket");
    const given = await world.tickets({ attempt: first.attempt, phoneCode: world.wechat.phoneCode(person) });
    expect(given.json()).toMatchObject({ ticketExpiresIn: 120, user: { phone: expect.stringContaining("****") } });
    await world.redeem(given.json<TicketReply>().ticket);

    const again = (await world.attempt(person, { getPhone: true })).json<AttemptReply>();
    const masked = `138****${person.phone?.slice(-4)}`;
    expect(again).toMatchObject({ needs: [], user: { nickname: "微信用户", photo: "", phone: masked } });
    expect(await world.redeem(String(again.ticket))).toMatchObject({ phone: person.phone, loginsCount: 2 });
    expect(world.wechat.phoneCalls - callsBefore).toBe(1);
  });

  test("a code of wx.login that WeChat refuses begins no login", async () => {
    const response = await world.attempt(stranger(), { code: "made up" });
    expect(refusal(response)).toEqual({ status: 400, error: "wechat_code.invalid" });
    expect(response.json()).toEqual({
      code: 400,
      message: "微信登录凭证无效或已过期",
      data: null,
      error: "wechat_code.invalid",
      requestId: expect.any(String),
    });
  });

  test("the app's nonce is kept with the attempt; one that could break a token is refused", async () => {
    const nonces = statement<{ nonce: string }, { nonce: string }>("select nonce from attempts where nonce = :nonce");
    const nonce = "n-0S6_WzA2Mj~.x";
    expect((await world.attempt(stranger(), { nonce })).statusCode).toBe(200);
    expect(await world.store.read((tx) => tx.all(nonces, { nonce }))).toEqual([{ nonce }]);
    for (const bad of ["", "a b", "n".repeat(129), 7]) {
      expect(refusal(await world.attempt(stranger(), { nonce: bad })).error).toBe("request.invalid");
    }
  });

  test("WeChat is asked with the secret of the applet a pool logs in with", async () => {
    const own = { wechatAppId: "wxownapplet", wechatAppSecret: "the-appsecret-of-its-own" };
    const pool = await world.createPool(own);
    await world.login(stranger(), { appId: own.wechatAppId }, pool);
    expect(world.wechat.appSecret).toBe(own.wechatAppSecret);
    await world.login(stranger());
    expect(world.wechat.appSecret).toBe(SHARED_APPLET.appSecret);
  });

  test("a pool nobody knows begins no login", async () => {
    const response = await world.attempt(stranger(), {}, { ...world.pool, id: "0".repeat(24) });
    expect(refusal(response)).toEqual({ status: 404, error: "pool.unknown" });
  });

  test("a pool with an applet of its own takes no login of the shared one, nor the other way round", async () => {
    const own = await world.createPool({ wechatAppId: "wxown", wechatAppSecret: "the-own-applets-appsecret" });
    expect(refusal(await world.attempt(stranger(), {}, own))).toEqual({ status: 403, error: "applet.mismatch" });
    expect(refusal(await world.attempt(stranger(), { appId: "wxown" }))).toEqual({
      status: 403,
      error: "applet.mismatch",
    });
    expect((await world.attempt(stranger(), { appId: "wxown" }, own)).statusCode).toBe(200);
    expect((await world.attempt(stranger(), { appId: SHARED_APPLET.appId })).statusCode).toBe(200);
  });
});
