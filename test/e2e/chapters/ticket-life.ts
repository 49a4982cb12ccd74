import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { phone, world } from "../hooks";
import { readAsSwift } from "../../../phone/automation/test-phone";

let pool: string;

beforeAll(async () => {
  pool = await world.newPool();
});
beforeEach(async () => {
  await phone.renew();
  await phone.launch(pool, { getPhone: false });
  await phone.sees("confirm");
});

/** What the button that confirms would hand over; null while it is a plain one. */
const proof = async () => ((await phone.at("confirm").count()) === 0 ? null : phone.parameter("confirm"));

test("a person who takes their time has a fresh ticket all along, and the former one still works meanwhile", async () => {
  const first = await proof();
  await phone.do("set", { requestLatency: 500 });
  await phone.do("passTime", 51_000);
  expect(await proof()).toBe(first);
  await phone.hasHadAnswers(2);
  await phone.applet.locator(`#confirm:not([app-parameter="${first}"])`).waitFor();
  expect(phone.requests("applet")).toEqual(["POST attempts 200", "POST tickets 200"]);
  expect(await world.exchange(pool, String(first))).toHaveProperty("_id");
});

test("hidden for two minutes, the applet launches nothing on the first tap; it renews, and the next tap works", async () => {
  const first = await proof();
  await phone.do("hide");
  expect(await proof()).toBeNull();
  await phone.do("passTime", 119_000);
  await phone.do("open", { scene: 1089 });
  await phone.tap("confirm");
  const answer = await phone.returned();
  expect(answer).not.toBe(first);
  expect(await world.exchange(pool, answer)).toHaveProperty("_id");
});

test("hidden for a moment, the ticket is the same and nobody is asked", async () => {
  const first = await proof();
  await phone.do("hide");
  await phone.do("passTime", 3000);
  await phone.do("open", { scene: 1089 });
  await phone.tap("confirm");
  expect(await phone.returned()).toBe(first);
  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
});

test.each([
  ["an hour back", 3_600_000],
  ["an hour ahead", -3_600_000],
])("a clock that is set %s costs at most a renewal", async (_, back) => {
  await phone.do("setClockBack", back);
  await phone.do("hide");
  await phone.do("open", { scene: 1089 });
  await phone.tap("confirm");
  const answer = await phone.returned();
  expect(await world.exchange(pool, answer)).toHaveProperty("_id");
});

test("a login that is over at the server ends with 408 and can start over", async () => {
  await world.exchange(pool, String(await proof()));
  await phone.do("hide");
  await phone.do("passTime", 119_000);
  await phone.do("open", { scene: 1089 });
  await phone.sees("return");
  expect(readAsSwift(String(await phone.parameter("return")))).toMatchObject({ code: "408" });
  await phone.tap("retry");
  await phone.tap("confirm");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200" });
});

test("after the answer went out, coming back offers it again with another ticket of the same login", async () => {
  await phone.tap("confirm");
  const first = await phone.returned();
  await phone.do("open", { scene: 1089 });
  await phone.tap("retry");
  await phone.tap("confirm");
  const second = await phone.returned(2);
  expect(readAsSwift(second)["ticket"]).not.toBe(readAsSwift(first)["ticket"]);
  expect(readAsSwift(second)).toMatchObject({ code: "200", state: "s1" });
});
