import { settling } from "./settling";

/** Opens the privacy notice that the operator filed with WeChat; base libraries before 2.32.3 cannot. */
export function openPrivacyContract(): Promise<unknown> {
  return settling((callbacks) => wx.openPrivacyContract(callbacks), [], "capability.failed", 5_000);
}
