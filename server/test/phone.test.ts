import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AttemptReply } from "@app2wxapp/protocol";
import { asReference, e164, maskedPhone } from "../src/accounts/phone-number";
import { DIALECTS } from "./support/databases";
import type { TestPerson } from "./support/people";
import { refusal, stranger, World, type TestPool } from "./support/world";

const DAY = 86_400_000;
const PHONE_REQUIRED = { status: 422, error: "phone.required" };

describe.each(DIALECTS)("the phone number on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  const opened = async (person: TestPerson, getPhone: boolean, pool: TestPool = world.pool) =>
    (await world.attempt(person, { getPhone }, pool)).json<AttemptReply>();

  test("is asked for as the pool says: never, when the app asks, or always", async () => {
    const needs = async (phone: string, getPhone: boolean) =>
      (await opened(stranger(), getPhone, await world.createPool({ phone }))).needs;
    expect(await needs("never", true)).toEqual([]);
    expect(await needs("onRequest", false)).toEqual([]);
    expect(await needs("onRequest", true)).toEqual(["phone"]);
    expect(await needs("always", false)).toEqual(["phone"]);
  });

  test("that was not asked for is not given, though the server knows it", async () => {
    const person = stranger();
    await world.loginWithPhone(person);
    const user = await world.login(person);
    expect(user["phone"]).toBeNull();
    expect(JSON.parse(String(user["oauth"]))).toMatchObject({ phone: null });
    const reply = await opened(person, false);
    expect(reply.user).toMatchObject({ phone: null });
  });

  test("that was not asked for is not taken either: its code is not even shown to WeChat", async () => {
    const person = stranger();
    const { attempt } = await opened(person, false);
    const calls = world.wechat.phoneCalls;
    const reply = await world.tickets({ attempt, phoneCode: world.wechat.phoneCode(person) });
    expect(reply.statusCode).toBe(200);
    expect(world.wechat.phoneCalls).toBe(calls);
  });

  test("is known for the pool's number of days, by pool and openid", async () => {
    const pool = await world.createPool({ phoneMaxAgeDays: 30 });
    const person = stranger();
    await world.loginWithPhone(person, pool);
    await world.pass(30 * DAY - 60_000);
    expect((await opened(person, true, pool)).needs).toEqual([]);
    expect((await opened({ ...person, openid: "another-openid-of-theirs" }, true, pool)).needs).toEqual(["phone"]);
    expect((await opened(person, true)).needs).toEqual(["phone"]);
    await world.pass(120_000);
    expect((await opened(person, true, pool)).needs).toEqual(["phone"]);
  });

  test("that is only used again does not grow younger", async () => {
    const pool = await world.createPool({ phoneMaxAgeDays: 30 });
    const person = stranger();
    await world.loginWithPhone(person, pool);
    await world.pass(20 * DAY);
    await world.redeem(String((await opened(person, true, pool)).ticket), pool);
    await world.pass(11 * DAY);
    expect((await opened(person, true, pool)).needs).toEqual(["phone"]);
  });

  test("can be declined only where the pool allows it, for as long as the attempt lives", async () => {
    const strict = await opened(stranger(), true);
    expect(strict.phoneOptional).toBe(false);
    expect(refusal(await world.tickets({ attempt: strict.attempt, withoutPhone: true }))).toEqual(PHONE_REQUIRED);

    const pool = await world.createPool({ phoneOptional: true });
    const person = stranger();
    const lenient = await opened(person, true, pool);
    expect(lenient).toMatchObject({ phoneOptional: true, needs: ["phone"] });
    expect(refusal(await world.tickets({ attempt: lenient.attempt }, pool))).toEqual(PHONE_REQUIRED);
    expect((await world.tickets({ attempt: lenient.attempt, withoutPhone: true }, pool)).statusCode).toBe(200);
    const renewed = await world.tickets({ attempt: lenient.attempt }, pool);
    expect(await world.redeem(renewed.json<{ ticket: string }>().ticket, pool)).toMatchObject({ phone: null });
    await world.changePool({ phoneOptional: false }, pool);
    expect((await opened(person, true, pool)).needs).toEqual(["phone"]);
  });

  test("survives a lost reply: the same code again costs nothing and asks WeChat nothing", async () => {
    const person = stranger();
    const { attempt } = await opened(person, true);
    const phoneCode = world.wechat.phoneCode(person);
    await world.tickets({ attempt, phoneCode });
    const calls = world.wechat.phoneCalls;
    const again = await world.tickets({ attempt, phoneCode });
    expect(again.json()).toMatchObject({ user: { phone: maskedPhone(String(person.phone)) } });
    expect(world.wechat.phoneCalls).toBe(calls);
  });

  test("that a person gives anew, once the former is too old, is theirs from then on", async () => {
    const pool = await world.createPool({ phoneMaxAgeDays: 1 });
    const person = stranger();
    await world.loginWithPhone(person, pool);
    await world.pass(2 * DAY);
    const moved = { ...person, phone: "13500135000" };
    expect((await world.loginWithPhone(moved, pool))["phone"]).toBe("13500135000");
    const next = await opened(moved, true, pool);
    expect(next).toMatchObject({ needs: [], user: { phone: "135****5000" } });
    const { users } = (await world.admin("GET", `/pools/${pool.id}/users`)).json<{ users: { phone: string }[] }>();
    expect(users.map(({ phone }) => phone)).toEqual(["+8613500135000"]);
    // It is as old as its own verification, not as the former's.
    await world.pass(DAY / 2);
    expect((await opened(moved, true, pool)).needs).toEqual([]);
  });

  test("given twice at once with one code is given", async () => {
    const person = stranger();
    const { attempt } = await opened(person, true);
    const body = { attempt, phoneCode: world.wechat.phoneCode(person) };
    const replies = await Promise.all([world.tickets(body), world.tickets(body), world.tickets(body)]);
    expect(replies.map(({ statusCode }) => statusCode)).toContain(200);
    expect((await world.tickets({ attempt })).statusCode).toBe(200);
  });

  test("of somebody else than who logs in is refused", async () => {
    const { attempt } = await opened(stranger(), true);
    const phoneCode = world.wechat.phoneCode(stranger());
    expect(refusal(await world.tickets({ attempt, phoneCode }))).toEqual({ status: 403, error: "phone.mismatch" });
    expect(refusal(await world.tickets({ attempt }))).toEqual(PHONE_REQUIRED);
  });

  test("may be tried five times in one attempt, then no more", async () => {
    const person = stranger();
    const { attempt } = await opened(person, true);
    for (let round = 0; round < 5; round++) {
      const reply = await world.tickets({ attempt, phoneCode: `made up ${round}` });
      expect(refusal(reply)).toEqual({ status: 400, error: "phone_code.invalid" });
    }
    const calls = world.wechat.phoneCalls;
    const sixth = await world.tickets({ attempt, phoneCode: world.wechat.phoneCode(person) });
    expect(refusal(sixth)).toEqual({ status: 429, error: "rate.limited" });
    expect(Number(sixth.headers["retry-after"])).toBeGreaterThan(500);
    expect(Number(sixth.headers["retry-after"])).toBeLessThanOrEqual(600);
    expect(world.wechat.phoneCalls).toBe(calls);
    expect((await opened(person, true)).needs).toEqual(["phone"]);
  });

  test("is not asked of WeChat before the person agreed; its code is not spent and works afterwards", async () => {
    const agreements = [{ title: "条款", text: "……", version: "2026-01", required: true }];
    const pool = await world.createPool({ agreements });
    const person = stranger();
    const { attempt } = await opened(person, true, pool);
    const phoneCode = world.wechat.phoneCode(person);
    const calls = world.wechat.phoneCalls;
    expect(refusal(await world.tickets({ attempt, phoneCode }, pool)).error).toBe("agreements.required");
    expect(world.wechat.phoneCalls).toBe(calls);
    const reply = await world.tickets({ attempt, phoneCode, agreed: ["2026-01"] }, pool);
    expect(reply.json()).toMatchObject({ user: { phone: maskedPhone(String(person.phone)) } });
  });
});

