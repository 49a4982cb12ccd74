import { promisify } from "./promisify";

/** Opens the privacy notice that the operator filed with WeChat; base libraries before 2.32.3 cannot. */
export function openPrivacyContract(): Promise<unknown> {
  return promisify((callbacks) => wx.openPrivacyContract(callbacks), [], "capability.failed", 5_000);
}
