import type { Device } from "../../../device";
import type { Client } from "../built-in-node";
import { call, CallFailure } from "./calls";

/** wx.login and the privacy calls. */
export function openCalls(client: Client) {
  return {
    // Documented without a promise: https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
    login: call(
      "login",
      client,
      async () => {
        const { login, loginLatency, network, apiCategory } = client.device();
        const askedAt = client.clock.now();
        const failure = loginFailure({ login, network, apiCategory });
        const code = failure ? "" : await client.loginCode();
        await client.clock.wait(askedAt + loginLatency - client.clock.now());
        if (failure) throw failure;
        return { code };
      },
      { promises: "never" },
    ),
    getPrivacySetting: call("getPrivacySetting", client, () => ({
      needAuthorization: client.needsPrivacyConsent(),
      privacyContractName: "《用户隐私保护指引》",
    })),
    openPrivacyContract: call("openPrivacyContract", client, () => client.openPrivacyContract()),
    requirePrivacyAuthorize: call("requirePrivacyAuthorize", client, async () => {
      if (!(await client.privacyConsent())) throw new CallFailure("privacy permission is not authorized", 104);
    }),
    exitMiniProgram: call("exitMiniProgram", client, () => client.exit()),
  };
}

function loginFailure({ login, network, apiCategory }: Pick<Device, "login" | "network" | "apiCategory">) {
  if (apiCategory === "browseOnly") return new CallFailure("can not use login in browseOnly mode");
  if (login === "blocked") return new CallFailure("login is blocked", 1402101);
  if (login === "fail") return new CallFailure("system error");
  if (network === "offline") return new CallFailure("network error", 600001);
  return undefined;
}
