import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SERVER_ERRORS } from "@app2wxapp/protocol";
import { MESSAGES } from "../src/messages";
import { purgeExpired } from "../src/housekeeping/purge";
import { statement } from "../src/store/statement";
import { DIALECTS } from "./support/databases";
import { stranger, World, type Body } from "./support/world";

const countAttempts = statement<object, { n: number | string }>("select count(*) as n from attempts");
const countTickets = statement<object, { n: number | string }>("select count(*) as n from tickets");

describe.each(DIALECTS)("operating it on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  test("logins that were abandoned are deleted in batches once they have expired, while others go on", async () => {
    for (let login = 0; login < 25; login++) await world.attempt(stranger());
    const left = async () => ({
      attempts: Number((await world.store.read((tx) => tx.first(countAttempts, {})))?.n),
      tickets: Number((await world.store.read((tx) => tx.first(countTickets, {})))?.n),
    });
    expect((await purgeExpired(world.store, { loginEventDays: 90 })).rows).toBe(0);
    await world.pass(601_000);
    const fresh = await world.ticket(stranger());
    const [deleted] = await Promise.all([purgeExpired(world.store, { loginEventDays: 90 }, 10), world.redeem(fresh)]);
    // Each with the count of its person's attempts.
    expect(deleted.rows).toBe(50);
    expect(deleted.lagMilliseconds).toBeGreaterThanOrEqual(1000);
    expect(await left()).toEqual({ attempts: 1, tickets: 1 });
    await world.pass(601_000);
    await purgeExpired(world.store, { loginEventDays: 90 });
    expect(await left()).toEqual({ attempts: 0, tickets: 0 });
  });

  test("it says that it runs, that it can serve, and what it did", async () => {
    expect((await world.call("GET", "/healthz")).json()).toEqual({ status: "ok" });
    expect((await world.call("GET", "/readyz")).json()).toEqual({ status: "ok" });
    const metrics = await world.adminApp.inject({ method: "GET", url: "/metrics" });
    expect(metrics.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(metrics.body).toMatch(/^app2wxapp_requests_total\{method="GET",route="\/readyz",status="200"\} 1$/m);
    expect(metrics.body).not.toContain(world.pool.id);
  });
});

type Description = { openapi: string; paths: Record<string, Record<string, { responses: Body }>> } & Body;

describe("the descriptions of the interface", () => {
  let world: World;
  let open: Description;
  let admin: Description;
  beforeAll(async () => {
    world = await World.open();
    open = (await world.app.inject("/openapi.json")).json();
    admin = (await world.adminApp.inject("/openapi.json")).json();
  });
  afterAll(() => world.close());

  const callsOf = ({ paths }: Description): string[] =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );

  test("are OpenAPI 3.1 and name every call of the applet and of backends, and apart from them those of operators", () => {
    expect([open.openapi, admin.openapi]).toEqual(["3.1.0", "3.1.0"]);
    expect(callsOf(open).toSorted()).toEqual(
      [
        "POST /oauth/app2wxapp/account/sessions",
        "POST /oauth/app2wxapp/account/changes",
        "POST /oauth/app2wxapp/attempts/{userPoolId}",
        "POST /oauth/app2wxapp/tickets/{userPoolId}",
        "POST /oauth/app2wxapp/auth/{userPoolId}",
        "POST /oauth/introspect/{userPoolId}",
        "POST /oauth/revoke/{userPoolId}",
        "GET /oauth/jwks/{userPoolId}",
        "POST /oauth/token/{userPoolId}",
        "GET /oauth/userinfo/{userPoolId}",
        "POST /oauth/userinfo/{userPoolId}",
        "GET /{userPoolId}/.well-known/openid-configuration",
        "GET /oauth/users/{userPoolId}/{id}",
        "DELETE /oauth/users/{userPoolId}/{id}",
        "GET /healthz",
        "GET /readyz",
      ].toSorted(),
    );
    expect(callsOf(admin).toSorted()).toEqual(
      [
        "DELETE /admin/v1/pools/{userPoolId}/blocks/{id}",
        "GET /admin/v1/session",
        "POST /admin/v1/session",
        "DELETE /admin/v1/session",
        "GET /admin/v1/pools",
        "POST /admin/v1/pools",
        "GET /admin/v1/pools/{userPoolId}",
        "PATCH /admin/v1/pools/{userPoolId}",
        "DELETE /admin/v1/pools/{userPoolId}",
        "POST /admin/v1/pools/{userPoolId}/secret",
        "POST /admin/v1/pools/{userPoolId}/token-key",
        "GET /admin/v1/pools/{userPoolId}/users",
        "POST /admin/v1/pools/{userPoolId}/users",
        "PATCH /admin/v1/pools/{userPoolId}/users/{id}",
        "GET /admin/v1/audit",
        "GET /admin/v1/pools/{userPoolId}/deletion",
        "GET /admin/v1/deletions",
        "GET /admin/v1/surroundings",
        "POST /admin/v1/pools/{userPoolId}/users/import",
        "POST /admin/v1/pools/{userPoolId}/wechat-check",
        "GET /admin/v1/wechat",
        "GET /admin/v1/wechat/figures",
        "GET /admin/v1/figures",
        "GET /admin/v1/pools/{userPoolId}/figures",
        "GET /admin/v1/pools/{userPoolId}/logins",
        "GET /admin/v1/pools/{userPoolId}/users/{id}",
        "DELETE /admin/v1/pools/{userPoolId}/users/{id}",
        "GET /admin/v1/pools/{userPoolId}/users/{id}/logins",
        "POST /admin/v1/pools/{userPoolId}/users/{id}/phone",
        "POST /admin/v1/pools/{userPoolId}/users/{id}/sign-out",
      ].toSorted(),
    );
  });

  test("match the words people get: each code has one message in each language, in English plain ASCII", () => {
    const codes = Object.keys(SERVER_ERRORS);
    expect(Object.keys(MESSAGES).toSorted()).toEqual(codes.toSorted());
    for (const language of [0, 1, 2] as const) {
      expect(new Set(Object.values(MESSAGES).map((words) => words[language])).size).toBe(codes.length);
    }
    for (const [, , english] of Object.values(MESSAGES)) expect(english).toMatch(/^[\x20-\x7e]+$/);
  });
});
