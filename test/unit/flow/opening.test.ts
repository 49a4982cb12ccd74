import { expect, test } from "@jest/globals";
import type { AttemptReply } from "../../../miniprogram/protocol/wire";
import { ASKS_BOTH, ASKS_PHONE, at, CODE_MODE, HANDLE, REPLY, TICKET, Walk } from "./walk";

test("an entry from an app starts wx.login at once", () => {
  const walk = at.opening();
  expect(walk.effects).toEqual([{ type: "logIn" }]);
  expect(walk.current.name).toBe("opening");
});

test("the wx.login code goes into one request and into no state", () => {
  const walk = at.opening().loggedIn("secret-code");
  expect(walk.order("openAttempt")).toEqual({
    type: "openAttempt",
    userPoolId: "pool-a",
    language: "zh-CN",
    request: { code: "secret-code", appId: "wxapplet", getPhone: true, callerAppId: "wxapp1" },
  });
  const { awaits: _request, ...state } = walk.current as unknown as Record<string, unknown>;
  expect(JSON.stringify(state)).not.toContain("secret-code");
});

test("what the app asked for in the launch goes to the server", () => {
  const codeChallenge = "C".repeat(43);
  const walk = new Walk()
    .enter({ query: { userPoolId: "p", useSelfWxapp: "0", codeChallenge, nonce: "n-1" } })
    .loggedIn();
  expect(walk.order("openAttempt")?.request).toEqual({
    code: "login-code",
    appId: "wxapplet",
    getPhone: false,
    useSelfWxapp: false,
    callerAppId: "wxapp1",
    codeChallenge,
    nonce: "n-1",
  });
});

test.each([
  ["no ticket", { ...REPLY, ticket: undefined }],
  ["a ticket whose life nobody told", { ...REPLY, ticketExpiresIn: undefined }],
])("with nothing to ask and %s, no request follows by itself", (_what, reply) => {
  const walk = at
    .opening()
    .loggedIn()
    .opened(reply as unknown as AttemptReply);
  expect(walk.effects).toEqual([]);
  expect(walk.page.notice).toBe("登录服务出了点问题。请检查网络后重试");
  expect(walk.tap("retry").effects).toEqual([{ type: "logIn" }]);
});

test("with nothing to ask one request leads to the button that returns to the app", () => {
  const walk = at.confirming();
  expect(walk.button("confirm")).toEqual({
    id: "confirm",
    open: "launchApp",
    label: "确认登录",
    code: 200,
    parameter: `code=200&message=授权成功&ticket=${TICKET}&state=s-1`,
  });
  expect(walk.order("issueTicket")).toBeUndefined();
});

test.each([
  ["phone", ASKS_PHONE],
  ["agreements and phone", ASKS_BOTH],
])("a login that needs %s asks for it", (_what, reply) => {
  expect(at.opened(reply).current.name).toBe("asking");
});

test("a wx.login code that the server refuses is replaced once by a new one, never a second time", () => {
  const walk = at.opening().loggedIn("one").refused("wechat_code.invalid");
  expect(walk.effects).toEqual([{ type: "logIn" }]);
  walk.loggedIn("two").refused("wechat_code.invalid");
  expect(walk.current).toMatchObject({ name: "failed", problem: "wechat_code.invalid" });
});

test.each(["login.failed", "network.timeout"] as const)("%s of wx.login ends in words and another try", (problem) => {
  const walk = at.failed(problem);
  expect(walk.buttons).toEqual(["retry", "return:launchApp"]);
  expect(walk.tap("retry").effects).toEqual([{ type: "logIn" }]);
});

test("the outcome of a former call is late and changes nothing", () => {
  const walk = at.opening();
  const { call: former } = walk;
  walk.enter();
  const { state } = walk;
  walk.send({ type: "logIn", of: former as never, reply: "late", sentAt: walk.at });
  expect(walk.state).toBe(state);
  expect(walk.effects).toEqual([]);
});

test("a number granted to a replaced visit goes to the new one when app and pool are the same", () => {
  const walk = at.asking().tap("allow-phone").enter().loggedIn();
  const { call } = walk;
  walk.send({ type: "phoneAnswered", detail: { code: "paid" } });
  expect(walk.effects).toEqual([]);
  walk.send({ type: "openAttempt", of: call as never, reply: ASKS_PHONE, sentAt: walk.at });
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE, phoneCode: "paid" });
});

test.each([
  ["pool", { query: { userPoolId: "pool-b" } }],
  ["app", { referrerAppId: "wxapp2" }],
])("a number granted to a visit for another %s is dropped and counted", (_what, entry) => {
  const walk = at.asking().tap("allow-phone").enter(entry);
  walk.send({ type: "phoneAnswered", detail: { code: "paid" } });
  expect(walk.effects).toEqual([{ type: "countLostPhone" }]);
  expect(walk.current.name).toBe("opening");
  expect(walk.current).not.toHaveProperty("phone");
});

test("a number granted to an app nobody can name is not passed on to another such app", () => {
  const unnamed = { referrerAppId: undefined };
  const walk = new Walk().enter(unnamed).loggedIn().opened(ASKS_PHONE).tap("allow-phone").enter(unnamed);
  walk.send({ type: "phoneAnswered", detail: { code: "paid" } });
  expect(walk.effects).toEqual([{ type: "countLostPhone" }]);
});

test("a number that reaches an opening nobody prompted for is dropped and counted", () => {
  expect(at.opening().send({ type: "phoneAnswered", detail: { code: "paid" } }).effects).toEqual([
    { type: "countLostPhone" },
  ]);
});

test("a prompt that stays open through two warm starts still brings its number home", () => {
  const walk = at.asking().tap("allow-phone").enter().enter();
  walk.send({ type: "phoneAnswered", detail: { code: "paid" } });
  expect(walk.current).toMatchObject({ phone: { code: "paid" } });
});

test("a number at hand waits for the box where agreements are asked for too", () => {
  const walk = at.asking().tap("allow-phone").enter().loggedIn();
  const { call } = walk;
  walk.send({ type: "phoneAnswered", detail: { code: "paid" } });
  walk.send({ type: "openAttempt", of: call as never, reply: ASKS_BOTH, sentAt: walk.at });
  expect(walk.buttons).toEqual(["proceed", "cancel:launchApp"]);
  walk.tap("agree").tap("proceed");
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE, phoneCode: "paid", agreed: ["v1"] });
});

test("in code mode no server is asked: wx.login leads to the phone prompt", () => {
  const walk = at.opening(CODE_MODE).loggedIn();
  expect(walk.effects).toEqual([]);
  expect(walk.buttons).toEqual(["allow-phone:getPhoneNumber", "cancel:launchApp"]);
  expect(walk.page.heading).toBe("登录商城 App");
});

test("in code mode a number granted to a replaced visit needs no second prompt", () => {
  const walk = at.opening(CODE_MODE).loggedIn().tap("allow-phone").enter();
  const { call } = walk;
  walk.send({ type: "phoneAnswered", detail: { code: "paid" } });
  walk.send({ type: "logIn", of: call as never, reply: "fresh", sentAt: walk.at });
  expect(walk.current).toMatchObject({
    name: "confirming",
    credential: { codes: { code: "fresh", phoneInfoCode: "paid" } },
  });
});

test("a reply that took its ticket's whole usable life is renewed before anybody can hand it over", () => {
  const walk = at.opening().loggedIn().opened(REPLY, 60_000);
  expect(walk.current.name).toBe("renewing");
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE });
});