test("a mask shows what its owner recognises and nobody can dial", () => {
  expect(maskedPhone("+8613800138000")).toBe("138****8000");
  expect(maskedPhone("+85261234567")).toBe("+****4567");
  expect(maskedPhone("+12025550123")).toBe("+****0123");
  expect(maskedPhone("12345")).toBe("****45");
});

test.each([
  ["13800138000", undefined, undefined, "+8613800138000"],
  ["13800138000", "13800138000", "86", "+8613800138000"],
  ["+85261234567", "61234567", "852", "+85261234567"],
  ["85261234567", "61234567", "852", "+85261234567"],
  ["13105551234", "3105551234", "1", "+13105551234"],
  ["+13105551234", undefined, undefined, "+13105551234"],
  // WeChat's page has the country's code as text, its example as a number.
  ["13105551234", "3105551234", 1, "+13105551234"],
  ["13800138000", "13800138000", 86, "+8613800138000"],
  // Half of the parts say nothing; the rest may be an American number that looks like a Chinese one.
  ["13105551234", "3105551234", undefined, undefined],
  ["13105551234", "3105551234", null, undefined],
  ["13105551234", undefined, "1", undefined],
  ["13105551234", null, 1, undefined],
  ["13800138000", "13800138000", [86], undefined],
  ["1+3800138000", "13800138000", "86", undefined],
  ["", "", "8613800138000", undefined],
  // Of which country?
  ["61234567", undefined, undefined, undefined],
  ["12025550123", undefined, undefined, undefined],
  // Two numbers in one answer.
  ["13800138000", "13900139000", "86", undefined],
  ["13800138000", "13800138000", "8 6", undefined],
  ["+0123456789", undefined, undefined, undefined],
  ["+1234567890123456", undefined, undefined, undefined],
  ["", "", "86", undefined],
  // A second spelling, and a digit too few: nobody would find the account again.
  ["+86013800138000", undefined, undefined, undefined],
  ["013800138000", "013800138000", "86", undefined],
  ["+861380013800", undefined, undefined, undefined],
  ["+86138001380000", undefined, undefined, undefined],
  ["+868613800138000", undefined, undefined, undefined],
  ["8613800138000", "8613800138000", "86", undefined],
  ["+8601012345678", undefined, undefined, undefined],
  ["+86075512345678", undefined, undefined, undefined],
  ["+8675512345678", undefined, undefined, "+8675512345678"],
  // Parts of which one is missing.
  ["13800138000", "13800138000", "", undefined],
  ["8613800138000", "", "8613800138000", undefined],
  ["13800138000", "3800138000", "0", undefined],
  ["13800138000", "00138000", "1380", undefined],
  ["+861012345678", undefined, undefined, "+861012345678"],
  ["+390612345678", undefined, undefined, "+390612345678"],
])(
  "WeChat's phoneNumber %p, purePhoneNumber %p, countryCode %p is %p",
  (phoneNumber, purePhoneNumber, countryCode, number) => {
    expect(e164({ phoneNumber, purePhoneNumber, countryCode })).toBe(number);
  },
);

test("the reference's user object has a Chinese number bare, and any other with its country", () => {
  expect(asReference("+8613800138000")).toBe("13800138000");
  // A landline of Beijing is no number to send a message to, and no other's either.
  expect(asReference("+861012345678")).toBe("+861012345678");
  expect(asReference("+13105551234")).toBe("+13105551234");
});
