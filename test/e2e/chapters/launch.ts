import { beforeEach, expect, test } from "@jest/globals";
import { isEmbedded } from "../../../phone/automation/test-world";
import { phone, world } from "../hooks";
import { readAsSwift, type AppLaunch } from "../../../phone/automation/test-phone";

let pool: string;

// One person begins ten logins in a pool and then one in ten seconds.
beforeEach(async () => {
  pool = await world.newPool();
});

/** Inside another applet these are the affair of its own App. */
const UNKNOWN_PATHS: [string, AppLaunch][] = [
  ["with the path of the documentation's prose", { path: "/routers/explore" }],
  ["with a path nobody knows", { path: "/pages/index/index" }],
];

test.each([
  ["without the leading slash", { path: "routes/explore" }],
  ...(isEmbedded ? [] : UNKNOWN_PATHS),
  ["without fromApp: the scene says it is an app", { query: { fromApp: undefined } }],
  ["with parameters nobody knows", { query: { utm_source: "x", __proto__x: "1" } }],
  ["with values that are percent-encoded", { query: { state: "s%31" } }],
] satisfies [string, AppLaunch][])("an app that opens the applet %s gets its login", async (_, launch) => {
  await phone.renew();
  await phone.launch(pool, { getPhone: false, ...launch });
  await phone.tap("confirm");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200", state: "s1" });
  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
});

if (!isEmbedded)
  test.each(UNKNOWN_PATHS)("an applet that is alive, opened %s, begins that login", async (_, launch) => {
    await phone.renew();
    await phone.launch(pool);
    await phone.sees("allow-phone");
    await phone.launch(pool, { getPhone: false, ...launch, query: { state: "s2" } });
    await phone.tap("confirm");
    expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200", state: "s2" });
  });

test("an early HarmonyOS SDK that drops all parameters but the pool leads to a login without a number", async () => {
  await phone.renew({ platform: "ohos", dropsParameters: true });
  await phone.launch(pool);
  await phone.tap("confirm");
  expect(Object.keys(readAsSwift(await phone.returned()))).toEqual(["code", "message", "ticket"]);
});

test.each([
  ["an app the pool does not list", 401, { caller: "wxsomebodyelse" }, {}],
  ["an app WeChat does not name", 401, {}, { referrer: "missing" }],
  ["a person WeChat holds for dangerous", 403, {}, { person: "zhao" }],
  ["a pool that does not exist", 404, { query: { userPoolId: "nowhere" } }, {}],
  ["a pool id of the wrong form", 422, { query: { userPoolId: "a%20b" } }, {}],
  ["a state of the wrong form", 422, { query: { state: "%E0%A4%A" } }, {}],
  ["a PKCE challenge of the wrong form", 422, { query: { codeChallenge: "short" } }, {}],
] as const)("%s is told on the page, and the app learns %i", async (_, code, launch, device) => {
  await phone.renew(device);
  await phone.launch(pool, launch);
  await phone.sees("notice");
  await phone.tap("return");
  const answer = readAsSwift(await phone.returned());
  expect(answer).toMatchObject({ code: String(code), message: expect.stringMatching(/./) });
  expect(answer).not.toHaveProperty("ticket");
});

test("a malformed launch asks neither WeChat nor the server", async () => {
  await phone.renew();
  await phone.launch(pool, { query: { state: "a%26b" } });
  await phone.sees("return");
  expect(phone.requests("applet")).toEqual([]);
  expect((await phone.notes()).map(({ name }) => name)).not.toContain("wx.login");
});

test("opened without an app, the applet is a home page that asks for nothing", async () => {
  await phone.renew();
  await phone.do("open", { path: "routes/explore", scene: 1001 });
  await phone.sees("try");
  expect(phone.requests("applet")).toEqual([]);
  await phone.tap("try");
  await phone.sees("leave");
  await phone.tap("leave");
  await phone.sees("try");
});

test("a page seen from Moments cannot log in, and says so", async () => {
  await phone.renew({ apiCategory: "browseOnly" });
  await phone.do("open", { path: `routes/explore?userPoolId=${pool}`, scene: 1154 });
  await phone.sees("notice");
  expect((await phone.notes()).map(({ name }) => name)).not.toContain("wx.login");
});

test("opened again by an app, a new login begins, and the late answer of the old one changes nothing", async () => {
  await phone.renew({ requestLatency: 8000 });
  await phone.launch(pool, { query: { state: "first" } });
  await phone.sees("progress");
  await phone.do("set", { requestLatency: 0 });
  await phone.launch(pool, { getPhone: false, query: { state: "second" } });
  await phone.sees("confirm");
  await phone.do("passTime", 8000);
  await phone.hasHadAnswers(2);
  await phone.tap("confirm");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200", state: "second" });
});

test.each([1038, 1089])("back by scene %i the login goes on where it was, and still knows its app", async (scene) => {
  await phone.renew();
  await phone.launch(pool, { getPhone: false });
  await phone.sees("confirm");
  await phone.do("hide");
  await phone.do("open", { scene });
  await phone.tap("confirm");
  expect(readAsSwift(await phone.returned())).toMatchObject({ code: "200", state: "s1" });
  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
});

test("opened by an app without a path, as Guard's SDKs do, a new login begins with the page in front", async () => {
  await phone.renew();
  await phone.launch(pool, { getPhone: false });
  await phone.tap("confirm");
  await phone.returned();
  await phone.do("open", { scene: 1069, caller: "wx5ca7e0c0ffee5ca7" });
  await phone.page.waitForFunction(() => window.phone!.page()?.route === "routes/explore");
  await phone.at("confirm").or(phone.at("return")).first().waitFor();
  expect(phone.requests("applet").length).toBe(2);
});
