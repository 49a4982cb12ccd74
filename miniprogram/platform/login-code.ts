import { CallError } from "./call-error";
import { callNetwork, TIMEOUT } from "./network";
import type { Readings } from "./promisify";

const READINGS: Readings = [
  [/#1402101 /, "login.blocked"],
  [/#5 |timeout/, "network.timeout"],
];

/**
 * A fresh code of wx.login: one use, five minutes. The documentation says that no promise comes back, though the
 * typings promise one: https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
 */
export async function logIn(): Promise<string> {
  const { code } = await callNetwork<WechatMiniprogram.LoginSuccessCallbackResult>(
    (callbacks) => wx.login({ ...callbacks, timeout: TIMEOUT }),
    READINGS,
    "login.failed",
  );
  if (!code) throw new CallError("login.failed");
  return code;
}
