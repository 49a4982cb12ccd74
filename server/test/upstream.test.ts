import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { statement } from "../src/store/statement";
import { createWeChat } from "../src/wechat/client";
import {
  answers,
  errcode,
  FaultyWeChat,
  LOGIN,
  PERSON,
  phoneReply,
  PHONE,
  TOKEN,
  type Behaviour,
} from "./support/wechat-fault";
import { refusal, SHARED_APPLET, stranger, World, type Body } from "./support/world";

const attempts = statement<object, { openid: string }>("select openid from attempts");
const users = statement<object, { id: string }>("select id from users");

describe("a login while WeChat is ill", () => {
  let wechat: FaultyWeChat;
  let world: World;
  let time = 0;
  beforeAll(async () => {
    wechat = new FaultyWeChat();
    await wechat.start();
    world = await World.open({
      wechat: (store, vault, clock) =>
        createWeChat({ origin: wechat.origin, store, vault, clock: () => clock() + time, budgetMilliseconds: 300 }),
    });
  });
  beforeEach(() => {
    wechat.reset();
    time += 86_400_000;
  });
  afterAll(async () => {
    await world.close();
    await wechat.stop();
  });

  const attempt = (body: Body = {}) => world.attempt(stranger(), { code: "a code", ...body });
  const stored = () =>
    world.store.read(async (tx) => ({
      attempts: (await tx.all(attempts, {})).length,
      users: (await tx.all(users, {})).length,
    }));

  test.each<[string, Behaviour]>([
    ["answers HTML", (response) => response.writeHead(200).end("<html>")],
    ["answers nothing of a person", answers({ session_key: "s" })],
    ["answers a null openid", answers({ ...PERSON, openid: null })],
    ["breaks the connection", (response) => response.destroy()],
    ["is silent", () => undefined],
    ["is misconfigured", errcode(40_125)],
  ])("that %s: 502, and no attempt, no ticket, no user", async (_title, behaviour) => {
    wechat.on(LOGIN, behaviour);
    const before = await stored();
    const response = await attempt();
    expect(response.statusCode).toBe(502);
    expect(response.json()).not.toHaveProperty("ticket");
    expect(await stored()).toEqual(before);
  });

  test("says nothing of WeChat's own words to the client", async () => {
    wechat.on(LOGIN, errcode(40_029));
    const response = await attempt();
    expect(refusal(response)).toEqual({ status: 400, error: "wechat_code.invalid" });
    expect(response.body).not.toContain("hint");
  });

  test("limits who comes too often with 429 and Retry-After, and tells who WeChat holds", async () => {
    wechat.on(LOGIN, errcode(45_011));
    const limited = await attempt();
    expect(refusal(limited)).toEqual({ status: 429, error: "rate.limited" });
    expect(limited.headers["retry-after"]).toBe("60");
    wechat.on(LOGIN, errcode(40_226));
    expect(refusal(await attempt())).toEqual({ status: 403, error: "user.blocked" });
  });

  test("keeps nobody from exchanging a ticket, however long it hangs", async () => {
    const { ticket } = (await attempt()).json<{ ticket: string }>();
    wechat.on(LOGIN, () => undefined);
    const hanging = Promise.all(Array.from({ length: 50 }, () => attempt()));
    let hung = true;
    void hanging.then(() => (hung = false));
    const exchanged = await world.exchange({ ticket, secret: world.pool.secret });
    expect([exchanged.statusCode, hung]).toEqual([200, true]);
    // Those that were sent, and those that waited for their turn until it was too late.
    expect(new Set((await hanging).map(({ statusCode }) => statusCode))).toEqual(new Set([502, 503]));
  });

  test("a phone whose watermark is another applet's is not taken", async () => {
    const { attempt: handle } = (await attempt({ getPhone: true })).json<Body>();
    wechat.on(PHONE, answers(phoneReply({ watermark: { appid: "wxother" } })));
    const tickets = () => world.tickets({ attempt: handle, phoneCode: "a phone code" });
    expect(refusal(await tickets())).toEqual({ status: 502, error: "wechat.unavailable" });
    wechat.on(PHONE, answers(phoneReply({ watermark: { appid: SHARED_APPLET.appId } })));
    expect((await tickets()).statusCode).toBe(200);
  });

  test("a phone while the access token cannot be had is refused, and the attempt lives on", async () => {
    await world.pass(86_400_000);
    const { attempt: handle } = (await attempt({ getPhone: true })).json<Body>();
    wechat.on(TOKEN, errcode(40_164));
    const response = await world.tickets({ attempt: handle, phoneCode: "a phone code" });
    expect(refusal(response)).toEqual({ status: 502, error: "wechat.misconfigured" });
    expect(refusal(await world.tickets({ attempt: handle })).error).toBe("phone.required");
  });
});
