import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AccountReply, AttemptReply } from "@app2wxapp/protocol";
import type { LightMyRequestResponse } from "fastify";
import { eraseDueAccounts } from "../src/housekeeping/account-deletion";
import { readApps, withLogin, writeApps } from "../src/accounts/signed-in-apps";
import { purgeExpired } from "../src/housekeeping/purge";
import { findUser, setApps } from "../src/store/accounts";
import { DIALECTS } from "./support/databases";
import type { TestPerson } from "./support/people";
import { seedTickets } from "./support/seeding";
import { everythingStored } from "./support/stored";
import { CALLER, refusal, SHARED_APPLET, stranger, World, type Body, type TestPool } from "./support/world";

const OTHER_APP = "wxother000000000";
const DAY = 86_400_000;
const TERMS = { title: "用户协议", text: "第一条", version: "terms-2026", required: true };

describe.each(DIALECTS)("a person's own account on %s", (dialect) => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ dialect });
    await world.changePool({
      allowedApps: [
        { appId: CALLER, name: { "zh-CN": "示例应用", en: "Sample app" } },
        { appId: OTHER_APP, name: "另一个应用" },
      ],
    });
  });
  afterAll(() => world.close());

  const accounts = (response: LightMyRequestResponse) => {
    expect({ status: response.statusCode, body: response.json<Body>() }).toMatchObject({ status: 200 });
    return response.json<AccountReply>().accounts;
  };
  /** What the person is offered to do with one account, and in which words. */
  const offers = async (person: TestPerson, userPoolId = world.pool.id) =>
    (await world.account(person)).json<AccountReply>().offers.filter(({ order }) => order.userPoolId === userPoolId);
  const changesOf = async (person: TestPerson, userPoolId?: string) =>
    (await offers(person, userPoolId)).map(({ order }) => order.change);
  const seen = async (person: TestPerson) => accounts(await world.account(person));
  const changed = async (person: TestPerson, body: Body) => accounts(await world.changeAccount(person, body));
  const active = async (user: Body, pool = world.pool) => {
    const body = { token: String(user["token"]), secret: pool.secret };
    return (await world.call("POST", `/oauth/introspect/${pool.id}`, { body })).json<Body>()["active"];
  };
  const events = async (user: Body, pool = world.pool) =>
    (await world.audit(pool)).filter(({ subject }) => subject === user["_id"]).map(({ event }) => event);
  const housekeep = async () => {
    await eraseDueAccounts(world.store, world.server.records);
    await purgeExpired(world.store, { loginEventDays: 90 });
  };
  /** A login with agreement and number, as a person leaves it. */
  const whole = async (person: TestPerson, pool: TestPool) => {
    const reply = await world.attempt(person, { getPhone: true, agreed: [TERMS.version] }, pool);
    const { attempt } = reply.json<AttemptReply>();
    const given = await world.tickets({ attempt, phoneCode: world.wechat.phoneCode(person) }, pool);
    return world.redeem(String(given.json<Body>()["ticket"]), pool);
  };

  describe("is shown", () => {
    test("with the apps and when, the number masked, and what was agreed to; of every pool of the applet and no other", async () => {
      const person = stranger({ phone: "13800138000" });
      const second = await world.createPool({ name: { "zh-CN": "第二", en: "Second" }, agreements: [TERMS] });
      const own = await world.createPool({
        wechatAppId: "wxown00000000001",
        wechatAppSecret: "an-appsecret-of-its-own-01",
      });
      await whole(person, second);
      await world.login(person, { appId: "wxown00000000001" }, own);
      await world.login(person);
      await world.login(person, { callerAppId: OTHER_APP });
      const [first, other] = await seen(person);
      const at = expect.any(Number);
      expect(await seen(person)).toHaveLength(2);
      expect(first).toEqual({
        userPoolId: world.pool.id,
        name: "示例",
        logo: null,
        phone: null,
        apps: [
          { callerAppId: OTHER_APP, name: "另一个应用", lastLoginAt: at, signedIn: true },
          { callerAppId: CALLER, name: "示例应用", lastLoginAt: at, signedIn: true },
        ],
        agreements: [],
        deletionGraceDays: 7,
        deletesAt: null,
      });
      expect(await changesOf(person)).toEqual(["signOut", "signOut", "signOutEverywhere", "delete"]);
      expect(await changesOf(person, second.id)).toEqual(["withdraw", "signOut", "signOutEverywhere", "delete"]);
      expect(other).toMatchObject({
        userPoolId: second.id,
        name: "第二",
        phone: "138****8000",
        agreements: [{ title: "用户协议", version: "terms-2026", agreedAt: at }],
      });
      expect(Math.abs(Number(first?.apps[0]?.lastLoginAt) - (await world.now()))).toBeLessThan(60_000);
      // What was agreed to is remembered by its version when the pool has another.
      await world.changePool({ agreements: [{ ...TERMS, version: "terms-2027" }] }, second);
      expect((await seen(person))[1]?.agreements[0]).toMatchObject({ title: "terms-2026", version: "terms-2026" });
      // The pool's own applet is asked with the pool's own credentials, and knows the person of that pool only.
      const there = accounts(await world.account(person, { appId: "wxown00000000001" }));
      expect(there.map(({ userPoolId }) => userPoolId)).toEqual([own.id]);
    });

    test("in words of the person's language and in their time, with what each button asks and sends", async () => {
      const person = stranger({ phone: "13800138000" });
      const pool = await world.createPool({
        name: { "zh-CN": "示例", en: "Demo" },
        allowedApps: [{ appId: CALLER, name: { "zh-CN": "示例应用", en: "Sample" } }],
        agreements: [{ ...TERMS, title: { "zh-CN": "用户协议", en: "Terms" } }],
      });
      await whole(person, pool);
      const look = async (language: string, utcOffset?: number) => {
        const response = await world.app.inject({
          method: "POST",
          url: "/oauth/app2wxapp/account/sessions",
          payload: { code: world.wechat.loginCode(person), appId: SHARED_APPLET.appId, utcOffset },
          headers: { "accept-language": language },
        });
        accounts(response);
        return response.json<AccountReply>();
      };
      const english = await look("en", -720);
      const [account] = english.accounts;
      const day = (at = 0, hours = 0) => new Date(at + hours * 3_600_000).toISOString().slice(0, 10);
      const at = account?.apps[0]?.lastLoginAt;
      const button = (of: number, label: string) => ({ id: "change", label, of: String(of) });
      expect(english.cards).toEqual([
        {
          label: "Demo",
          rows: [
            { icon: "phone", title: "138****8000", text: "Phone number" },
            { icon: "", title: "Terms", text: `Agreed ${day(account?.agreements[0]?.agreedAt, -12)}` },
            {
              icon: "",
              title: "Your consent",
              text: "Agreements · Phone number",
              button: button(0, "Withdraw consent"),
            },
            { icon: "", title: "Sample", text: `Signed in ${day(at, -12)}`, button: button(1, "Sign out") },
            { icon: "", title: "Every app", text: "Sample", button: button(2, "Sign out everywhere") },
            { icon: "", title: "Account", text: "Everything above", button: button(3, "Delete account") },
          ],
        },
      ]);
      expect(english.offers.map(({ question, order }) => [question, order])).toEqual([
        ["Withdraw your consent to Demo?", { userPoolId: pool.id, change: "withdraw" }],
        ["Sign out of Sample?", { userPoolId: pool.id, change: "signOut", callerAppId: CALLER }],
        ["Sign out of every Demo app?", { userPoolId: pool.id, change: "signOutEverywhere" }],
        ["Delete your Demo account?", { userPoolId: pool.id, change: "delete" }],
      ]);
      // What is lost, and when for good.
      expect(english.offers[3]?.detail).toMatch(
        /account, phone number, .* deleted.* within 7 days to cancel.* cannot be undone/,
      );
      const chinese = await look("zh-TW");
      expect(chinese.cards[0]?.rows.at(-1)).toMatchObject({ title: "帳號", button: { label: "刪除帳號" } });
      // Without a word about it, as in China.
      expect(chinese.cards[0]?.rows[3]?.text).toBe(`${day(at, 8)} 登入`);
      await world.pass(1000);
      await changed(person, { change: "delete", userPoolId: pool.id });
      const leaving = await look("en", 60);
      const end = new Date(Number(leaving.accounts[0]?.deletesAt) + 3_600_000).toISOString().replace("T", " ");
      expect(leaving.cards[0]?.rows.at(-1)).toMatchObject({
        text: `Will be deleted ${end.slice(0, 16)}, unless you sign in before`,
        button: { label: "Keep account" },
      });
      const since = day(leaving.accounts[0]?.apps[0]?.lastLoginAt, 1);
      expect(leaving.cards[0]?.rows[3]).toEqual({
        icon: "",
        title: "Sample",
        text: `Signed in ${since}, signed out since`,
      });
    });

    test("to somebody nobody knows as an empty list, in an answer of the same shape", async () => {
      const person = stranger();
      const unknown = await world.account(person);
      await world.login(person);
      const known = await world.account(person);
      const { accounts: none, cards, ...empty } = unknown.json<AccountReply>();
      expect([none, cards[0]?.rows[0]?.title]).toEqual([[], "还没有账号"]);
      expect(empty).toEqual({ offers: [], account: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), expiresIn: 600 });
      expect(Object.keys(known.json<Body>())).toEqual(Object.keys(unknown.json<Body>()));
      // A change is no way to ask what exists either.
      for (const userPoolId of [world.pool.id, "f".repeat(24)]) {
        for (const change of ["signOut", "signOutEverywhere", "withdraw", "delete", "keep"]) {
          expect(await changed(stranger(), { userPoolId, change })).toEqual([]);
        }
      }
    });

    test("also to a person who is blocked, and to one whose pool takes no new users", async () => {
      const person = stranger();
      const user = await world.login(person);
      await world.admin("PATCH", `/pools/${world.pool.id}/users/${String(user["_id"])}`, { blocked: true });
      expect(await seen(person)).toHaveLength(1);
    });

    test("not once the pool is deleted", async () => {
      const person = stranger();
      const pool = await world.createPool();
      await world.login(person, {}, pool);
      expect(await seen(person)).toHaveLength(1);
      await world.admin("DELETE", `/pools/${pool.id}`);
      expect(await seen(person)).toEqual([]);
    });
  });

  describe("is signed out", () => {
    test("of one app: its tokens and logins in progress end, those of another app do not, and the next login works at once", async () => {
      const person = stranger();
      const [here, there] = [await world.login(person), await world.login(person, { callerAppId: OTHER_APP })];
      const [waiting, going] = [await world.ticket(person), await world.ticket(person, { callerAppId: OTHER_APP })];
      // Half a second past a whole one, which is all that tokens tell.
      await world.pass(1500);
      const [account] = await changed(person, { change: "signOut", callerAppId: CALLER });
      expect(account?.apps.map(({ callerAppId, signedIn }) => [callerAppId, signedIn])).toEqual([
        [OTHER_APP, true],
        [CALLER, false],
      ]);
      expect([await active(here), await active(there)]).toEqual([false, true]);
      expect(refusal(await world.exchange({ ticket: waiting, secret: world.pool.secret })).status).toBe(400);
      expect(await active(await world.redeem(going))).toBe(true);
      const again = await world.login(person);
      expect([await active(again), await active(here)]).toEqual([true, false]);
      expect(await events(here)).toEqual(["user.created", "user.signed_out"]);
      const entry = (await world.audit()).find(
        ({ event, subject }) => event === "user.signed_out" && subject === here["_id"],
      );
      expect(entry).toMatchObject({ actor: "person", details: { app: CALLER } });
    });

    test("of an app that could not be told", async () => {
      const person = stranger();
      const pool = await world.createPool({ allowedApps: "*" });
      const user = await world.login(person, { callerAppId: undefined }, pool);
      expect((await seen(person))[0]?.apps[0]).toMatchObject({ callerAppId: null, name: "其他 App" });
      await world.pass(1000);
      // One the person never signed in to changes nothing.
      await changed(person, { change: "signOut", callerAppId: CALLER, userPoolId: pool.id });
      expect(await active(user, pool)).toBe(true);
      await changed(person, { change: "signOut", userPoolId: pool.id });
      expect(await active(user, pool)).toBe(false);
    });

    test("everywhere in one pool, and stays signed in to the other", async () => {
      const person = stranger();
      const second = await world.createPool();
      const [here, there] = [await world.login(person), await world.login(person, {}, second)];
      await world.pass(1000);
      const after = await changed(person, { change: "signOutEverywhere" });
      expect(after.map(({ apps }) => apps[0]?.signedIn)).toEqual([true, false]);
      expect([await active(here), await active(there, second)]).toEqual([false, true]);
    });

    test("of the app used longest ago, when the pool admits every app and there are more than a hundred", async () => {
      const person = stranger();
      const pool = await world.createPool({ allowedApps: "*" });
      const user = await world.login(person, { callerAppId: "__proto__" }, pool);
      const login = (app: number) => world.login(person, { callerAppId: `wxapp${app}` }, pool);
      await login(0);
      // As 97 other logins leave it.
      const where = { poolId: pool.id, id: String(user["_id"]) };
      await world.store.transaction(async (tx) => {
        const { id = "", apps: former = "" } = (await tx.first(findUser, where)) ?? {};
        const others = Array.from({ length: 97 }, (_, nth) => `wxapp${nth + 1}`);
        const apps = others.reduce((some, app) => withLogin(some, app, tx.now), readApps(former));
        expect(await tx.run(setApps, { id, apps: writeApps(apps), former })).toBe(1);
      });
      await login(98);
      expect((await seen(person))[0]?.apps).toHaveLength(100);
      expect(await active(user, pool)).toBe(true);
      const last = await login(99);
      expect([await active(user, pool), await active(last, pool)]).toEqual([false, true]);
      expect((await seen(person))[0]?.apps).toHaveLength(100);
    });
  });

  test("gets back what it gave: agreements and number are asked for again, and until then nobody is signed in", async () => {
    const person = stranger();
    const pool = await world.createPool({ agreements: [TERMS] });
    const user = await whole(person, pool);
    expect((await world.attempt(person, { getPhone: true }, pool)).json<AttemptReply>().needs).toEqual([]);
    await world.pass(1000);
    const [account] = await changed(person, { change: "withdraw", userPoolId: pool.id });
    expect(account).toMatchObject({ phone: null, agreements: [], apps: [{ signedIn: false }] });
    expect(await active(user, pool)).toBe(false);
    const next = (await world.attempt(person, { getPhone: true }, pool)).json<AttemptReply>();
    expect(next.needs).toEqual(["agreements", "phone"]);
    expect(await events(user, pool)).toEqual(["user.created", "user.consent_withdrawn", "user.signed_out"]);
    expect((await whole(person, pool))["_id"]).toBe(user["_id"]);
  });

  describe("is deleted", () => {
    test("after the pool's days of grace, signed out until then, and a second wish prolongs nothing", async () => {
      const person = stranger();
      const pool = await world.createPool({ deletionGraceDays: 3 });
      const user = await world.loginWithPhone(person, pool);
      await world.pass(1000);
      const [account] = await changed(person, { change: "delete", userPoolId: pool.id });
      expect(account).toMatchObject({ deletionGraceDays: 3, deletesAt: expect.any(Number) });
      expect(await changesOf(person, pool.id)).toEqual(["withdraw", "keep"]);
      const left = Number(account?.deletesAt) - (await world.now());
      expect(left / DAY).toBeCloseTo(3, 1);
      expect(await active(user, pool)).toBe(false);
      await world.pass(DAY);
      const again = Number((await changed(person, { change: "delete", userPoolId: pool.id }))[0]?.deletesAt);
      expect((again - (await world.now())) / DAY).toBeCloseTo(2, 1);
      await housekeep();
      const path = `/pools/${pool.id}/users/${String(user["_id"])}?masked=true`;
      const one = (await world.admin("GET", path)).json<{ user: Body }>();
      expect(one.user["deletesAt"]).toBe(again);
      await world.pass(2 * DAY);
      await housekeep();
      expect((await world.admin("GET", path)).statusCode).toBe(404);
      expect(await seen(person)).toEqual([]);
      expect(await active(user, pool)).toBe(false);
      expect(await events(user, pool)).toEqual([
        "user.created",
        "user.signed_out",
        "user.deletion_requested",
        "user.erased",
      ]);
      expect((await world.login(person, {}, pool))["_id"]).not.toBe(user["_id"]);
    });

    test("with the account that their identity left and nobody can enter, but none that another identity leads to", async () => {
      const pool = await world.createPool({ deletionGraceDays: 0 });
      const [left, entered, kept] = [stranger(), stranger(), stranger()];
      const { unionid: _none, ...unbound } = left;
      const ids = [
        (await world.loginWithPhone(unbound, pool))["_id"],
        (await world.login(entered, {}, pool))["_id"],
        (await world.login(kept, {}, pool))["_id"],
      ].map(String) as [string, string, string];
      await world.login({ ...kept, openid: "of-the-same-person" }, {}, pool);
      // They turn out to be one person: WeChat now tells the same unionid of all.
      for (const openid of [left.openid, "of-the-same-person"]) {
        expect((await world.login({ ...entered, openid }, {}, pool))["_id"]).toBe(ids[1]);
      }
      const log = (await world.audit(pool)).filter(({ event }) => event === "identity.moved");
      expect(log.map(({ subject, details }) => [subject, details])).toEqual([
        [ids[1], { from: ids[0] }],
        [ids[1], { from: ids[2] }],
      ]);
      await changed(entered, { change: "delete", userPoolId: pool.id });
      await world.pass(1000);
      await housekeep();
      const statuses = ids.map(
        async (id) => (await world.admin("GET", `/pools/${pool.id}/users/${id}?masked=true`)).statusCode,
      );
      expect(await Promise.all(statuses)).toEqual([404, 404, 200]);
      expect((await world.audit(pool)).filter(({ event }) => event === "user.erased")).toEqual(
        [ids[1], ids[0]].map((subject) => expect.objectContaining({ subject, actor: "person" })),
      );
    });

    test("not when a login comes before, which gives the account back as it was", async () => {
      const person = stranger();
      const before = await world.loginWithPhone(person);
      await world.pass(1000);
      await changed(person, { change: "delete" });
      await world.pass(6 * DAY);
      // To begin a login is not enough: nobody has confirmed it.
      const ticket = await world.ticket(person);
      expect((await seen(person))[0]?.deletesAt).not.toBeNull();
      const after = await world.redeem(ticket);
      expect([after["_id"], await active(after), await active(before)]).toEqual([before["_id"], true, false]);
      expect((await seen(person))[0]).toMatchObject({ deletesAt: null, phone: expect.stringContaining("****") });
      expect((await events(before)).slice(-2)).toEqual(["user.deletion_requested", "user.deletion_cancelled"]);
      await world.pass(2 * DAY);
      await housekeep();
      expect(await seen(person)).toHaveLength(1);
    });

    test("not when its owner keeps it, who need not be able to log in", async () => {
      const person = stranger();
      const user = await world.login(person);
      await world.admin("PATCH", `/pools/${world.pool.id}/users/${String(user["_id"])}`, { blocked: true });
      await changed(person, { change: "delete" });
      expect((await changed(person, { change: "keep" }))[0]?.deletesAt).toBeNull();
      await world.pass(8 * DAY);
      await housekeep();
      expect(await seen(person)).toHaveLength(1);
    });

    test("at once where the pool leaves no time", async () => {
      const person = stranger();
      const pool = await world.createPool({ deletionGraceDays: 0 });
      await world.login(person, {}, pool);
      expect((await offers(person, pool.id)).at(-1)?.detail).toContain("立即删除");
      await changed(person, { change: "delete", userPoolId: pool.id });
      await housekeep();
      expect(await seen(person)).toEqual([]);
    });

    test("and stays blocked if it was", async () => {
      const person = stranger();
      const user = await world.login(person);
      await world.admin("PATCH", `/pools/${world.pool.id}/users/${String(user["_id"])}`, { blocked: true });
      await changed(person, { change: "delete" });
      await world.pass(8 * DAY);
      await housekeep();
      expect(refusal(await world.attempt(person))).toEqual({ status: 403, error: "user.blocked" });
    });

    test("so that no search of what is stored, the log of changes included, finds who it was", async () => {
      const pool = await world.createPool({ agreements: [TERMS] });
      const people = Array.from({ length: 40 }, (_, nth) => stranger({ phone: `139${String(nth).padStart(8, "7")}` }));
      const users: Body[] = [];
      for (const person of people) users.push(await whole(person, pool));
      const leaving = people.filter((_, nth) => nth % 3 === 0);
      // Also what a login in progress knows goes: this one has the number.
      for (const person of leaving) await world.attempt(person, { getPhone: true }, pool);
      // So many logins in progress that whole pages of the file become free when they go.
      const [ticket = ""] = await seedTickets(world.store, pool.id, 300, 1);
      await world.redeem(ticket, pool);
      leaving.push({ openid: "openid-0", unionid: "unionid-0" });
      await world.server.records.flush();
      const traces = ({ openid, unionid = "", phone = openid }: TestPerson) => [openid, unionid, phone];
      const found = async (some: readonly TestPerson[]) => {
        const stored = await everythingStored(world);
        return some.flatMap(traces).filter((trace) => stored.includes(trace));
      };
      expect(await found(leaving)).toEqual(leaving.flatMap(traces));
      for (const person of leaving) await changed(person, { change: "delete", userPoolId: pool.id });
      await world.pass(8 * DAY);
      await housekeep();
      expect(await found(leaving)).toEqual([]);
      // The control: who stayed is found, and signed in.
      const stays = users.map((_, nth) => nth % 3 !== 0);
      expect(await Promise.all(users.map((user) => active(user, pool)))).toEqual(stays);
      const stayed = people.filter((person) => !leaving.includes(person));
      expect(await found(stayed)).toEqual(stayed.flatMap(traces));
    });
  });

  describe("is safe from", () => {
    test("a code that was used, and one of another applet", async () => {
      const person = stranger();
      const code = world.wechat.loginCode(person);
      expect((await world.account(person, { code })).statusCode).toBe(200);
      const used = { status: 400, error: "wechat_code.invalid" };
      expect(refusal(await world.account(person, { code }))).toEqual(used);
      expect(refusal(await world.changeAccount(person, { change: "delete", code }))).toEqual(used);
      expect(refusal(await world.account(person, { appId: "wxforeign" }))).toEqual({
        status: 403,
        error: "applet.mismatch",
      });
    });

    test("a code that was used for a login, and a login from one that was used here", async () => {
      const person = stranger();
      const used = { status: 400, error: "wechat_code.invalid" };
      const [one, other] = [world.wechat.loginCode(person), world.wechat.loginCode(person)];
      expect((await world.attempt(person, { code: one })).statusCode).toBe(200);
      expect(refusal(await world.account(person, { code: one }))).toEqual(used);
      expect((await world.account(person, { code: other })).statusCode).toBe(200);
      expect(refusal(await world.attempt(person, { code: other }))).toEqual(used);
    });

    test("who has only the handle, or only one code: a change takes both, of one person", async () => {
      const [person, thief] = [stranger(), stranger()];
      await world.login(person);
      await world.login(thief);
      const { account } = (await world.account(person)).json<AccountReply>();
      const theirs = (await world.account(thief)).json<AccountReply>().account;
      const expired = { status: 410, error: "attempt.expired" };
      // The victim's handle with the thief's code, and the thief's handle with a code of the victim's.
      expect(refusal(await world.changeAccount(thief, { change: "delete", account }))).toEqual(expired);
      expect(refusal(await world.changeAccount(person, { change: "delete", account: theirs }))).toEqual(expired);
      const without = { account, change: "delete", userPoolId: world.pool.id };
      const call = await world.call("POST", "/oauth/app2wxapp/account/changes", { body: without });
      expect(refusal(call)).toEqual({ status: 400, error: "request.invalid" });
      const [mine, whose] = [await seen(person), await seen(thief)];
      expect([mine[0]?.deletesAt, whose[0]?.deletesAt]).toEqual([null, null]);
      // The control: the person's own handle with the person's own code.
      expect((await changed(person, { change: "delete", account }))[0]?.deletesAt).not.toBeNull();
    });

    test("a person of another pool, and of another applet: a change is of one's own account there, or of none", async () => {
      const [person, other] = [stranger(), stranger()];
      const second = await world.createPool();
      const wechatAppId = `wxown0000000000${dialect === "sqlite" ? 2 : 3}`;
      const own = await world.createPool({ wechatAppId, wechatAppSecret: "an-appsecret-of-its-own-02" });
      await world.login(person);
      const users = [
        [second, await world.login(other, {}, second)],
        // The same person, whom only the pool's own applet knows there.
        [own, await world.login(person, { appId: wechatAppId }, own)],
      ] as const;
      await world.pass(1000);
      for (const [pool, user] of users) {
        for (const change of ["signOut", "signOutEverywhere", "withdraw", "delete"]) {
          const after = await changed(person, { change, userPoolId: pool.id });
          expect(after.map(({ userPoolId, deletesAt }) => [userPoolId, deletesAt])).toEqual([[world.pool.id, null]]);
        }
        expect([await active(user, pool), await events(user, pool)]).toEqual([true, ["user.created"]]);
      }
    });

    test("handles of another kind, and none of its own opens anything else", async () => {
      const person = stranger();
      await world.login(person);
      const { account } = (await world.account(person)).json<AccountReply>();
      const { attempt, ticket } = (await world.attempt(person)).json<AttemptReply>();
      const expired = { status: 410, error: "attempt.expired" };
      for (const handle of [attempt, ticket, account.replace(/^./, (first) => (first === "A" ? "B" : "A"))]) {
        const asked = await world.changeAccount(person, { change: "delete", account: handle });
        expect(refusal(asked)).toEqual(expired);
      }
      expect(refusal(await world.tickets({ attempt: account }))).toEqual(expired);
      const exchanged = await world.exchange({ ticket: account, secret: world.pool.secret });
      expect(refusal(exchanged)).toEqual({ status: 400, error: "ticket.invalid" });
    });

    test("a handle that is old: it is never extended", async () => {
      const person = stranger();
      await world.login(person);
      const { account } = (await world.account(person)).json<AccountReply>();
      await world.pass(590_000);
      const reply = await world.changeAccount(person, { change: "signOutEverywhere", account });
      expect(reply.json<AccountReply>()).toMatchObject({ account });
      expect(reply.json<AccountReply>().expiresIn).toBeLessThanOrEqual(10);
      await world.pass(11_000);
      expect(refusal(await world.changeAccount(person, { change: "keep", account }))).toEqual({
        status: 410,
        error: "attempt.expired",
      });
    });

    test("repetition: looks and changes of one person count together, another person's do not", async () => {
      const person = stranger();
      const { account } = (await world.account(person)).json<AccountReply>();
      const statuses: number[] = [];
      for (let nth = 0; nth < 22; nth++) {
        const look = nth % 2 === 0;
        const asked = look ? world.account(person) : world.changeAccount(person, { change: "keep", account });
        statuses.push((await asked).statusCode);
      }
      expect(statuses.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => 200));
      expect(statuses.slice(-2)).toEqual([429, 429]);
      expect((await world.account(stranger())).statusCode).toBe(200);
    });

    test("guesses: codes that WeChat refuses count with those of logins, by address", async () => {
      const from = `198.51.100.${dialect === "sqlite" ? 1 : 2}`;
      const guess = (url: string, body: Body) =>
        world.app.inject({ method: "POST", url, payload: body, remoteAddress: from });
      const { appId } = SHARED_APPLET;
      const account = () => guess("/oauth/app2wxapp/account/sessions", { code: "guessed-code", appId });
      const login = () =>
        guess(`/oauth/app2wxapp/attempts/${world.pool.id}`, {
          code: "guessed-code",
          appId,
          getPhone: false,
          callerAppId: CALLER,
        });
      const refused: number[] = [];
      // As another instance leaves it that counted nearly as many as are allowed.
      expect((await account()).statusCode).toBe(400);
      const key = world.vault.digest("limit", `login.failures|${from}`);
      await world.store.transaction((tx) => tx.script(`update limits set tat = tat + 600000 where key = '${key}'`));
      for (const call of [account, login, account]) refused.push((await call()).statusCode);
      expect(refused).toEqual([429, 429, 429]);
      expect((await world.account(stranger())).statusCode).toBe(200);
    });
  });
});
