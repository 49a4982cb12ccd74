import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { firstIdAt } from "../src/secrets/handles";
import { DIALECTS } from "./support/databases";
import { ADMIN_TOKEN, refusal, SHARED_APPLET, stranger, World } from "./support/world";

describe.each(DIALECTS)("what the console asks of administration on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  const bring = (users: object[], more: object = {}) =>
    world.admin("POST", `/pools/${world.pool.id}/users/import`, { users, ...more });
  const imported = async () => (await world.audit()).filter(({ event }) => event === "user.imported").length;

  test("a dry run says who is new and who is known, and writes nothing", async () => {
    const person = stranger({ phone: "+8613700137001" });
    await world.loginWithPhone(person);
    const users = [
      { phone: "+8613700137001" },
      { phone: "+8613700137002", nickname: "小林" },
      { phone: "+8613700137002" },
    ];
    const reply = await bring(users, { dryRun: true });
    expect(reply.json()).toEqual({ results: [{ outcome: "known" }, { outcome: "new" }, { outcome: "known" }] });
    expect(await imported()).toBe(0);
  });

  test("an import creates who is new once, however often it is sent", async () => {
    const users = [{ phone: "+8613700137003", nickname: "小林" }, { phone: "+8613700137004" }];
    expect((await bring(users)).json()).toEqual({ results: [{ outcome: "new" }, { outcome: "new" }] });
    expect((await bring(users)).json()).toEqual({ results: [{ outcome: "known" }, { outcome: "known" }] });
    expect(await imported()).toBe(2);
    const user = await world.loginWithPhone(stranger({ phone: "+8613700137003" }));
    expect(user).toMatchObject({ nickname: "小林" });
  });

  test.each([
    ["a number that is not E.164", [{ phone: "13700137000" }]],
    ["a field it does not know", [{ phone: "+8613700137005", admin: true }]],
    ["nobody", []],
    [
      "more than one request may carry",
      Array.from({ length: 201 }, (_, n) => ({ phone: `+86137001${String(n).padStart(5, "0")}` })),
    ],
  ])("an import of %s is refused whole", async (_, users) => {
    const before = await imported();
    expect(refusal(await bring(users))).toEqual({ status: 422, error: "request.invalid" });
    expect(await imported()).toBe(before);
  });

  test("a change made from what another operator has changed since is refused", async () => {
    const pool = await world.createPool();
    const { updatedAt } = (await world.admin("GET", `/pools/${pool.id}`)).json<{ pool: { updatedAt: number } }>().pool;
    const change = (name: string, readAs: number) =>
      world.adminApp.inject({
        method: "PATCH",
        url: `/admin/v1/pools/${pool.id}`,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, "if-match": `"${readAs}"` },
        payload: { name },
      });
    await world.pass(5);
    const first = await change("先来的", updatedAt);
    expect(first.statusCode).toBe(200);
    expect(refusal(await change("后来的", updatedAt))).toEqual({ status: 412, error: "request.invalid" });
    expect((await world.admin("GET", `/pools/${pool.id}`)).json()).toMatchObject({ pool: { name: "先来的" } });
  });

  test("a pool keeps the original id by which apps open its applet", async () => {
    await world.changePool({ wechatUserName: "gh_0123456789ab" });
    expect((await world.admin("GET", `/pools/${world.pool.id}`)).json()).toMatchObject({
      pool: { wechatUserName: "gh_0123456789ab" },
    });
    const wrong = await world.admin("PATCH", `/pools/${world.pool.id}`, { wechatUserName: "wx0123456789ab" });
    expect(wrong.statusCode).toBe(422);
  });
});

test("an operator is told the addresses and ids an app needs, and no secret", async () => {
  const world = await World.open({
    settings: {
      wechatUserName: "gh_shared",
      phoneOrigin: "http://127.0.0.1:4690",
      wechatApiOrigin: "http://127.0.0.1:9",
    },
  });
  expect((await world.admin("GET", "/surroundings")).json()).toEqual({
    publicOrigin: "https://auth.example.com",
    sharedApplet: { appId: SHARED_APPLET.appId, userName: "gh_shared" },
    phoneOrigin: "http://127.0.0.1:4690",
    standIn: true,
  });
  await world.close();
});

test("a rare entry of a long audit log is found stretch by stretch, each of which takes no longer than another", async () => {
  const world = await World.open();
  const early = await world.createPool({ name: "早" });
  await world.pass(1000);
  const now = await world.now();
  await world.store.transaction((tx) =>
    tx.script(`
      with recursive n (i) as (select 0 union all select i + 1 from n where i < 24999)
      insert into audit (id, at, pool_id, actor, event, subject, details)
      select '${firstIdAt(now)}' || printf('%012x', i), ${now}, '${world.pool.id}', 'server', 'user.created', null, '{}' from n`),
  );
  const ask = async (query: string) =>
    (await world.admin("GET", `/audit?${query}`)).json<{ entries: { subject: string }[]; next: string | null }>();
  const first = await ask("event=pool.created");
  expect(first).toEqual({ entries: [], next: expect.any(String) });
  const second = await ask(`event=pool.created&before=${first.next}`);
  expect(second).toMatchObject({ entries: [{ subject: early.id }, { subject: world.pool.id }], next: null });
  // Bounds of time and pool skip what is between.
  expect(await ask(`event=pool.created&to=${now}`)).toMatchObject({ entries: [{}, {}], next: null });
  expect(await ask(`pool=${early.id}`)).toMatchObject({ entries: [{ subject: early.id }], next: null });
  expect((await ask("limit=2")).next).not.toBeNull();
  await world.close();
});
