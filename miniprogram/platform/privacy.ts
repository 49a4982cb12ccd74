import { PlatformError } from "./platform-error";
import { settling } from "./settling";

/** Opens the privacy notice that the operator filed with WeChat (base library 2.32.3). */
export function openPrivacyContract(): Promise<void> {
  if (typeof wx.openPrivacyContract !== "function") return Promise.reject(new PlatformError("capability.missing"));
  return settling<unknown, void>(
    (callbacks) => void wx.openPrivacyContract(callbacks),
    () => undefined,
    () => "capability.failed",
    { milliseconds: 5_000, onSilence: "capability.failed" },
  );
}
