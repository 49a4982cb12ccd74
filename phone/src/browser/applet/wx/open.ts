import type { PhoneSide } from "../../bridge";
import { call, CallFailure, wait } from "./calls";

/** wx.login and the privacy calls. */
export function openCalls(phone: PhoneSide) {
  return {
    // Documented without a promise: https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
    login: call(
      "login",
      phone,
      async () => {
        const { login, loginLatency, network, apiCategory } = phone.device();
        await wait(loginLatency);
        if (apiCategory === "browseOnly") throw new CallFailure("can not use login in browseOnly mode");
        if (login === "blocked") throw new CallFailure("login is blocked", 1402101);
        if (login === "fail") throw new CallFailure("system error");
        if (network === "offline") throw new CallFailure("network error", 600001);
        return { code: await phone.loginCode() };
      },
      { promises: "never" },
    ),
    getPrivacySetting: call("getPrivacySetting", phone, () => ({
      needAuthorization: false,
      privacyContractName: "《用户隐私保护指引》",
    })),
    openPrivacyContract: call("openPrivacyContract", phone, () => phone.openPrivacyContract()),
    requirePrivacyAuthorize: call("requirePrivacyAuthorize", phone, () => undefined),
    exitMiniProgram: call("exitMiniProgram", phone, () => phone.exit()),
  };
}
