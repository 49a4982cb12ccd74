import { beforeEach, expect, jest, test } from "@jest/globals";
import { CONFIG } from "../../../miniprogram/config";
import type { View } from "../../../miniprogram/flow/view";
import { createLogin, enter } from "../../../miniprogram/services/login";
import { REPLY } from "../flow/walk";
import { installWx, succeeding } from "../platform/wx";

const info = jest.fn();
const request = succeeding({ statusCode: 200, data: REPLY });

beforeEach(() => {
  jest.useFakeTimers();
  installWx({
    login: succeeding({ code: "code" }),
    request,
    getAccountInfoSync: () => ({ miniProgram: { appId: "wxapplet" } }),
    getAppBaseInfo: () => ({ language: "zh_HK" }),
    getExtConfigSync: () => ({ authOrigin: "https://login.example.com" }),
    getRealtimeLogManager: () => ({ info }),
    reportEvent: jest.fn(),
    openPrivacyContract: succeeding({}),
  });
});

test("on the real platform an opening leads to a page in the person's language", async () => {
  const login = createLogin();
  const show = jest.fn<(view: View) => void>();
  enter(login, { scene: 1069, query: { userPoolId: "p" }, referrerInfo: { appId: "wxapp1" } });
  login.attach({ userPoolId: "p" }, show);
  await jest.advanceTimersByTimeAsync(0);
  expect(show.mock.calls.at(-1)?.[0]).toMatchObject({ screen: "confirming", heading: "登入「商城」" });
  expect(request).toHaveBeenCalledWith(
    expect.objectContaining({
      url: "https://login.example.com/oauth/app2wxapp/attempts/p",
      data: { code: "code", appId: "wxapplet", getPhone: false, callerAppId: "wxapp1" },
    }),
  );
  expect(info).toHaveBeenLastCalledWith(expect.objectContaining({ state: "confirming", scene: 1069, error: "" }));
});

test("the ticket is renewed by the platform's own timers, and only by the last one set", async () => {
  request.mockClear();
  const login = createLogin();
  enter(login, { scene: 1069, query: { userPoolId: "p" } });
  await jest.advanceTimersByTimeAsync(0);
  login.send({ type: "hidden" });
  login.send({ type: "shown" });
  await jest.advanceTimersByTimeAsync(50_000);
  expect(request).toHaveBeenCalledTimes(2);
});

test("an opening without a referrer, by whatever scene, is no reason to fail", () => {
  expect(() => enter(createLogin(), { scene: 1001, query: {} })).not.toThrow();
  expect(CONFIG.returnMode).toBe("ticket");
});
