import { beforeEach, expect, test } from "@jest/globals";
import type { PhoneNumberFailure } from "../../../phone/src/failures";
import { phone, world } from "../hooks";
import { readAsSwift } from "../../../phone/automation/test-phone";

let pool: string;

// One person begins ten logins in a pool and then one in ten seconds.
beforeEach(async () => {
  pool = await world.newPool();
});

/** Longer than WeChat refuses a second prompt. */
const A_WHILE = 11_000;

const CHOICES: PhoneNumberFailure[] = [
  "denyIos",
  "denyAndroid",
  "cancel",
  "denyOld",
  "privacyRefused",
  "privacyButton",
  "coupledRefused",
  "privacyRefusedNew",
  "tooFrequent",
];
const CIRCUMSTANCES: PhoneNumberFailure[] = [
  "noPermission",
  "quota",
  "undeclared",
  "undeclaredNew",
  "bannedNew",
  "banned",
  "userBlocked",
  "noPhoneBound",
  "systemPermission",
  "timeout",
  "network",
];

test.each([
  ["refuses", "400", CHOICES],
  ["cannot give", "409", CIRCUMSTANCES],
] as const)(
  "when the person %s the number the page says why, and cancelling tells the app %s",
  async (_, code, cases) => {
    await phone.renew();
    for (const phoneNumber of cases) {
      await phone.do("set", { phoneNumber });
      await phone.launch(await world.newPool(), { query: { state: phoneNumber } });
      await phone.tap("allow-phone");
      await phone.sees("notice");
      const answer = readAsSwift(String(await phone.parameter("cancel")));
      expect(answer).toEqual({ code, message: expect.stringMatching(/./), state: phoneNumber });
      await phone.do("hide");
    }
    expect(new Set(phone.wechatCalls())).toEqual(new Set(["jscode2session 0"]));
  },
);

test("a person who refused and thinks again is asked once more, not before WeChat would", async () => {
  await phone.renew({ questions: "refuse" });
  await phone.launch(pool);
  await phone.tap("allow-phone");
  await phone.sees("notice");
  await phone.at("allow-phone").waitFor({ state: "detached" });
  await phone.tap("proceed");
  await phone.do("set", { questions: "allow" });
  await phone.do("passTime", A_WHILE);
  await phone.tap("allow-phone");
  await phone.sees("confirm");
  const asked = (await phone.notes()).filter(({ name }) => name === "getPhoneNumber");
  expect(asked.map(({ detail }) => detail)).toEqual(["fail user deny", "ok"]);
});

test("a tap that WeChat swallows leaves the page usable", async () => {
  await phone.renew({ phoneNumber: "noEvent" });
  await phone.launch(pool);
  await phone.tap("allow-phone");
  await phone.tap("cancel");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "400" });
});

test("a base library that gives no code is told to the person, and the app learns 409", async () => {
  await phone.renew({ sdkVersion: "2.21.1", questions: "allow" });
  await phone.launch(pool);
  await phone.tap("allow-phone");
  await phone.sees("notice");
  await phone.tap("cancel");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "409" });
});

test("a person without a number who may go on without one is signed in", async () => {
  const relaxed = await world.newPool({ phoneOptional: true });
  await phone.renew({ person: "wang" });
  await phone.launch(relaxed);
  await phone.tap("allow-phone");
  await phone.tap("skip-phone");
  await phone.tap("confirm");
  expect(await world.exchange(relaxed, await phone.returned())).toMatchObject({ phone: null });
});

test("a number that was granted while the app opened the applet anew is not lost, and not paid for twice", async () => {
  await phone.renew();
  await phone.launch(pool);
  await phone.tap("allow-phone");
  await phone.page.locator(".sheet").waitFor();
  await phone.launch(pool, { query: { state: "again" } });
  await phone.answer("yes");
  await phone.tap("confirm");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200", state: "again" });
  expect(phone.wechatCalls().filter((call) => call.startsWith("getuserphonenumber"))).toHaveLength(1);
});

test("a number of somebody else than who logged in is refused, and the app learns 409", async () => {
  await phone.renew({ questions: "allow" });
  await phone.launch(pool);
  await phone.sees("allow-phone");
  await phone.do("set", { numberOf: "zhou" });
  await phone.tap("allow-phone");
  await phone.sees("return");
  await phone.tap("return");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "409" });
});
