import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildServer } from "../src/app";
import { deletePools } from "../src/housekeeping/pool-deletion";
import { DIALECTS } from "./support/databases";
import { CALLER, refusal, stranger, World, type Body } from "./support/world";

describe.each(DIALECTS)("administration on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  test("is for who has an administrator's token", async () => {
    // Few enough that the limit of wrong tokens says nothing yet.
    const wrong = [undefined, "", "wrong", world.pool.secret];
    for (const [index, path] of [
      "/pools",
      `/pools/${world.pool.id}`,
      "/audit",
      `/pools/${world.pool.id}/users`,
    ].entries()) {
      for (const bearer of [undefined, wrong[index]]) {
        const response = await world.call("GET", `/admin/v1${path}`, bearer === undefined ? {} : { bearer });
        expect(refusal(response)).toEqual({ status: 401, error: "client.unauthorized" });
      }
    }
  });

  test("shows secret and key of a new pool once, and never again", async () => {
    const created = await world.admin("POST", "/pools", { name: "新池", allowedApps: [] });
    expect(created.json()).toEqual({
      pool: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        name: "新池",
        logo: null,
        agreements: [],
        color: null,
        reasons: {},
        deletionGraceDays: 7,
        kid: expect.stringMatching(/^[0-9a-f]{24}$/),
        nextKid: null,
        nextKeySignsAt: null,
        wechatUserName: null,
        wechatAppId: null,
        exchange: "secret",
        requirePkce: false,
        allowedApps: [],
        missingCaller: "deny",
        phone: "onRequest",
        phoneOptional: false,
        phoneMaxAgeDays: 90,
        ticketTtlSeconds: 120,
        responseStyle: "user",
        loginOnly: false,
        tokenAlgorithm: "HS256",
        tokenTtlSeconds: 1_296_000,
        createdAt: expect.any(Number),
        updatedAt: expect.any(Number),
      },
      secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      tokenKey: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      warnings: [],
    });
    const { pool } = created.json<{ pool: Body & { id: string } }>();
    expect((await world.admin("GET", `/pools/${pool.id}`)).json()).toEqual({ pool });
    const { pools } = (await world.admin("GET", "/pools")).json<{ pools: Body[] }>();
    expect(pools).toContainEqual(pool);
  });

  test("takes the id of a pool that moves here from the reference, once", async () => {
    const id = "5e4cdd055df3df65dc58b97d";
    expect(await world.createPool({ id })).toMatchObject({ id });
    const again = await world.admin("POST", "/pools", { id, name: "x", allowedApps: "*" });
    expect(refusal(again)).toEqual({ status: 422, error: "request.invalid" });
  });

  test("warns of a pool that any app may open", async () => {
    const open = await world.admin("POST", "/pools", { name: "x", allowedApps: "*" });
    expect(open.json()).toMatchObject({
      pool: { missingCaller: "allow" },
      warnings: [expect.stringContaining("hostile")],
    });
  });

  test("makes a pool strict again when a list replaces the star", async () => {
    const pool = await world.createPool({ allowedApps: "*" });
    await world.changePool({ allowedApps: [{ appId: CALLER, name: "示例应用" }] }, pool);
    expect((await world.admin("GET", `/pools/${pool.id}`)).json()).toMatchObject({ pool: { missingCaller: "deny" } });
  });

  test("requires PKCE of a pool whose exchange is by PKCE", async () => {
    const pool = await world.createPool({ exchange: "pkce" });
    expect((await world.admin("GET", `/pools/${pool.id}`)).json()).toMatchObject({ pool: { requirePkce: true } });
  });

  test.each([
    [{ exchange: "pkce", requirePkce: false }],
    [{ ticketTtlSeconds: 60, app2WxappLoginStrategy: { ticketExpiresAfter: 120 } }],
    [{ app2WxappLoginStrategy: { ticketExpiresAfter: 60, ticketExpriresAfter: 120 } }],
    [{ exchange: "secret", app2WxappLoginStrategy: { ticketExchangeUserInfoNeedSecret: false } }],
    [{ exchange: "open", app2WxappLoginStrategy: { ticketExchangeUserInfoNeedSecret: true } }],
  ])("refuses %o, which says two things at once", async (change) => {
    const response = await world.admin("PATCH", `/pools/${world.pool.id}`, change);
    expect(refusal(response)).toEqual({ status: 422, error: "request.invalid" });
  });

  test("leaves a pool with PKCE as it is when the reference's setting says that no secret is needed", async () => {
    const pool = await world.createPool({ exchange: "pkce" });
    await world.changePool({ app2WxappLoginStrategy: { ticketExchangeUserInfoNeedSecret: false } }, pool);
    expect((await world.admin("GET", `/pools/${pool.id}`)).json()).toMatchObject({ pool: { exchange: "pkce" } });
    expect((await world.admin("PATCH", `/pools/${pool.id}`, { requirePkce: false })).statusCode).toBe(422);
  });

  test("accepts the reference's setting whether an exchange needs the secret, within our bounds", async () => {
    const pool = await world.createPool();
    const need = (ticketExchangeUserInfoNeedSecret: boolean) =>
      world.admin("PATCH", `/pools/${pool.id}`, { app2WxappLoginStrategy: { ticketExchangeUserInfoNeedSecret } });
    expect((await need(false)).json()).toMatchObject({ pool: { exchange: "open" } });
    expect((await need(true)).json()).toMatchObject({ pool: { exchange: "secret" } });
    await world.changePool({ allowedApps: "*" }, pool);
    expect((await need(false)).statusCode).toBe(422);
  });

  test.each([
    [{ name: "" }],
    [{ name: null }],
    [{ name: "a\u0000b" }],
    [{ name: "a\nb" }],
    [{ logo: "https://a.example/\u0000" }],
    [{ agreements: [{ title: "a", text: "b\u0000", version: "1", required: true }] }],
    [{ agreements: [{ title: "a", text: "b", version: "1\u0000", required: true }] }],
    [{ wechatAppId: "wx1", wechatAppSecret: "a\u0000b" }],
    [{ logo: "http://insecure.example/logo.png" }],
    [{ logo: "javascript:alert(1)" }],
    [{ exchange: "free" }],
    [{ missingCaller: "maybe" }],
    [{ allowedApps: null }],
    [{ allowedApps: ["wx1"] }],
    [{ allowedApps: [{ appId: "wx1" }] }],
    [
      {
        allowedApps: [
          { appId: "wx1", name: "a" },
          { appId: "wx1", name: "b" },
        ],
      },
    ],
    [{ phone: true }],
    [{ phoneMaxAgeDays: -1 }],
    [{ tokenTtlSeconds: 59 }],
    [{ wechatAppId: "wxown" }],
    [{ wechatAppSecret: "without an id" }],
    [{ id: "0".repeat(24) }],
    [{ secretHash: "x" }],
    [{ mispelled: true }],
  ])("refuses %o, unknown fields included", async (change) => {
    const response = await world.admin("PATCH", `/pools/${world.pool.id}`, change);
    expect(refusal(response)).toEqual({ status: 422, error: "request.invalid" });
  });

  test("never gives an AppSecret back, and asks for another with another applet", async () => {
    const wechatAppSecret = "an-appsecret-written-once";
    const pool = await world.createPool({ wechatAppId: "wxone", wechatAppSecret });
    const read = await world.admin("GET", `/pools/${pool.id}`);
    expect(read.body).not.toContain("wechatAppSecret");
    expect(read.body).not.toContain(wechatAppSecret);
    await world.changePool({ name: "other name" }, pool);
    expect((await world.admin("PATCH", `/pools/${pool.id}`, { wechatAppId: "wxtwo" })).statusCode).toBe(422);
    expect((await world.admin("PATCH", `/pools/${pool.id}`, { wechatAppSecret: null })).statusCode).toBe(422);
    await world.changePool({ wechatAppId: null }, pool);
  });

  test("replaces a pool secret at once", async () => {
    const pool = await world.createPool();
    const ticket = await world.ticket(stranger(), {}, pool);
    const rotated = await world.admin("POST", `/pools/${pool.id}/secret`);
    const { secret } = rotated.json<{ secret: string }>();
    expect(refusal(await world.exchange({ ticket, secret: pool.secret }, pool)).status).toBe(401);
    expect((await world.exchange({ ticket, secret }, pool)).statusCode).toBe(200);
  });

  test("deletes a pool with its users, keys and logins in progress", async () => {
    const pool = await world.createPool();
    await world.login(stranger(), {}, pool);
    const ticket = await world.ticket(stranger(), {}, pool);
    expect((await world.admin("DELETE", `/pools/${pool.id}`)).statusCode).toBe(202);
    expect(refusal(await world.exchange({ ticket, secret: pool.secret }, pool)).status).toBe(401);
    expect(refusal(await world.admin("GET", `/pools/${pool.id}`))).toEqual({ status: 404, error: "pool.unknown" });
    expect((await world.call("GET", `/oauth/jwks/${pool.id}`)).statusCode).toBe(404);
    await deletePools(world.store);
    const reborn = await world.createPool({ id: pool.id });
    expect(reborn.secret).not.toBe(pool.secret);
    expect((await world.admin("GET", `/pools/${pool.id}/users`)).json()).toEqual({ users: [] });
  });

  test("shows its changes to the next request, also when many come at once", async () => {
    const pool = await world.createPool();
    const names = Array.from({ length: 10 }, (_, index) => `name ${index}`);
    await Promise.all(names.map((name) => world.changePool({ name }, pool)));
    const { pool: read } = (await world.admin("GET", `/pools/${pool.id}`)).json<{ pool: Body }>();
    expect(names).toContain(read["name"]);
    const changes = (await world.audit(pool)).filter(({ event }) => event === "pool.changed");
    expect(changes).toHaveLength(10);
  });

  test("writes down who did what, by name, field names and ids only", async () => {
    const pool = await world.createPool();
    await world.changePool({ wechatAppId: "wxown", wechatAppSecret: "an-appsecret-in-an-audited-change" }, pool);
    await world.admin("POST", `/pools/${pool.id}/secret`);
    expect(await world.audit(pool)).toMatchObject([
      { event: "pool.created", actor: "admin:ada", subject: pool.id },
      { event: "pool.changed", actor: "admin:ada", details: { fields: ["wechatAppId", "wechatAppSecret"] } },
      { event: "pool.secret_rotated", actor: "admin:ada" },
    ]);
    const whole = await world.admin("GET", "/audit?limit=5");
    expect(whole.json<{ entries: Body[] }>().entries).toHaveLength(5);
    expect(whole.body).not.toContain("an-appsecret");
  });

  test("lists users and audit entries page by page", async () => {
    const pool = await world.createPool();
    for (let user = 0; user < 5; user++) await world.login(stranger(), {}, pool);
    const page = async (after: string) =>
      (await world.admin("GET", `/pools/${pool.id}/users?limit=2${after}`)).json<{ users: { id: string }[] }>().users;
    const first = await page("");
    const second = await page(`&after=${first[1]?.id}`);
    const third = await page(`&after=${second[1]?.id}`);
    expect([first.length, second.length, third.length]).toEqual([2, 2, 1]);
    expect(new Set([...first, ...second, ...third].map(({ id }) => id)).size).toBe(5);
    for (const query of ["users?limit=0", "users?after=%00", "users?limit=1%00"]) {
      expect((await world.admin("GET", `/pools/${pool.id}/${query}`)).statusCode).toBe(422);
    }
    for (const query of ["pool=%00", "before=%00", "pool=a&pool=b"]) {
      expect((await world.admin("GET", `/audit?${query}`)).statusCode).toBe(422);
    }
    const odd = { phone: "13800138000", nickname: "a\u0000b" };
    expect((await world.admin("POST", `/pools/${pool.id}/users`, odd)).statusCode).toBe(422);
  });
});

test("without administrators there is no administration", async () => {
  const world = await World.open();
  const without = await buildServer({
    settings: {
      sharedApplet: undefined,
      admins: [],
      trustProxy: false,
      logLevel: "silent",
      publicOrigin: undefined,
      formerOrigins: [],
    },
    store: world.store,
    vault: world.vault,
    wechat: world.wechat,
  });
  expect((await without.admin.app.inject({ method: "GET", url: "/admin/v1/pools" })).statusCode).toBe(404);
  await without.open.app.close();
  await without.admin.app.close();
  expect((await world.call("GET", "/admin/v1/pools")).statusCode).toBe(401);
  await world.close();
});
