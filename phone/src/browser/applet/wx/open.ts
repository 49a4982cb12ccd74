import type { Device } from "../../../device";
import type { PhoneSide } from "../../bridge";
import { call, CallFailure, waitUntil } from "./calls";

/** wx.login and the privacy calls. */
export function openCalls(phone: PhoneSide) {
  return {
    // Documented without a promise: https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
    login: call(
      "login",
      phone,
      async () => {
        const { login, loginLatency, network, apiCategory } = phone.device();
        const askedAt = performance.now();
        const failure = loginFailure({ login, network, apiCategory });
        const code = failure ? "" : await phone.loginCode();
        await waitUntil(askedAt + loginLatency);
        if (failure) throw failure;
        return { code };
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

function loginFailure({ login, network, apiCategory }: Pick<Device, "login" | "network" | "apiCategory">) {
  if (apiCategory === "browseOnly") return new CallFailure("can not use login in browseOnly mode");
  if (login === "blocked") return new CallFailure("login is blocked", 1402101);
  if (login === "fail") return new CallFailure("system error");
  if (network === "offline") return new CallFailure("network error", 600001);
  return undefined;
}
