import { expect, test } from "@jest/globals";
import { SIGNED_IN_AND_OUT, signInFromPhone } from "../../../examples/backends/test/phone-login";
import { PROGRAMS } from "../../../examples/backends/test/programs";
import { phone, world } from "../hooks";
import { readAsSwift, TestPhone } from "../../../phone/automation/test-phone";

const HANDLE = /^[A-Za-z0-9_-]{43}$/;

/** Names of the wx calls and system questions of the login, in order. */
async function platformCalls(): Promise<string[]> {
  const notes = await phone.notes();
  const asked = new Set(["wx.login", "wx.request", "getPhoneNumber", "launchApp"]);
  return notes.map(({ name }) => name).filter((name) => asked.has(name));
}

test("a newcomer gives the phone number, confirms, and the app shows who signed in: two requests", async () => {
  await phone.renew({ person: "lin" });
  await phone.startLogin();
  await phone.tap("allow-phone");
  await phone.page.locator(".sheet-number", { hasText: "138****8000" }).waitFor();
  await phone.answer("yes");
  await phone.tap("confirm");
  await phone.host(".phone-number", { hasText: "138****8000" }).waitFor();

  expect(phone.requests("applet")).toEqual(["POST attempts 200", "POST tickets 200"]);
  expect(phone.requests("host app")).toEqual(["POST auth 200"]);
  expect(phone.wechatCalls()).toEqual(["jscode2session 0", "stable_token 0", "getuserphonenumber 0"]);
  expect(await platformCalls()).toEqual(["wx.login", "wx.request", "getPhoneNumber", "wx.request", "launchApp"]);
  expect(readAsSwift(await phone.returned())).toEqual({
    code: "200",
    message: "授权成功",
    ticket: expect.stringMatching(HANDLE),
    state: expect.any(String),
  });
});

test("a newcomer signs in with an app whose backend is the example in Node", async () => {
  expect(await signInFromPhone(PROGRAMS.Node, world)).toEqual(SIGNED_IN_AND_OUT);
});

test("a person whose number is known only confirms: one request, one tap", async () => {
  await phone.renew({ person: "lin" });
  await phone.startLogin();
  await phone.tap("confirm");
  await phone.host(".phone-number", { hasText: "138****8000" }).waitFor();

  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
  expect(phone.wechatCalls()).toEqual(["jscode2session 0"]);
  expect(await platformCalls()).toEqual(["wx.login", "wx.request", "launchApp"]);
  expect(await phone.host(".visits b").textContent()).toBe("2");
});

test("an app that wants no number gets none: one request, one tap", async () => {
  await phone.renew({ person: "zhou", getPhone: false });
  await phone.startLogin();
  await phone.tap("confirm");
  await phone.host(".phone-number", { hasText: "未提供" }).waitFor();

  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
  expect(phone.wechatCalls()).toEqual(["jscode2session 0"]);
  expect(await platformCalls()).toEqual(["wx.login", "wx.request", "launchApp"]);
});

test("a foreign number is taken as it is", async () => {
  await phone.renew({ person: "chan", questions: "allow" });
  await phone.startLogin();
  await phone.tap("allow-phone");
  await phone.tap("confirm");
  await phone.host(".phone-number", { hasText: "4567" }).waitFor();
  expect(phone.requests("host app")).toEqual(["POST auth 200"]);
});

test("a person who cancels is back in the app, which learns so: no ticket, no account", async () => {
  await phone.renew({ person: "zhou", getPhone: false });
  await phone.startLogin();
  await phone.sees("confirm");
  await phone.tap("cancel");
  await phone.host(".problem", { hasText: "你取消了登录" }).waitFor();

  expect(readAsSwift(await phone.returned())).toEqual({
    code: "400",
    message: "用户取消授权",
    state: expect.any(String),
  });
  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
  expect(phone.requests("host app")).toEqual([]);
});

test("a person who refuses the number stays on the page and can cancel: WeChat is not asked, nothing is charged", async () => {
  await phone.renew({ person: "zhou" });
  await phone.startLogin();
  await phone.tap("allow-phone");
  await phone.answer("no");
  await phone.sees("notice");
  await phone.tap("cancel");
  await phone.host(".problem", { hasText: "你取消了登录" }).waitFor();

  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "400", message: "用户取消授权" });
  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
  expect(phone.wechatCalls()).toEqual(["jscode2session 0"]);
  expect(await platformCalls()).toEqual(["wx.login", "wx.request", "getPhoneNumber", "launchApp"]);
});

test("an answer that no login waits for is ignored by the app", async () => {
  await phone.renew({ person: "zhou", getPhone: false });
  await phone.launch(world.hostPool.pool.id, {
    getPhone: false,
    query: { state: "forged", codeChallenge: "c".repeat(43) },
  });
  await phone.tap("confirm");
  await phone.host(".login").waitFor();
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200", state: "forged" });
  expect(phone.requests("host app")).toEqual([]);
});

