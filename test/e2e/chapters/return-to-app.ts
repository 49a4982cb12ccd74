import { beforeAll, expect, test } from "@jest/globals";
import { phone, world } from "../hooks";
import { readAsSwift } from "../../../phone/automation/test-phone";

let pool: string;

beforeAll(async () => {
  pool = await world.newPool();
});

test.each(["invalidScene", "senceError", "launchSdkFail", "opensdkFailed", "unknown"] as const)(
  "when WeChat refuses to open the app (%s) the page says what to do, and another try works",
  async (launchApp) => {
    await phone.renew({ launchApp });
    await phone.launch(pool, { getPhone: false });
    await phone.tap("confirm");
    await phone.at("confirm").waitFor({ state: "detached" });
    await phone.sees("retry");
    await phone.do("set", { launchApp: "ok" });
    await phone.tap("retry");
    await phone.tap("confirm");
    expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200" });
  },
);

test("a cancel that WeChat refuses to hand over strands the person too, with a way on", async () => {
  await phone.renew({ launchApp: "launchSdkFail" });
  await phone.launch(pool, { getPhone: false });
  await phone.tap("cancel");
  await phone.sees("retry");
  await phone.do("set", { launchApp: "ok" });
  await phone.tap("retry");
  await phone.tap("cancel");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "400" });
});

test("a person who declines to leave WeChat is still asked to confirm", async () => {
  await phone.renew({ asksBeforeApp: true });
  await phone.launch(pool, { getPhone: false });
  await phone.tap("confirm");
  await phone.answer("no");
  await phone.sees("confirm");
  await phone.tap("confirm");
  await phone.answer("yes");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200" });
  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
});

test("a tap that WeChat swallows leaves the button as it is", async () => {
  await phone.renew({ launchApp: "noEvent" });
  await phone.launch(pool, { getPhone: false });
  await phone.tap("confirm");
  await phone.do("set", { launchApp: "ok" });
  await phone.tap("confirm");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200" });
});

test("on a computer, where launchApp leads nowhere, the person learns to go back by hand", async () => {
  const open = await world.newPool({ allowedApps: "*", missingCaller: "allow" });
  await phone.renew({ platform: "windows" });
  await phone.launch(open, { getPhone: false, scene: 1181 });
  await phone.tap("confirm");
  await phone.sees("retry");
  expect(await phone.at("confirm").count()).toBe(0);
});
