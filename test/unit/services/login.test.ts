import { beforeEach, expect, jest, test } from "@jest/globals";
import type { View } from "../../../miniprogram/flow/view-shape";
import type { Told } from "../../../miniprogram/platform/lifecycle";
import { createLogin } from "../../../miniprogram/services/login";
import { REPLY } from "../flow/walk";
import { installWx, succeeding } from "../platform/wx";

const ENTRY = { path: "routes/explore", scene: 1069, query: { userPoolId: "p" }, referrerInfo: { appId: "wxapp1" } };

const info = jest.fn();
const request = succeeding({ statusCode: 200, data: REPLY });
const logIn = succeeding({ code: "code" });
let told: (entry?: Told) => void;
let left: () => void;

const APIS = {
  login: logIn,
  request,
  getAccountInfoSync: () => ({ miniProgram: { appId: "wxapplet" } }),
  getAppBaseInfo: () => ({ language: "zh_HK" }),
  getExtConfigSync: () => ({ authOrigin: "https://login.example.com" }),
  getRealtimeLogManager: () => ({ info }),
  reportEvent: jest.fn(),
  openPrivacyContract: succeeding({}),
  onAppShow: (listener: typeof told) => (told = listener),
  onAppHide: (listener: typeof left) => (left = listener),
};

beforeEach(() => {
  jest.useFakeTimers();
  request.mockClear();
  logIn.mockClear();
  installWx(APIS);
});

const ready = () => jest.advanceTimersByTimeAsync(0);

function open(login: ReturnType<typeof createLogin>, query: Told["query"] = ENTRY.query) {
  const page = { setData: jest.fn<(view: View) => void>() };
  login.attach(page, query);
  return { page, view: () => page.setData.mock.calls.at(-1)?.[0] as View };
}

test("on the real platform an opening leads to a page in the person's language", async () => {
  const login = createLogin();
  login.enter(ENTRY);
  const page = open(login);
  await ready();
  expect(page.view()).toMatchObject({ screen: "confirming", heading: "登入商城" });
  expect(request).toHaveBeenCalledWith(
    expect.objectContaining({
      url: "https://login.example.com/oauth/app2wxapp/attempts/p",
      header: { "accept-language": "zh-TW" },
      data: { code: "code", appId: "wxapplet", getPhone: false, callerAppId: "wxapp1" },
    }),
  );
  expect(info).toHaveBeenLastCalledWith(expect.objectContaining({ state: "confirming", scene: 1069, error: "" }));
});

test.each([
  ["App.onShow", (login: ReturnType<typeof createLogin>) => login.enter(ENTRY)],
  ["wx.onAppShow", () => told(ENTRY)],
  ["wx.onAppShow without a path", () => told({ ...ENTRY, path: null })],
  [
    "both",
    (login: ReturnType<typeof createLogin>) => {
      login.enter(ENTRY);
      told(ENTRY);
    },
  ],
])("an entry told by %s begins one login, before there is a page", async (_what, tell) => {
  const login = createLogin();
  tell(login);
  expect(logIn).toHaveBeenCalledTimes(1);
  const page = open(login);
  await ready();
  expect(page.view().screen).toBe("confirming");
  expect(logIn).toHaveBeenCalledTimes(1);
});

test.each([
  ["getEnterOptionsSync", { getEnterOptionsSync: () => ENTRY }],
  ["getLaunchOptionsSync as well", { getEnterOptionsSync: () => ENTRY, getLaunchOptionsSync: () => ENTRY }],
])("in an applet that hears of no entry the page begins the login with %s", async (_what, apis) => {
  installWx({ ...APIS, onAppShow: undefined, onAppHide: undefined, ...apis });
  const page = open(createLogin());
  await ready();
  expect(page.view().screen).toBe("confirming");
  expect(request).toHaveBeenCalledWith(
    expect.objectContaining({ data: expect.objectContaining({ callerAppId: "wxapp1" }) }),
  );
});

test("on a platform that tells no entry at all the page's query is what there is", async () => {
  installWx({ ...APIS, onAppShow: undefined, onAppHide: undefined });
  const page = open(createLogin(), { userPoolId: "p", fromApp: "1" });
  await ready();
  expect(page.view().screen).toBe("confirming");
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["no query", { ...ENTRY, query: null }],
  ["no referrer", { ...ENTRY, referrerInfo: null }],
])("an entry that tells %s, twice, leads to one login for what the page was opened with", async (_what, entry) => {
  const login = createLogin();
  login.enter(entry);
  told(entry as Told);
  const page = open(login, { userPoolId: "pool-b", fromApp: "1" });
  login.showPage(page.page);
  await ready();
  expect(page.view().screen).toBe("confirming");
  expect(request).toHaveBeenCalledTimes(1);
  expect(request).toHaveBeenCalledWith(expect.objectContaining({ url: expect.stringContaining("/pool-b") }));
});

test("an entry whose query is missing from getEnterOptionsSync as well begins one login, with the page's", async () => {
  const entry = { scene: 1069, referrerInfo: { appId: "wxapp1" } };
  installWx({ ...APIS, getEnterOptionsSync: () => entry });
  const login = createLogin();
  login.enter(entry);
  login.showPage(open(login).page);
  await ready();
  expect([logIn.mock.calls.length, request.mock.calls.length]).toEqual([1, 1]);
});

test("the caller of an entry without a query is still known when the page tells the query", async () => {
  const login = createLogin();
  login.enter({ ...ENTRY, query: null });
  expect(logIn).not.toHaveBeenCalled();
  open(login);
  await ready();
  expect(logIn).toHaveBeenCalledTimes(1);
  expect(request).toHaveBeenCalledWith(
    expect.objectContaining({ data: expect.objectContaining({ callerAppId: "wxapp1" }) }),
  );
});

test("an entry of another page of the applet begins nothing, and is who opened the login that follows it", async () => {
  const login = createLogin();
  told({ ...ENTRY, path: "pages/shop" });
  expect(logIn).not.toHaveBeenCalled();
  open(login);
  await ready();
  expect(request).toHaveBeenCalledWith(
    expect.objectContaining({ data: expect.objectContaining({ callerAppId: "wxapp1" }) }),
  );
});

test("leaving and coming back are heard of beside the app and by the page", async () => {
  const login = createLogin();
  login.enter(ENTRY);
  const { page, view } = open(login);
  await ready();
  const away = [left, () => login.leave(), () => login.hidePage(page)];
  for (const leave of away) {
    leave();
    expect(view().actions[0]?.id).toBe("proceed");
    login.showPage(page);
    expect(view().actions[0]?.id).toBe("confirm");
  }
});

test("a page that is gone is shown nothing more", async () => {
  const login = createLogin();
  login.enter(ENTRY);
  const { page } = open(login);
  login.detach(page);
  page.setData.mockClear();
  await ready();
  login.send({ type: "shown" });
  expect(page.setData).not.toHaveBeenCalled();
});

test("the ticket is renewed by the platform's own timers, and only by the last one set", async () => {
  const login = createLogin();
  login.enter(ENTRY);
  await ready();
  login.leave();
  login.send({ type: "shown" });
  await jest.advanceTimersByTimeAsync(50_000);
  expect(request).toHaveBeenCalledTimes(2);
});