test("a person who comes back by hand is told that the login was cancelled; a late answer is still taken", async () => {
  await phone.renew({ person: "zhou", getPhone: false });
  await phone.startLogin();
  await phone.sees("confirm");
  await phone.do("hide");
  await phone.host(".problem", { hasText: "你取消了登录" }).waitFor();
  await phone.do("open", { scene: 1038 });
  await phone.tap("confirm");
  await phone.host(".user-id").waitFor();
  expect(phone.requests("host app")).toEqual(["POST auth 200"]);
});

test("opened without an app, a person sees their account, signs out, deletes it, and by the next login keeps it", async () => {
  const agreements = [{ title: "书店服务协议", text: "欢迎。", version: "1", required: true }];
  const pool = await world.newPool({ name: "书店", agreements });
  const logIn = async () => world.exchange(pool, await phone.returned());
  const card = phone.applet.locator(".card", { hasText: "书店" });
  const choose = async (label: string) => {
    await card.locator("wx-button", { hasText: label }).click();
    await phone.tap("apply");
  };
  const look = async () => {
    await phone.do("end");
    await phone.do("open", { path: "routes/explore", scene: 1001 });
    await phone.tap("account");
  };
  await phone.renew({ person: "chan", questions: "allow" });
  await phone.launch(pool);
  await phone.tap("agree");
  await phone.tap("allow-phone");
  await phone.tap("confirm");
  const user = await logIn();

  await phone.renew({ person: "chan" });
  await look();
  const text = await card.textContent();
  for (const shown of [/\*{4}4567/, /书店服务协议/, /\d{4}-\d\d-\d\d 登录/]) expect(text).toMatch(shown);
  // Neither the number nor anything else is asked for.
  expect(await platformCalls()).toEqual(["wx.login", "wx.request"]);
  await choose("退出登录");
  await card.getByText("现已退出").waitFor();
  await card.locator("wx-button", { hasText: "注销账号" }).click();
  const warning = await phone.at("notice").textContent();
  for (const told of ["账号、手机号、登录记录和同意记录都会删除", "7 天内再次登录即可取消", "之后无法恢复"])
    expect(warning).toContain(told);
  await phone.tap("apply");
  await card.getByText(/将于 .* 注销，之前登录即可取消/).waitFor();

  await phone.renew({ person: "chan" });
  await phone.launch(pool);
  await phone.tap("confirm");
  expect((await logIn())["_id"]).toBe(user["_id"]);
  await look();
  await card.locator("wx-button", { hasText: "注销账号" }).waitFor();
});

test("an operator gets from the console's first page to a login with an AppID of their own", async () => {
  const own = await TestPhone.open(world, world.browser);
  const { page } = own;
  await page.goto(`${world.adminOrigin}/console/pools/new`);
  await page.getByLabel("管理员令牌").fill(world.adminToken);
  await page.keyboard.press("Enter");
  await page.getByLabel("名称", { exact: true }).fill("自己的产品");
  await page.getByRole("radio", { name: /^自己的小程序/ }).check();
  await page.getByLabel("小程序 AppID").fill("wxown00000000001");
  await page.getByLabel("小程序 AppSecret").fill("appsecret-of-my-own-applet");
  await page.getByLabel("AppID", { exact: true }).fill("wxmyapp000000001");
  await page.getByLabel("App 名称").fill("我的 App");
  await page.getByRole("button", { name: "创建用户池" }).click();
  await page.getByText("用户池已创建").waitFor();
  const [id = "", secret = ""] = await page.locator(".copy code").allTextContents();
  await page.getByRole("checkbox", { name: /已经把它们保存/ }).check();
  await page.getByRole("link", { name: "下一步：接入" }).click();
  await page.getByRole("button", { name: "检查", exact: true }).click();
  await page.getByText("微信认可 wxown00000000001 的凭据").waitFor();

  await page.goto(`${world.address}/?pool=${id}&app=wxmyapp000000001&applet=wxown00000000001`);
  await page.getByLabel(/用户池密钥/).fill(secret);
  await page.getByRole("button", { name: "开始" }).click();
  await page.waitForFunction(() => window.phone !== undefined);
  await own.renew({ person: "lin" });
  await own.startLogin();
  await own.tap("allow-phone");
  await own.answer("yes");
  await own.tap("confirm");
  await own.host(".phone-number", { hasText: "138****8000" }).waitFor();

  await page.goto(`${world.adminOrigin}/console/pools/${id}/people`);
  await page.getByText("138****8000").waitFor();
  await page.getByRole("link", { name: /微信用户/ }).click();
  expect(await page.getByRole("row", { name: /我的 App/ }).textContent()).toContain("成功");
  expect(own.complaints).toEqual([]);
  await page.context().close();
});
