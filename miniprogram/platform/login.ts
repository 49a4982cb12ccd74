import { PlatformError } from "./platform-error";
import { settling } from "./settling";

const TIMEOUT = 10_000;

/**
 * A fresh code of wx.login: one use, five minutes. The documentation says that no promise comes back, though the
 * typings promise one: https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
 */
export function logIn(): Promise<string> {
  return settling<WechatMiniprogram.LoginSuccessCallbackResult, string>(
    (callbacks) => void wx.login({ ...callbacks, timeout: TIMEOUT }),
    ({ code }) => {
      if (!code) throw new PlatformError("login.failed");
      return code;
    },
    // 1402101: WeChat does not let this person log in.
    ({ errno }) => (errno === 1402101 ? "login.blocked" : errno === 5 ? "network.timeout" : "login.failed"),
    { milliseconds: TIMEOUT + 1_000, onSilence: "network.timeout" },
  );
}
