import { expect, test } from "@jest/globals";
import { readAsSwift } from "../../phone/automation/test-phone";
import { EMBEDDED } from "../../phone/automation/test-world";
import { phone, useTestWorld, world } from "./hooks";

// The login inside somebody else's applet. The whole suite runs so too: npm run soak:phone.

useTestWorld(EMBEDDED);

const HOME = { path: "pages/home/home", scene: 1001 };
const lifeOf = async (name: string) => (await phone.notes()).filter((note) => note.name === name).length;

test("an app that opens the login gets its ticket without the other applet's App running at all", async () => {
  await phone.renew({ questions: "allow" });
  const id = await world.newPool();
  await phone.launch(id);
  await phone.tap("allow-phone");
  await phone.tap("confirm");
  expect(await world.exchange(id, await phone.returned())).toMatchObject({ phone: "13800138000" });
  expect(await lifeOf("App.onLaunch")).toBe(0);
});

test("after a login the other applet starts as ever, with its globals and its storage", async () => {
  await phone.renew();
  await phone.launch(await world.newPool(), { getPhone: false });
  await phone.tap("confirm");
  await phone.returned();
  await phone.do("open", HOME);
  expect(await phone.at("cart").innerText()).toBe("购物车 1 件");
  expect(await phone.at("stored").innerText()).toBe("the shop's own");
  expect(await lifeOf("App.onLaunch")).toBe(1);
});

test("an app that opens the login while the other applet is in front gets its ticket, and leaves the globals alone", async () => {
  await phone.renew();
  await phone.do("open", HOME);
  await phone.sees("cart");
  await phone.launch(await world.newPool(), { getPhone: false });
  await phone.tap("confirm");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200", state: "s1" });
  await phone.do("open", { path: "pages/mine/mine", scene: 1001 });
  expect(await phone.at("mine").innerText()).toBe("the shop's own");
});

test("the other applet's styles do not reach the login, which opens from its pages too", async () => {
  await phone.renew();
  await phone.do("open", HOME);
  await phone.tap("to-login");
  await phone.sees("try");
  const look = (property: string) =>
    phone.applet.locator(".page").evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);
  expect(await look("display")).not.toBe("none");
  expect(await look("font-size")).not.toBe("40px");
  expect(phone.requests("applet")).toEqual([]);
});

test("a return goes on with the login, a launch begins another, as in an applet of its own", async () => {
  await phone.renew({ aroundScreens: "hideShow" });
  const id = await world.newPool();
  await phone.launch(id);
  await phone.tap("allow-phone");
  await phone.answer("yes");
  await phone.do("comeBack");
  await phone.sees("confirm");
  expect(phone.requests("applet")).toEqual(["POST attempts 200", "POST tickets 200"]);
  await phone.launch(id, { getPhone: false, query: { state: "s2" } });
  await phone.tap("confirm");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200", state: "s2" });
});
