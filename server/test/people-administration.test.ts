import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { LIMITS } from "../src/limits/limits";
import { Refusal } from "../src/refusal";
import { DIALECTS } from "./support/databases";
import { ADMIN_TOKEN, CALLER, refusal, SHARED_APPLET, stranger, World, type Body } from "./support/world";

const READER_TOKEN = "a-readers-token-with-plenty-of-bytes";

describe.each(DIALECTS)("who administers on %s", (dialect) => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({
      dialect,
      settings: {
        admins: [
          { name: "ada", role: "owner", token: ADMIN_TOKEN },
          { name: "eve", role: "reader", token: READER_TOKEN },
        ],
      },
    });
    world.secrets.watch(READER_TOKEN);
  });
  afterAll(() => world.close());

  const people = (path: string) => `/pools/${world.pool.id}/users${path}`;
  const shown = async () => (await world.audit()).filter(({ event }) => event === "user.phone_shown");
  const usersAt = async (query: string) => (await world.admin("GET", people(query))).json<{ users: Body[] }>().users;

  test("finds a person by number, unionid, openid and id, by one of them at a time", async () => {
    const person = stranger();
    const id = String((await world.loginWithPhone(person))["_id"]);
    await world.login(stranger());
    const bare = String(person.phone).replace("+86", "");
    const questions = [
      `?id=${id}`,
      `?phone=${encodeURIComponent(String(person.phone))}`,
      `?phone=${bare}`,
      `?phone=${encodeURIComponent(`+86 ${bare.slice(0, 3)}-${bare.slice(3)}`)}`,
      `?unionid=${person.unionid}`,
      `?openid=${person.openid}&appId=${SHARED_APPLET.appId}`,
    ];
    for (const query of questions)
      expect([query, (await usersAt(query)).map((user) => user["id"])]).toEqual([query, [id]]);
    expect(await usersAt("?phone=13900000000")).toEqual([]);
    expect(await usersAt(`?openid=${person.openid}&appId=wxother`)).toEqual([]);
    for (const query of [`?id=${id}&phone=${bare}`, `?openid=${person.openid}`]) {
      expect((await world.admin("GET", people(query))).statusCode).toBe(422);
    }
    const one = (await world.admin("GET", people(`/${id}`))).json<{ user: Body; identities: Body[] }>();
    expect(one.user["id"]).toBe(id);
    expect(one.identities).toEqual([expect.objectContaining({ appId: SHARED_APPLET.appId, openid: person.openid })]);
  });

  test("sees numbers masked where that is enough, a reader always, and whoever asks for one is written down", async () => {
    const person = stranger();
    const id = String((await world.loginWithPhone(person))["_id"]);
    const masked = expect.stringMatching(/^\d{3}\*{4}\d{4}$/);
    expect((await usersAt(`?id=${id}&masked=true`))[0]?.["phone"]).toEqual(masked);
    expect((await usersAt(`?id=${id}`))[0]?.["phone"]).toBe(`+86${person.phone}`);
    const reader = { bearer: READER_TOKEN };
    const seen = await world.call("GET", `/admin/v1${people(`?id=${id}`)}`, reader);
    expect(seen.json<{ users: Body[] }>().users[0]?.["phone"]).toEqual(masked);
    expect((await world.call("POST", `/admin/v1${people(`/${id}/phone`)}`, reader)).statusCode).toBe(403);
    expect((await world.admin("POST", people(`/${id}/phone`))).json()).toEqual({ phone: `+86${person.phone}` });
    const one = async (query: string) => (await world.admin("GET", people(`/${id}${query}`))).json<{ user: Body }>();
    expect((await one("?masked=true")).user["phone"]).toEqual(masked);
    expect((await one("")).user["phone"]).toBe(`+86${person.phone}`);
    const changed = [
      await world.admin("POST", people(`/${id}/sign-out`)),
      await world.admin("PATCH", people(`/${id}`), { blocked: false }),
    ];
    for (const response of changed) expect(response.json<{ user: Body }>().user["phone"]).toEqual(masked);
    // The list, the number, the person: in full each time; masked never.
    const ofPerson = (await shown()).filter(({ subject }) => subject === id);
    expect(ofPerson).toEqual(Array(3).fill(expect.objectContaining({ actor: "admin:ada", details: {} })));
  });

  test("who asks for a list of whole numbers is written down once, with how many there were", async () => {
    await world.loginWithPhone(stranger());
    await world.loginWithPhone(stranger());
    await world.login(stranger());
    const whole = (await usersAt("?limit=999")).filter(({ phone }) => phone !== null);
    expect(await shown()).toContainEqual(
      expect.objectContaining({ actor: "admin:ada", subject: null, details: { users: whole.length } }),
    );
    const before = (await shown()).length;
    await usersAt("?limit=999&masked=true");
    expect(await usersAt("?openid=nobody&appId=wxnobody")).toEqual([]);
    expect(await shown()).toHaveLength(before);
  });

  test("a reader who looks for numbers is written down, and cannot try them all; an owner is not slowed", async () => {
    const search = (nth: number, bearer: string) =>
      world.call("GET", `/admin/v1${people(`?phone=1380013${1000 + nth}&masked=true`)}`, { bearer });
    const tally: Record<number, number> = {};
    for (let nth = 0; nth < LIMITS["phone.search"].burst + 3; nth++) {
      const { statusCode } = await search(nth, READER_TOKEN);
      tally[statusCode] = (tally[statusCode] ?? 0) + 1;
    }
    expect(tally).toEqual({ 200: LIMITS["phone.search"].burst, 429: 3 });
    expect(refusal(await search(0, READER_TOKEN))).toMatchObject({ status: 429, error: "rate.limited" });
    expect((await search(0, ADMIN_TOKEN)).statusCode).toBe(200);
    await world.pass(60_000);
    expect((await search(0, READER_TOKEN)).statusCode).toBe(200);
    const entries = (await world.audit()).filter(({ event }) => event === "user.phone_searched");
    expect(entries.filter(({ actor }) => actor === "admin:eve")).toHaveLength(LIMITS["phone.search"].burst + 1);
    expect(entries[0]).toMatchObject({ subject: null, details: {}, poolId: world.pool.id });
    const nowhere = `/admin/v1/pools/${"f".repeat(24)}/users?phone=13800138000`;
    expect((await world.call("GET", nowhere, { bearer: READER_TOKEN })).statusCode).toBe(404);
    expect((await world.audit()).filter(({ event }) => event === "user.phone_searched")).toHaveLength(entries.length);
  });

  test("signs a person out everywhere: former tokens and logins in progress end, and the next login works at once", async () => {
    const person = stranger();
    const before = await world.login(person);
    const waiting = await world.ticket(person);
    const id = String(before["_id"]);
    const active = async (token: unknown) => {
      const body = { token: String(token), secret: world.pool.secret };
      return (await world.call("POST", `/oauth/introspect/${world.pool.id}`, { body })).json<Body>()["active"];
    };
    const other = await world.login(stranger());
    expect(await active(before["token"])).toBe(true);
    // Half a second past a whole one, which is all that tokens tell.
    await world.pass(1500);
    const response = await world.admin("POST", people(`/${id}/sign-out`));
    expect(response.json<{ user: Body }>().user["tokensValidFrom"]).toEqual(expect.any(Number));
    expect([await active(before["token"]), await active(other["token"])]).toEqual([false, true]);
    expect(refusal(await world.exchange({ ticket: waiting, secret: world.pool.secret }))).toMatchObject({
      status: 400,
    });
    expect(await active((await world.login(person))["token"])).toBe(true);
    expect(await world.audit()).toContainEqual(expect.objectContaining({ event: "user.signed_out", subject: id }));
  });

  test("reads when a person logged in, through which app and how it ended, and nothing of it once they are erased", async () => {
    const person = stranger();
    const ticket = await world.ticket(person);
    const id = String((await world.redeem(ticket))["_id"]);
    await world.exchange({ ticket, secret: world.pool.secret });
    await world.admin("PATCH", people(`/${id}`), { blocked: true });
    await world.attempt(person);
    const logins = async (path: string) => (await world.admin("GET", path)).json<{ logins: Body[] }>().logins;
    const ofPerson = await logins(people(`/${id}/logins`));
    expect(ofPerson.map(({ outcome, callerAppId }) => [outcome, callerAppId])).toEqual([
      ["user.blocked", CALLER],
      ["ok", CALLER],
    ]);
    const ofPool = await logins(`/pools/${world.pool.id}/logins?outcome=ticket.used`);
    expect(ofPool.length).toBeGreaterThan(0);
    expect(new Set(ofPool.map(({ outcome }) => outcome))).toEqual(new Set(["ticket.used"]));
    expect(await logins(`/pools/${world.pool.id}/logins?app=wxnobody`)).toEqual([]);
    const [newest] = ofPerson;
    expect(await logins(people(`/${id}/logins?before=${String(newest?.["id"])}`))).toHaveLength(1);
    // What is yet to be written of them is not written any more.
    await world.attempt(person);
    expect((await world.admin("DELETE", people(`/${id}`))).statusCode).toBe(204);
    expect(await logins(people(`/${id}/logins`))).toEqual([]);
    expect(await usersAt(`?id=${id}`)).toEqual([]);
  });

  test("reads sums by time and outcome, which all instances add to", async () => {
    const pool = await world.createPool();
    // What is recorded has the time of the process, which is the injected one.
    const from = Date.parse("2026-02-28T23:00:00Z");
    for (let nth = 0; nth < 3; nth++) await world.login(stranger(), {}, pool);
    await world.exchange({ ticket: "none", secret: pool.secret }, pool);
    await world.attempt(stranger(), { callerAppId: "wxnobody" }, pool);
    const sums = async (path: string, step: string) => {
      const response = await world.admin("GET", `${path}?from=${from}&to=${from + 10 * 86_400_000}&step=${step}`);
      return response.json<{ figures: (Body & { count: number })[] }>().figures;
    };
    for (const step of ["minute", "hour", "day"]) {
      const tally: Record<string, number> = {};
      for (const { topic, outcome, count } of await sums(`/pools/${pool.id}/figures`, step)) {
        const name = `${String(topic)} ${String(outcome)}`;
        tally[name] = (tally[name] ?? 0) + count;
      }
      expect(tally).toEqual({
        "attempt app.not_allowed": 1,
        "attempt ok": 3,
        "exchange ok": 3,
        "exchange ticket.invalid": 1,
      });
    }
    const all = await sums("/figures", "day");
    expect(all.find(({ topic, outcome }) => topic === "exchange" && outcome === "ok")?.count).toBeGreaterThanOrEqual(3);
  });

  test("reads the audit log by actor, event, subject and time", async () => {
    const id = String((await world.login(stranger()))["_id"]);
    const at = await world.now();
    await world.pass(5000);
    await world.admin("PATCH", people(`/${id}`), { blocked: true });
    const entries = async (query: string) =>
      (await world.admin("GET", `/audit?${query}`)).json<{ entries: Body[] }>().entries;
    expect((await entries(`subject=${id}`)).map(({ event }) => event)).toEqual(["user.blocked", "user.created"]);
    expect((await entries(`subject=${id}&event=user.blocked`)).length).toBe(1);
    expect((await entries(`subject=${id}&actor=server`)).map(({ event }) => event)).toEqual(["user.created"]);
    expect((await entries(`pool=${world.pool.id}&subject=${id}`)).length).toBe(2);
    // On SQLite the injected clock tells one from the other.
    const late = dialect === "sqlite" ? ["user.blocked"] : ["user.blocked", "user.created"];
    const from = dialect === "sqlite" ? at + 1 : at - 60_000;
    expect((await entries(`subject=${id}&from=${from}`)).map(({ event }) => event)).toEqual(late);
    expect(await entries(`subject=${id}&to=${at - 60_000}`)).toEqual([]);
  });

  test("hears from WeChat whether it takes a pool's credentials", async () => {
    const check = async () => (await world.admin("POST", `/pools/${world.pool.id}/wechat-check`)).json<Body>();
    expect(await check()).toEqual({ appId: SHARED_APPLET.appId, ok: true });
    world.wechat.refusesCredentials = new Refusal("wechat.misconfigured", { cause: { errcode: 40_125 } });
    expect(await check()).toEqual({
      appId: SHARED_APPLET.appId,
      ok: false,
      error: "wechat.misconfigured",
      errcode: 40_125,
    });
    world.wechat.refusesCredentials = undefined;
    expect((await world.admin("GET", "/wechat")).json()).toEqual({
      applets: [{ appId: SHARED_APPLET.appId, state: "open", running: 0, waiting: 0 }],
    });
  });
});
