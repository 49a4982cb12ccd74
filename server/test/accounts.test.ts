import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AttemptReply } from "@app2wxapp/protocol";
import { statement } from "../src/store/statement";
import { tombstones as table, type TombstoneRow } from "../src/store/tables";
import { DIALECTS } from "./support/databases";
import { refusal, stranger, World, type Body, type TestPool } from "./support/world";

const tombstones = statement<{ poolId: string }, TombstoneRow>(
  `select ${table.columns} from tombstones where pool_id = :poolId`,
);
const OTHER_APPLET = { wechatAppId: "wxother", wechatAppSecret: "the-other-applets-appsecret" };

describe.each(DIALECTS)("the account of a login on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  const users = async (pool: TestPool): Promise<Body[]> =>
    (await world.admin("GET", `/pools/${pool.id}/users`)).json<{ users: Body[] }>().users;
  const events = async (pool: TestPool): Promise<string[]> => (await world.audit(pool)).map(({ event }) => event);
  const importUser = async (pool: TestPool, phone: string, nickname = "导入的用户"): Promise<string> => {
    const response = await world.admin("POST", `/pools/${pool.id}/users`, {
      phone: phone.startsWith("+") ? phone : `+86${phone}`,
      nickname,
    });
    return response.json<{ user: { id: string } }>().user.id;
  };
  const block = (pool: TestPool, id: unknown) =>
    world.admin("PATCH", `/pools/${pool.id}/users/${String(id)}`, { blocked: true });

  test("is the same at every login of one person, and another one in another pool", async () => {
    const person = stranger();
    const first = await world.login(person);
    const again = await world.login(person);
    expect(again).toMatchObject({ _id: first["_id"], loginsCount: 2, signedUp: first["signedUp"] });
    const elsewhere = await world.login(person, {}, await world.createPool());
    expect(elsewhere["_id"]).not.toBe(first["_id"]);
  });

  test("learns a unionid that appears later", async () => {
    const pool = await world.createPool();
    const { unionid, ...person } = stranger();
    const before = await world.login(person, {}, pool);
    expect(before["unionid"]).toBe("");
    const after = await world.login({ ...person, unionid: String(unionid) }, {}, pool);
    expect(after).toMatchObject({ _id: before["_id"], unionid });
    expect(await users(pool)).toHaveLength(1);
    expect(await events(pool)).not.toContain("unionid.changed");
    const without = await world.login(person, {}, pool);
    expect(without).toMatchObject({ _id: before["_id"], unionid });
  });

  test("is found by its unionid from a second applet, whose openid differs", async () => {
    const pool = await world.createPool();
    const person = stranger();
    const first = await world.login(person, {}, pool);
    await world.changePool(OTHER_APPLET, pool);
    const second = { ...person, openid: "openid-in-the-other-applet" };
    const login = await world.login(second, { appId: OTHER_APPLET.wechatAppId }, pool);
    expect(login).toMatchObject({ _id: first["_id"], openid: second.openid });
    expect(await users(pool)).toHaveLength(1);
  });

  test("is the unionid's where unionid and openid lead to two; the openid moves, audited", async () => {
    const pool = await world.createPool();
    const { unionid, ...unknownUnion } = stranger();
    const byOpenid = await world.login(unknownUnion, {}, pool);
    await world.changePool(OTHER_APPLET, pool);
    const elsewhere = { openid: "the-same-person-elsewhere", unionid: String(unionid) };
    const byUnionid = await world.login(elsewhere, { appId: OTHER_APPLET.wechatAppId }, pool);
    expect(byUnionid["_id"]).not.toBe(byOpenid["_id"]);

    await world.changePool({ wechatAppId: null }, pool);
    const collided = await world.login({ ...unknownUnion, unionid: String(unionid) }, {}, pool);
    expect(collided["_id"]).toBe(byUnionid["_id"]);
    expect(await events(pool)).toContain("identity.moved");
    const later = await world.login({ ...unknownUnion, unionid: String(unionid) }, {}, pool);
    expect(later["_id"]).toBe(byUnionid["_id"]);
  });

  test("stays with its openid when the applet's open platform account changes every unionid, audited", async () => {
    const pool = await world.createPool();
    const person = stranger();
    const before = await world.login(person, {}, pool);
    const after = await world.login({ ...person, unionid: "unionid-of-another-platform" }, {}, pool);
    expect(after).toMatchObject({ _id: before["_id"], unionid: "unionid-of-another-platform" });
    expect(await events(pool)).toContain("unionid.changed");
  });

  test("is never one that another WeChat identity has, whoever owns the phone now", async () => {
    const pool = await world.createPool();
    const former = await world.loginWithPhone(stranger({ phone: "13911112222" }), pool);
    const owner = await world.loginWithPhone(stranger({ phone: "13911112222" }), pool);
    expect(owner["_id"]).not.toBe(former["_id"]);
    expect(owner["phone"]).toBe("13911112222");
    expect(await users(pool)).toHaveLength(2);
  });

  test("is the imported one with the phone WeChat verified, once and for one person", async () => {
    const pool = await world.createPool();
    const imported = await importUser(pool, "13922223333");
    const person = stranger({ phone: "13922223333" });
    const first = await world.loginWithPhone(person, pool);
    expect(first).toMatchObject({ _id: imported, nickname: "导入的用户", unionid: person.unionid, loginsCount: 1 });
    expect(await events(pool)).toContain("user.linked_by_phone");
    const thief = await world.loginWithPhone(stranger({ phone: "13922223333" }), pool);
    expect(thief["_id"]).not.toBe(imported);
    expect((await world.login(person, {}, pool))["_id"]).toBe(imported);
    // It knows the person's unionid from then on.
    await world.changePool(OTHER_APPLET, pool);
    const elsewhere = { ...person, openid: "the-imported-person-elsewhere" };
    expect((await world.login(elsewhere, { appId: OTHER_APPLET.wechatAppId }, pool))["_id"]).toBe(imported);
  });

  test("is a new one where two imported ones share the phone", async () => {
    const pool = await world.createPool();
    const imported = [await importUser(pool, "13933334444"), await importUser(pool, "13933334444")];
    const login = await world.loginWithPhone(stranger({ phone: "13933334444" }), pool);
    expect(imported).not.toContain(login["_id"]);
  });

  test("is a new one where the phone was not asked for, though an imported one has it", async () => {
    const pool = await world.createPool();
    const imported = await importUser(pool, "13944445555");
    expect((await world.login(stranger({ phone: "13944445555" }), {}, pool))["_id"]).not.toBe(imported);
  });

  test("is one, not several, when a person's first logins come at once", async () => {
    const pool = await world.createPool();
    const person = stranger();
    const tickets = await Promise.all(Array.from({ length: 10 }, () => world.ticket(person, {}, pool)));
    const ids = await Promise.all(tickets.map(async (ticket) => (await world.redeem(ticket, pool))["_id"]));
    expect(new Set(ids).size).toBe(1);
    expect(await users(pool)).toMatchObject([{ loginsCount: 10 }]);
  });

  test("that was imported goes to one of two people who come at once with its phone", async () => {
    const pool = await world.createPool();
    const imported = await importUser(pool, "13955556666");
    const people = [stranger({ phone: "13955556666" }), stranger({ phone: "13955556666" })];
    const tickets = await Promise.all(people.map((person) => world.ticketWithPhone(person, pool)));
    const ids = await Promise.all(tickets.map(async (ticket) => (await world.redeem(ticket, pool))["_id"]));
    expect(ids.filter((id) => id === imported)).toHaveLength(1);
    expect(new Set(ids).size).toBe(2);
  });

  test("must exist in a login-only pool: strangers are told at once, or after the phone where that may lead to one", async () => {
    const pool = await world.createPool({ loginOnly: true });
    const closed = { status: 403, error: "registration.closed" };
    expect(refusal(await world.attempt(stranger(), {}, pool))).toEqual(closed);

    const person = stranger({ phone: "13966667777" });
    const asked = (await world.attempt(person, { getPhone: true }, pool)).json<AttemptReply>();
    expect(asked.needs).toEqual(["phone"]);
    const phoneCode = world.wechat.phoneCode(person);
    expect(refusal(await world.tickets({ attempt: asked.attempt, phoneCode }, pool))).toEqual(closed);

    const imported = await importUser(pool, "13966667777");
    expect((await world.loginWithPhone(person, pool))["_id"]).toBe(imported);
    expect((await world.login(person, {}, pool))["_id"]).toBe(imported);
  });

  test("of a pool that closes meanwhile is not made: the ticket is consumed", async () => {
    const pool = await world.createPool();
    const ticket = await world.ticket(stranger(), {}, pool);
    await world.changePool({ loginOnly: true }, pool);
    const late = () => world.exchange({ ticket, secret: pool.secret }, pool);
    expect(refusal(await late())).toEqual({ status: 403, error: "registration.closed" });
    expect(refusal(await late())).toEqual({ status: 400, error: "ticket.used" });
    expect(await users(pool)).toEqual([]);
  });

  test("that is blocked opens no login and exchanges no ticket it already had; unblocked, it does again", async () => {
    const pool = await world.createPool();
    const person = stranger();
    const { _id: id } = await world.login(person, {}, pool);
    const open = (await world.attempt(person, {}, pool)).json<AttemptReply>();
    await block(pool, id);
    const blocked = { status: 403, error: "user.blocked" };
    expect(refusal(await world.attempt(person, {}, pool))).toEqual(blocked);
    expect(refusal(await world.tickets({ attempt: open.attempt }, pool))).toEqual(blocked);
    const late = () => world.exchange({ ticket: String(open.ticket), secret: pool.secret }, pool);
    expect(refusal(await late())).toEqual(blocked);
    expect(refusal(await late())).toEqual({ status: 400, error: "ticket.used" });
    await world.admin("PATCH", `/pools/${pool.id}/users/${String(id)}`, { blocked: false });
    expect((await world.login(person, {}, pool))["_id"]).toBe(id);
    expect(await events(pool)).toEqual(expect.arrayContaining(["user.blocked", "user.unblocked"]));
  });

  test("that is blocked is not escaped by a unionid that leads to another account: nothing moves", async () => {
    const pool = await world.createPool();
    const { unionid, ...known } = stranger();
    const blocked = await world.login(known, {}, pool);
    await world.changePool(OTHER_APPLET, pool);
    const elsewhere = { openid: "the-blocked-person-elsewhere", unionid: String(unionid) };
    const other = await world.login(elsewhere, { appId: OTHER_APPLET.wechatAppId }, pool);
    await world.changePool({ wechatAppId: null }, pool);
    const ticket = await world.ticket({ ...known, unionid: String(unionid) }, {}, pool);
    await block(pool, blocked["_id"]);

    const refused = { status: 403, error: "user.blocked" };
    expect(refusal(await world.attempt({ ...known, unionid: String(unionid) }, {}, pool))).toEqual(refused);
    expect(refusal(await world.exchange({ ticket, secret: pool.secret }, pool))).toEqual(refused);
    expect(await events(pool)).not.toContain("identity.moved");
    await world.changePool(OTHER_APPLET, pool);
    expect((await world.login(elsewhere, { appId: OTHER_APPLET.wechatAppId }, pool))["_id"]).toBe(other["_id"]);
  });

  test("that was imported and blocked stays blocked for who comes with its phone", async () => {
    const pool = await world.createPool();
    await block(pool, await importUser(pool, "13977778888"));
    const person = stranger({ phone: "13977778888" });
    const { attempt } = (await world.attempt(person, { getPhone: true }, pool)).json<AttemptReply>();
    const reply = await world.tickets({ attempt, phoneCode: world.wechat.phoneCode(person) }, pool);
    expect(refusal(reply)).toEqual({ status: 403, error: "user.blocked" });
  });

  test("that was imported and blocked is not got around by a first login without the phone", async () => {
    const pool = await world.createPool();
    await block(pool, await importUser(pool, "13977779999"));
    const person = stranger({ phone: "13977779999" });
    const unseen = await world.login(person, {}, pool);
    const { attempt } = (await world.attempt(person, { getPhone: true }, pool)).json<AttemptReply>();
    const reply = await world.tickets({ attempt, phoneCode: world.wechat.phoneCode(person) }, pool);
    expect(refusal(reply)).toEqual({ status: 403, error: "user.blocked" });
    // The person is somebody else for who does not ask for the phone.
    expect((await world.login(person, {}, pool))["_id"]).toBe(unseen["_id"]);
  });

  test("that is blocked after its phone was verified is blocked at the next login too", async () => {
    const pool = await world.createPool();
    const person = stranger({ phone: "13977770000" });
    await world.loginWithPhone(person, pool);
    await block(pool, await importUser(pool, "13977770000"));
    const reply = await world.attempt(person, { getPhone: true }, pool);
    expect(refusal(reply)).toEqual({ status: 403, error: "user.blocked" });
  });

  test.each([
    "13800138000",
    "8613800138000",
    "+86 138 0013 8000",
    "+86013800138000",
    "+86-13800138000",
    "0013105551234",
    "+0861380013800",
  ])("is not imported with the phone %p: one number has one spelling", async (phone) => {
    const response = await world.admin("POST", `/pools/${world.pool.id}/users`, { phone });
    expect(response.statusCode).toBe(422);
    expect(response.json<{ message: string }>().message).toContain("phone");
  });

  test("of an American number is not the Chinese number's that reads alike", async () => {
    const pool = await world.createPool();
    const imported = await importUser(pool, "+13105551234");
    const login = await world.loginWithPhone(stranger({ phone: "13105551234" }), pool);
    expect(login["_id"]).not.toBe(imported);
    const owner = await world.loginWithPhone(stranger({ phone: "+13105551234" }), pool);
    expect(owner).toMatchObject({ _id: imported, phone: "+13105551234" });
  });

  test("that was blocked and erased lets the person in no more, by openid or by unionid, until the block is lifted", async () => {
    const pool = await world.createPool();
    const person = stranger();
    const { _id: id } = await world.login(person, {}, pool);
    const bystander = stranger();
    const { _id: free } = await world.login(bystander, {}, pool);
    await block(pool, id);
    for (const one of [id, free]) {
      await world.call("DELETE", `/oauth/users/${pool.id}/${String(one)}`, { bearer: pool.secret });
    }
    const blocked = { status: 403, error: "user.blocked" };
    expect(refusal(await world.attempt(person, {}, pool))).toEqual(blocked);
    expect((await world.login(bystander, {}, pool))["loginsCount"]).toBe(1);
    await world.changePool(OTHER_APPLET, pool);
    const elsewhere = { ...person, openid: "the-erased-person-elsewhere" };
    const there = { appId: OTHER_APPLET.wechatAppId };
    expect(refusal(await world.attempt(elsewhere, there, pool))).toEqual(blocked);
    // Somebody of another pool is another person.
    expect((await world.attempt(person)).statusCode).toBe(200);

    const kept = await world.store.read((tx) => tx.all(tombstones, { poolId: pool.id }));
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${person.openid}|${String(person.unionid)}`));
    const lift = () => world.admin("DELETE", `/pools/${pool.id}/blocks/${String(id)}`);
    expect([(await lift()).statusCode, (await lift()).statusCode]).toEqual([204, 404]);
    expect((await world.login(elsewhere, there, pool))["_id"]).not.toBe(id);
    expect(await world.audit(pool)).toContainEqual(expect.objectContaining({ event: "user.unblocked", subject: id }));
  });

  test("is erased with identities, phone and logins in progress; the audit log keeps the id", async () => {
    const pool = await world.createPool();
    const person = stranger({ phone: "13988889999" });
    const { _id: id, token } = await world.loginWithPhone(person, pool);
    const ticket = await world.ticket(person, {}, pool);
    const url = `/oauth/users/${pool.id}/${String(id)}`;
    expect((await world.call("GET", url, { bearer: pool.secret })).json()).toMatchObject({
      _id: id,
      phone: person.phone,
    });
    expect((await world.call("DELETE", url, { bearer: pool.secret })).statusCode).toBe(204);

    expect((await world.call("GET", url, { bearer: pool.secret })).statusCode).toBe(404);
    expect(refusal(await world.exchange({ ticket, secret: pool.secret }, pool)).error).toBe("ticket.invalid");
    const introspection = await world.call("POST", `/oauth/introspect/${pool.id}`, {
      body: { token, secret: pool.secret },
    });
    expect(introspection.json()).toEqual({ active: false });
    expect(await world.audit(pool)).toContainEqual(expect.objectContaining({ event: "user.erased", subject: id }));
    const next = (await world.attempt(person, { getPhone: true }, pool)).json<AttemptReply>();
    expect(next).toMatchObject({ user: null, needs: ["phone"] });
  });

  test("is erased with its logins in progress, by unionid in every applet and by openid where there is none", async () => {
    const pool = await world.createPool();
    const erase = (id: unknown) =>
      world.call("DELETE", `/oauth/users/${pool.id}/${String(id)}`, { bearer: pool.secret });
    const invalid = { status: 400, error: "ticket.invalid" };
    const redeemed = async (ticket: string) => refusal(await world.exchange({ ticket, secret: pool.secret }, pool));
    const { unionid: _none, ...known } = stranger();
    const { _id: byOpenid } = await world.login(known, {}, pool);
    const bystander = await world.ticket(stranger(), {}, pool);
    const waiting = await world.ticket(known, {}, pool);
    await erase(byOpenid);
    expect(await redeemed(waiting)).toEqual(invalid);

    const person = stranger();
    const { _id: id } = await world.login(person, {}, pool);
    await world.changePool(OTHER_APPLET, pool);
    const elsewhere = { ...person, openid: "somebody-about-to-be-erased" };
    const there = await world.ticket(elsewhere, { appId: OTHER_APPLET.wechatAppId }, pool);
    await erase(id);
    expect(await redeemed(there)).toEqual(invalid);
    await world.changePool({ wechatAppId: null }, pool);
    await world.redeem(bystander, pool);
    const erased = (await world.audit(pool)).filter(({ event }) => event === "user.erased");
    expect(erased.map(({ details }) => details)).toEqual([{ blocked: false }, { blocked: false }]);
  });

  test("is shown and erased only to who has the pool's secret", async () => {
    const { _id: id } = await world.login(stranger());
    const other = await world.createPool();
    for (const bearer of [undefined, "wrong", other.secret]) {
      for (const method of ["GET", "DELETE"] as const) {
        const response = await world.call(
          method,
          `/oauth/users/${world.pool.id}/${String(id)}`,
          bearer === undefined ? {} : { bearer },
        );
        expect(refusal(response)).toEqual({ status: 401, error: "client.unauthorized" });
      }
    }
    const foreign = await world.call("GET", `/oauth/users/${other.id}/${String(id)}`, { bearer: other.secret });
    expect(foreign.statusCode).toBe(404);
  });
});
