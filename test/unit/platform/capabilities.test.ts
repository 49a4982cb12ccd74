import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import { logIn } from "../../../miniprogram/platform/login-code";
import { openPrivacyContract } from "../../../miniprogram/platform/privacy";
import { postJson } from "../../../miniprogram/platform/request";
import { failing, installWx, silent, succeeding, throwing } from "./wx";

beforeEach(() => {
  jest.useFakeTimers();
});

const NETWORK = { getNetworkType: succeeding({ networkType: "wifi" }) };

describe("wx.login", () => {
  test("gives its code", async () => {
    installWx({ login: succeeding({ code: "abc" }) });
    await expect(logIn()).resolves.toBe("abc");
    expect(wx.login).toHaveBeenCalledWith(expect.objectContaining({ timeout: 10_000 }));
  });

  test.each([
    ["a failure", failing({ errMsg: "login:fail" }), "login.failed"],
    ["a bare failure", failing({}), "login.failed"],
    ["a person who may not log in", failing({ errno: 1402101, errMsg: "login:fail" }), "login.blocked"],
    ["its own timeout", failing({ errno: 5, errMsg: "login:fail" }), "network.timeout"],
    ["its own timeout in words", failing({ errMsg: "login:fail timeout" }), "network.timeout"],
    ["success without a code", succeeding({}), "login.failed"],
    ["a platform that throws", throwing(), "login.failed"],
  ])("rejects on %s", async (_what, login, problem) => {
    installWx({ login, ...NETWORK });
    await expect(logIn()).rejects.toMatchObject({ message: problem });
  });

  test("that fails without a network says so", async () => {
    installWx({ login: failing({ errMsg: "login:fail" }), getNetworkType: succeeding({ networkType: "none" }) });
    await expect(logIn()).rejects.toMatchObject({ message: "network.failed" });
  });

  test("rejects after eleven seconds of silence, and one more for the network's", async () => {
    installWx({ login: silent(), getNetworkType: silent() });
    const outcome = logIn().catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(12_000);
    expect(await outcome).toMatchObject({ message: "network.timeout" });
  });
});

describe("a request", () => {
  test("posts JSON with a timeout and gives the answer of whatever status", async () => {
    installWx({ request: succeeding({ statusCode: 404, data: { error: "pool.unknown" } }) });
    await expect(postJson("https://a/b", { c: 1 }, "zh-TW")).resolves.toMatchObject({ statusCode: 404 });
    expect(wx.request).toHaveBeenCalledWith(
      expect.objectContaining({
        url: "https://a/b",
        method: "POST",
        header: { "accept-language": "zh-TW" },
        data: { c: 1 },
        timeout: 10_000,
      }),
    );
  });

  test.each([
    [{ errno: 5, errMsg: "request:fail" }, "network.timeout"],
    [{ errMsg: "request:fail timeout" }, "network.timeout"],
    [
      { errno: 600001, errMsg: "request:fail errcode:-118 cronet_error_code:-118 net::ERR_CONNECTION_TIMED_OUT" },
      "network.timeout",
    ],
    [{ errno: 600002, errMsg: "request:fail url not in domain list" }, "network.forbidden"],
    [{ errMsg: "request:fail url not in domain list" }, "network.forbidden"],
    [{ errno: 600009, errMsg: "request:fail invalid URL" }, "network.forbidden"],
    [{ errno: 600011, errMsg: "request:fail" }, "network.forbidden"],
    [{ errno: 600003, errMsg: "request:fail" }, "network.interrupted"],
    [{ errMsg: "request:fail interrupted" }, "network.interrupted"],
    [
      { errno: 600001, errMsg: "request:fail errcode:-101 cronet_error_code:-101 net::ERR_CONNECTION_RESET" },
      "network.failed",
    ],
    [{}, "network.failed"],
  ])("that fails with %j rejects with %s", async (failure, problem) => {
    installWx({ request: failing(failure), ...NETWORK });
    await expect(postJson("https://a/b", {}, "en")).rejects.toMatchObject({ message: problem });
  });

  test.each([
    ["no network", { networkType: "none" }, "network.failed"],
    ["a weak one", { networkType: "4g", weakNet: true }, "network.failed"],
    ["one", { networkType: "4g" }, "network.timeout"],
  ])("that times out is told as what it is where there is %s", async (_what, network, problem) => {
    installWx({ request: failing({ errno: 5 }), getNetworkType: succeeding(network) });
    await expect(postJson("https://a/b", {}, "en")).rejects.toMatchObject({ message: problem });
  });

  test("that was interrupted is not blamed on the network", async () => {
    const getNetworkType = succeeding({ networkType: "none" });
    installWx({ request: failing({ errno: 600003 }), getNetworkType });
    await expect(postJson("https://a/b", {}, "en")).rejects.toMatchObject({ message: "network.interrupted" });
    expect(getNetworkType).not.toHaveBeenCalled();
  });

  test("keeps its own reason when the platform cannot say more", async () => {
    installWx({ request: failing({}), getNetworkType: failing({}) });
    await expect(postJson("https://a/b", {}, "en")).rejects.toMatchObject({ message: "network.failed" });
  });

  test("rejects after eleven seconds of silence, and one more for the network's", async () => {
    installWx({ request: silent(), getNetworkType: silent() });
    const outcome = postJson("https://a/b", {}, "en").catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(12_000);
    expect(await outcome).toMatchObject({ message: "network.timeout" });
  });

  test("that was answered in time counts, although the applet was suspended and the overdue timer is told first", async () => {
    const request = jest.fn<(options: { success(answer: object): void }) => void>();
    installWx({ request });
    const outcome = postJson("https://a/b", {}, "en");
    jest.setSystemTime(Date.now() + 3_600_000); // suspended: the clock goes on, timers do not
    await jest.advanceTimersByTimeAsync(11_999);
    request.mock.calls[0]?.[0].success({ statusCode: 200, data: "in time" });
    await expect(outcome).resolves.toMatchObject({ data: "in time" });
  });

  test("whose answer is lost in a suspension rejects one second after the overdue timer", async () => {
    installWx({ request: silent(), getNetworkType: succeeding({}) });
    const outcome = postJson("https://a/b", {}, "en").catch((error: unknown) => error);
    jest.setSystemTime(Date.now() + 3_600_000);
    await jest.advanceTimersByTimeAsync(12_000);
    expect(await outcome).toMatchObject({ message: "network.timeout" });
  });

  test("rejects when the platform throws", async () => {
    installWx({ request: throwing(), ...NETWORK });
    await expect(postJson("https://a/b", {}, "en")).rejects.toMatchObject({ message: "network.failed" });
  });
});

describe("the privacy notice", () => {
  test("opens", async () => {
    installWx({ openPrivacyContract: succeeding({}) });
    await expect(openPrivacyContract()).resolves.toEqual({});
  });

  test.each([
    ["is refused", { openPrivacyContract: failing({}) }],
    ["is unknown to an old base library", {}],
  ])("rejects when it %s", async (_what, apis) => {
    installWx(apis);
    await expect(openPrivacyContract()).rejects.toMatchObject({ message: "capability.failed" });
  });
});
