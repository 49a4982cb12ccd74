import { expect, jest, test } from "@jest/globals";
import { readDevice } from "../../../miniprogram/platform/device";
import { record } from "../../../miniprogram/platform/telemetry";
import { replacePage } from "../../../miniprogram/platform/route";
import { installWx, throwing } from "./wx";

const NOTE = { flow: "f", state: "failed", scene: 1069, error: "pool.unknown" };

test("the device says which applet runs, in which language, and what ext.json overrides", () => {
  installWx({
    getAccountInfoSync: () => ({ miniProgram: { appId: "wx1" } }),
    getAppBaseInfo: () => ({ language: "en" }),
    getExtConfigSync: () => ({ authOrigin: "https://a.example" }),
  });
  expect(readDevice()).toEqual({ appId: "wx1", language: "en", overrides: { authOrigin: "https://a.example" } });
});

test.each([
  ["throws", { getAccountInfoSync: throwing(), getAppBaseInfo: throwing(), getExtConfigSync: throwing() }],
  ["is older than these calls", {}],
  [
    "has nothing to say",
    { getAccountInfoSync: () => ({ miniProgram: {} }), getAppBaseInfo: () => ({}), getExtConfigSync: () => undefined },
  ],
])("a login does not fail for a platform that %s", (_what, apis) => {
  installWx(apis);
  expect(readDevice()).toEqual({ appId: "", language: "zh_CN", overrides: {} });
});

test("a note goes to the real-time log and to the operator's event, each only where it is wanted", () => {
  const info = jest.fn();
  const reportEvent = jest.fn();
  installWx({ getRealtimeLogManager: () => ({ info }), reportEvent });
  record(NOTE, false, "");
  expect(info).not.toHaveBeenCalled();
  expect(reportEvent).not.toHaveBeenCalled();
  record(NOTE, true, "login_state");
  expect(info).toHaveBeenCalledWith(NOTE);
  expect(reportEvent).toHaveBeenCalledWith("login_state", NOTE);
});

test("a platform without diagnostics costs nothing", () => {
  installWx({});
  expect(() => record(NOTE, true, "login_state")).not.toThrow();
});

test("an unknown page is replaced at once, its query as it came, still encoded", () => {
  const redirectTo = jest.fn();
  installWx({ redirectTo });
  replacePage("routes/explore", { userPoolId: "p", state: "s%31", lang: undefined });
  expect(redirectTo).toHaveBeenCalledWith(
    expect.objectContaining({ url: "/routes/explore?userPoolId=p&state=s%31&lang=" }),
  );
});

test("where it cannot be replaced it is opened anew", () => {
  const reLaunch = jest.fn();
  installWx({ redirectTo: ({ fail }: { fail: () => void }) => fail(), reLaunch });
  replacePage("routes/explore", {});
  expect(reLaunch).toHaveBeenCalledWith({ url: "/routes/explore?" });
});
