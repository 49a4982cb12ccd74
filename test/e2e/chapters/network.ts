import { afterEach, beforeAll, expect, test } from "@jest/globals";
import type { Device } from "../../../phone/src/device";
import { phone, world } from "../hooks";
import { readAsSwift } from "../../../phone/automation/test-phone";

let pool: string;

beforeAll(async () => {
  pool = await world.newPool();
});
afterEach(() => {
  world.wechat.fail("/sns/jscode2session", undefined);
  world.wechat.fail("/wxa/business/getuserphonenumber", undefined);
  // A wx.login code that is sent twice would be answered with 40163.
  expect(phone.wechatCalls()).not.toContain("jscode2session 40163");
});

const words = async () => (await phone.at("notice").innerText()).trim();

test("whatever is wrong with the network, the person is told to see to it, the app learns 503, and another try works once it is good", async () => {
  const kinds: Partial<Device>[] = [{ network: "offline" }, { network: "timeout" }, { network: "interrupted" }];
  for (const kind of kinds) {
    await phone.renew(kind);
    await phone.launch(pool, { getPhone: false });
    await phone.sees("notice");
    expect(await words()).toBe("网络连接失败。请检查网络后重试");
    await phone.do("set", { network: "online" });
    await phone.tap("retry");
    await phone.sees("confirm");
  }

  await phone.renew({ network: "offline" });
  await phone.launch(pool, { getPhone: false });
  await phone.tap("return");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "503", state: "s1" });
});

test("a server that is not on the domain list is told as what it is: no retry would help", async () => {
  await phone.renew({ network: "domainNotListed" });
  await phone.launch(pool, { getPhone: false });
  await phone.sees("notice");
  expect(await phone.at("retry").count()).toBe(0);
  await phone.tap("return");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "503" });
});

test("a request that WeChat broke off in the background is made again when the person is back", async () => {
  await phone.renew({ network: "interrupted" });
  await phone.launch(pool, { getPhone: false });
  await phone.sees("notice");
  await phone.do("hide");
  await phone.do("set", { network: "online" });
  await phone.do("open", { scene: 1089 });
  await phone.sees("confirm");
  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
});

test.each([
  [-1, "502", true],
  [40125, "502", false],
  [45011, "429", true],
] as const)(
  "WeChat's server answers %i: the app learns %s, and a retry is offered: %s",
  async (errcode, code, retry) => {
    await phone.renew();
    world.wechat.fail("/sns/jscode2session", errcode);
    await phone.launch(pool, { getPhone: false });
    await phone.sees("return");
    expect(await phone.at("retry").count()).toBe(retry ? 1 : 0);
    await phone.tap("return");
    expect(readAsSwift(await phone.returned())).toMatchObject({ code });
  },
);

test("a login code that WeChat refuses is replaced once, by itself", async () => {
  await phone.renew();
  world.wechat.fail("/sns/jscode2session", 40029);
  await phone.launch(pool, { getPhone: false });
  await phone.sees("retry");
  expect(phone.requests("applet")).toEqual(["POST attempts 400", "POST attempts 400"]);
  world.wechat.fail("/sns/jscode2session", undefined);
  await phone.tap("retry");
  await phone.sees("confirm");
});

test.each([
  ["fail", "502"],
  ["blocked", "403"],
] as const)("wx.login that does not work (%s) is told, and the app learns %s", async (login, code) => {
  await phone.renew({ login });
  await phone.launch(pool, { getPhone: false });
  await phone.tap("return");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code });
  expect(phone.requests("applet")).toEqual([]);
});

test("a number that WeChat's server does not know is asked for again", async () => {
  await phone.renew({ questions: "allow" });
  world.wechat.fail("/wxa/business/getuserphonenumber", 40029);
  await phone.launch(pool);
  await phone.tap("allow-phone");
  await phone.sees("notice");
  world.wechat.fail("/wxa/business/getuserphonenumber", undefined);
  await phone.tap("allow-phone");
  await phone.sees("confirm");
  expect(phone.requests("applet")).toEqual(["POST attempts 200", "POST tickets 400", "POST tickets 200"]);
});

test("a lost network between the number and the ticket costs no second number", async () => {
  await phone.renew({ questions: "allow" });
  await phone.launch(pool);
  await phone.sees("allow-phone");
  await phone.do("set", { network: "offline" });
  await phone.tap("allow-phone");
  await phone.sees("retry");
  await phone.do("set", { network: "online" });
  await phone.tap("retry");
  await phone.sees("confirm");
  expect((await phone.notes()).filter(({ name }) => name === "getPhoneNumber")).toHaveLength(1);
});
