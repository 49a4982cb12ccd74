import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AttemptReply, TicketReply } from "@app2wxapp/protocol";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openSqlite } from "../src/store/sqlite";
import { openPostgres } from "../src/store/postgres";
import { sqlitePath } from "../src/startup/open-store";
import { DIALECTS, type TestDatabase } from "./support/databases";
import made from "./fixtures/schema-1.json";
import { World, type Body } from "./support/world";

const SQL = readFileSync(path.join(__dirname, "fixtures/schema-1.sql"), "utf8");

/** A database as the server of schema 1 left it, its times moved to now on PostgreSQL, whose clock cannot be set. */
async function fill(database: TestDatabase): Promise<void> {
  const store =
    database.folder === undefined
      ? openPostgres(database.url)
      : openSqlite(sqlitePath(database.url), { clock: Date.now });
  await store.transaction((tx) => tx.script(SQL));
  await store.close();
}

describe.each(DIALECTS)("a database of schema 1 on %s", (dialect) => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ dialect, fill, masterKey: made.masterKey, time: made.at });
    // PostgreSQL's clock cannot be set, so what is stored comes to the present.
    if (dialect === "postgres") await world.pass(made.at - Date.now());
  });
  afterAll(() => world.close());
  const { plain, strict, open } = made.pools;

  test("keeps every setting of its pools, and what has been added since is as its default", async () => {
    const read = async (id: string) => (await world.admin("GET", `/pools/${id}`)).json<{ pool: Body }>().pool;
    const { createdAt, updatedAt, kid, ...settings } = await read(plain.id);
    expect(kid).toMatch(/^[0-9a-f]{24}$/);
    expect(createdAt).toBe(updatedAt);
    expect(settings).toEqual({
      id: plain.id,
      name: "示例",
      logo: "https://example.com/logo.png",
      color: null,
      reasons: {},
      agreements: [{ title: "用户协议", text: "第一条\n第二条", version: "2026-01", required: true }],
      wechatAppId: null,
      exchange: "secret",
      requirePkce: false,
      allowedApps: [{ appId: made.caller, name: "示例应用" }],
      missingCaller: "deny",
      phone: "onRequest",
      phoneOptional: false,
      phoneMaxAgeDays: 30,
      ticketTtlSeconds: 600,
      responseStyle: "user",
      loginOnly: false,
      tokenAlgorithm: "HS256",
      tokenTtlSeconds: 1_296_000,
      deletionGraceDays: 7,
      nextKid: null,
      nextKeySignsAt: null,
      wechatUserName: null,
    });
    expect(await read(strict.id)).toMatchObject({
      name: "O'Hara's pool",
      wechatAppId: "wxown0000000000",
      exchange: "pkce",
      requirePkce: true,
      phone: "always",
      phoneOptional: true,
      loginOnly: true,
      responseStyle: "envelope",
      tokenAlgorithm: "ES256",
      tokenTtlSeconds: 86_400,
    });
    expect(await read(open.id)).toMatchObject({ allowedApps: "*", missingCaller: "allow", phone: "never" });
  });

  test("exchanges a ticket it issued, for the account the person had", async () => {
    const answer = await world.exchange({ ticket: made.waiting.ticket, secret: plain.secret }, plain);
    expect(answer.json()).toMatchObject({ _id: made.users.ann.id, phone: made.users.ann.phone, loginsCount: 2 });
  });

  test("knows its tokens: those of its users, the revoked one, the blocked person's, and the rotated key's", async () => {
    const active = async ({ id, secret }: { id: string; secret: string }, token: string) =>
      (await world.call("POST", `/oauth/introspect/${id}`, { body: { token, secret } })).json<Body>()["active"];
    const { ann, bob, eve } = made.users;
    // Their end stands in them, and PostgreSQL's clock is past it.
    const current = dialect === "sqlite";
    expect(await active(plain, ann.token)).toBe(current);
    expect(await active(plain, bob.token)).toBe(false);
    expect(await active(plain, eve.token)).toBe(false);
    expect(await active(open, made.users.open.token)).toBe(current);
  });

  test("has its phones in one spelling, and asks again for one of no known country", async () => {
    const phones = Object.fromEntries(
      (await world.admin("GET", `/pools/${plain.id}/users`))
        .json<{ users: { id: string; phone: string }[] }>()
        .users.map(({ id, phone }) => [id, phone]),
    );
    const { ann, bob, eve } = made.users;
    expect([phones[ann.id], phones[bob.id], phones[eve.id]]).toEqual([
      "+8613800138000",
      "+85261234567",
      "+8613700137000",
    ]);
    const imported = Object.fromEntries(Object.entries(made.imported).map(([phone, id]) => [phone, phones[id]]));
    expect(imported).toEqual({
      "13911112222": "+8613911112222",
      "+86 139-2222-3333": "+8613922223333",
      "+8613933334444": "+8613933334444",
      "8613944445555": "+8613944445555",
      "+1 310 555 1234": "+13105551234",
      // As an eleven-digit number that begins so, it is taken for a Chinese one.
      "13105551234": "+8613105551234",
      // Of which country nobody can tell.
      "85298765432": "85298765432",
      "010 12345678": "01012345678",
    });
    const person = { openid: "openid-of-an-imported-one", phone: "13922223333" };
    const { attempt } = (
      await world.attempt(person, { getPhone: true, agreed: ["2026-01"] }, plain)
    ).json<AttemptReply>();
    const { ticket } = (
      await world.tickets({ attempt, phoneCode: world.wechat.phoneCode(person) }, plain)
    ).json<TicketReply>();
    expect(await world.redeem(ticket, { ...plain })).toMatchObject({ _id: made.imported["+86 139-2222-3333"] });
    const known = await world.attempt(bob, { getPhone: true }, plain);
    expect(known.json()).toMatchObject({ needs: [], user: { phone: "+****4567" } });
  });

  test("opens what it sealed: a pool with an applet of its own still has its AppSecret", async () => {
    const kept = await world.admin("PATCH", `/pools/${strict.id}`, { wechatAppId: "wxown0000000000" });
    expect(kept.statusCode).toBe(200);
  });
});
