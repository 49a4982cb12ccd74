import { expect, test } from "@jest/globals";
import { CALLER, useFixturePhone } from "./support";

const phone = useFixturePhone();
const { open, enter, act, lines, answers, style } = phone;

test("a cold start runs App and page in WeChat's order, with scene, query and caller", async () => {
  await open();
  await phone.applet().locator("#box").waitFor();
  const entry = {
    path: "pages/first",
    query: { a: "1" },
    scene: 1069,
    apiCategory: "default",
    referrerInfo: { appId: CALLER },
  };
  expect((await lines()).slice(0, 4)).toEqual([
    `App.onLaunch ${JSON.stringify(entry)}`,
    `App.onShow ${JSON.stringify(entry)}`,
    'first.onLoad {"a":"1"}',
    "first.onShow",
  ]);
});

test("modules see neither window nor document, as in WeChat", async () => {
  await open();
  const page = await phone.page().evaluate(() => window.phone!.page());
  expect(page?.data["hidden"]).toBe("undefined,undefined,undefined,undefined");
});

test("rpx follow the phone's width, rounded down, and a hairline stays", async () => {
  await open({}, { screenWidth: 320 });
  expect(await style("#box", "width")).toBe("42px");
  expect(await style("#box", "border-bottom-width")).toBe("1px");
  expect(await style("#box", "margin-left")).toBe("-12px");
  expect(await style("wx-button#login", "min-width")).toBe("37px");
});

test("safe area, text size and theme are the phone's, and change while the applet runs", async () => {
  await open({}, { safeAreaBottom: 34 });
  expect(await style(".bottom", "height")).toBe("39px");
  expect(await style(".rem", "font-size")).toBe("16px");
  expect(await style("body", "background-color")).toBe("rgb(255, 255, 255)");
  await act((handle) => handle.set({ theme: "dark" }));
  expect(await style("body", "background-color")).toBe("rgb(17, 17, 17)");
  expect(await lines()).toContain('App.onThemeChange "dark"');
  expect(await phone.page().locator(".applet-window").getAttribute("data-bar-text")).toBe("white");
});

test("larger text makes rem and the page's text larger", async () => {
  await open({}, { textScale: 1.4 });
  expect(await style(".rem", "font-size")).toBe("22.4px");
  expect(await style("#box", "font-size")).toBe("22.4px");
  await act((handle) => handle.set({ textScale: 1 }));
  expect(await style(".rem", "font-size")).toBe("16px");
});

test("handlers get plain events, a component its own styles, wxs and lists their values", async () => {
  await open();
  expect(await phone.applet().locator("#box").innerText()).toBe("你好!");
  await phone.applet().locator(".item", { hasText: "乙" }).click();
  expect(await lines()).toContain('tap {"dataset":{"name":"乙"},"id":"","type":"tap"}');
  expect(await style("card wx-view", "font-weight")).toBe("700");
  expect(await style("card wx-text", "font-weight")).toBe("400");
  await phone.applet().locator("#name input").fill("安");
  await phone.page().waitForFunction(() => window.phone!.page()?.data["name"] === "安");
});

test("a checkbox is one for screen readers and for the keyboard", async () => {
  await open();
  const box = phone.applet().getByRole("checkbox", { name: "同意" });
  await box.press("Enter");
  await phone.applet().locator("#ticked").waitFor();
  expect(await box.getAttribute("aria-checked")).toBe("true");
});

test("wx.login answers by callback and returns nothing, as documented", async () => {
  await open();
  await phone.applet().locator("#login").click();
  expect(await answers()).toEqual([{ errMsg: "login:ok", code: expect.stringMatching(/^.{32}$/) }]);
  expect(await lines()).toContain("wx.login returned undefined");
});

test("wx.request reaches the one listed origin with WeChat's Referer and no Origin", async () => {
  await open();
  await phone.applet().locator("#request").click();
  expect(await answers()).toEqual([{ data: { hello: "你好" }, statusCode: 201 }]);
  const { headers, body } = phone.bench().heard.at(-1)!;
  expect(body).toBe('{"hello":"你好"}');
  expect(headers["referer"]).toBe("https://servicewechat.com/touristappid/devtools/page-frame.html");
  expect(headers).not.toHaveProperty("origin");
});

test.each([
  ["offline", { errno: 600001, errMsg: expect.stringMatching(/^request:fail .*ERR_INTERNET_DISCONNECTED$/) }],
  ["interrupted", { errno: 600003, errMsg: "request:fail interrupted" }],
  ["domainNotListed", { errno: 600002, errMsg: "request:fail url not in domain list" }],
  ["timeout", { errno: 5, errMsg: "request:fail timeout" }],
] as const)("a request on a network that is %s fails as on a phone", async (network, failure) => {
  await open({}, { network });
  await phone.applet().locator("#request").click();
  expect(await answers()).toEqual([failure]);
});

test("a request that takes longer than app.json allows times out", async () => {
  await open({}, { requestLatency: 900 });
  await phone.applet().locator("#request").click();
  expect(await answers()).toEqual([{ errno: 5, errMsg: "request:fail timeout" }]);
});

test("the phone asks before it gives a number away, and tells iOS's refusal from Android's", async () => {
  await open();
  await phone.applet().locator("#phone").click();
  await phone.page().locator(".answers .no").click();
  expect(await answers()).toEqual([{ errMsg: "getPhoneNumber:fail user deny" }]);
  await act((handle) => handle.set({ platform: "android", questions: "refuse" }));
  await phone.applet().locator("#phone").click();
  expect((await answers(2))[1]).toEqual({ errMsg: "getPhoneNumber:fail:user deny" });
});

test("an old base library answers with encrypted data in place of a code, and lacks younger names", async () => {
  await open({}, { sdkVersion: "2.20.0", questions: "allow" });
  await phone.applet().locator("#phone").click();
  expect(await answers()).toEqual([{ errMsg: "getPhoneNumber:ok", encryptedData: "b64", iv: "b64" }]);
});

test("launchApp hands the string to the app, and the applet hears of it before it goes to the background", async () => {
  await open();
  await phone.applet().locator("#launch").click();
  expect(await phone.returned()).toBe("code=200&message=ok");
  expect(await answers()).toEqual([{ errMsg: "launchApp:ok" }]);
  expect((await lines()).slice(-2)).toEqual(["first.onHide", "App.onHide"]);
});

test.each([
  [1069, "launchApp:ok"],
  [1036, "launchApp:fail invalid scene"],
  [1011, "launchApp:fail invalid scene"],
])("launchApp after scene %i: %s", async (scene, errMsg) => {
  await open({ scene });
  await phone.applet().locator("#launch").click();
  expect(await answers()).toEqual([{ errMsg }]);
});

test.each([1038, 1089, 1001])("coming back by scene %i keeps the way to the app", async (scene) => {
  await open();
  await act((handle) => handle.hide());
  await enter({ scene });
  await phone.applet().locator("#launch").click();
  expect(await answers()).toEqual([{ errMsg: "launchApp:ok" }]);
});

test("a warm start with a path replaces the pages and keeps the modules; App.onLaunch does not run again", async () => {
  await open();
  await phone.applet().locator("#next").click();
  await phone.applet().locator("#second").waitFor();
  await act((handle) => handle.hide());
  const before = (await lines()).length;
  await enter({ path: "/pages/first?a=2", scene: 1069, caller: CALLER });
  expect((await lines()).slice(before, before + 6).map((line) => line.split(" ")[0])).toEqual([
    "App.onShow",
    "route",
    "second.onUnload",
    "first.onUnload",
    "first.onLoad",
    "first.onShow",
  ]);
  expect(await phone.applet().locator("wx-page").count()).toBe(1);
});

test("a warm start without a path keeps the page", async () => {
  await open();
  await act((handle) => handle.hide());
  const before = (await lines()).length;
  await enter({ scene: 1089 });
  expect((await lines()).slice(before).map((line) => line.split(" ")[0])).toEqual(["App.onShow", "first.onShow"]);
});

test("an unknown path goes to App.onPageNotFound, whose redirect is taken at once, cold and warm", async () => {
  await open({ path: "/nowhere/at/all?from=app" });
  await phone.applet().locator("#box").waitFor();
  expect(await lines()).toContain('App.onPageNotFound "nowhere/at/all"');
  expect(await lines()).toContain('first.onLoad {"from":"app"}');
  await enter({ path: "/nowhere?from=again", scene: 1069, caller: CALLER });
  expect(await lines()).toContain('first.onLoad {"from":"again"}');
});

test("routes push and pop pages, query values stay as they were sent, and each page has its title", async () => {
  await open();
  await phone.applet().locator("#next").click();
  expect(await phone.applet().locator("#second").innerText()).toBe('{"x":"%E4%BD%A0"}');
  expect(await phone.page().locator(".navigation h1").innerText()).toBe("第二页");
  await phone.applet().locator("#back").click();
  await phone.applet().locator("#box").waitFor();
  expect(await phone.page().locator(".navigation h1").innerText()).toBe("夹具");
});

test("an early HarmonyOS SDK loses all parameters but the first; a missing referrer is missing", async () => {
  await open({ path: "/pages/first?a=1&b=2" }, { dropsParameters: true, referrer: "missing" });
  const entry = { path: "pages/first", query: { a: "1" }, scene: 1069, apiCategory: "default" };
  expect((await lines())[0]).toBe(`App.onLaunch ${JSON.stringify(entry)}`);
});

test("a wall clock that is set moves Date and no timer", async () => {
  await open();
  const at = () => phone.page().evaluate(() => window.phone!.page()?.data["now"] as number);
  const before = await at();
  await act((handle) => handle.setClockBack(3_600_000));
  await act((handle) => handle.hide());
  await enter({ scene: 1089 });
  expect((await at()) - before).toBeLessThan(-3_500_000);
  expect(await lines()).not.toContain("a minute later");
});

test("a wx name the phone does not know is an error on the console", async () => {
  const complaint = /wx\.startBeaconDiscovery is not known to this phone/;
  phone.expectComplaint(complaint);
  await open({ path: "/pages/second" });
  await phone.applet().locator("#unknown").click();
  expect(phone.complaints.join("\n")).toMatch(complaint);
});

test("the host app and the page around the phone speak English when WeChat does", async () => {
  await open({}, { language: "en" });
  await act((handle) => handle.end());
  expect(await phone.page().locator(".login").innerText()).toBe("Sign in with WeChat");
  expect(await phone.page().title()).toBe("Sign in to an app through a mini program");
});
