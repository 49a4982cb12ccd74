import type { PhoneSide } from "../bridge";
import type { BuiltInNode } from "./built-in-node";

/** `code` in the event's detail; before it, an applet got encrypted data. */
const PHONE_CODE_SINCE = "2.21.2";

/** What a tap on a button with an open-type does; it has no handler that could stop it. */
export async function openCapability(openType: string, node: BuiltInNode, phone: PhoneSide): Promise<void> {
  switch (openType) {
    case "getPhoneNumber": {
      const outcome = await phone.phoneNumber();
      if (!outcome) return;
      if ("failed" in outcome) node.triggerEvent("getphonenumber", outcome.failed);
      else if (isOlder(phone.device().sdkVersion, PHONE_CODE_SINCE))
        node.triggerEvent("getphonenumber", { errMsg: "getPhoneNumber:ok", encryptedData: "b64", iv: "b64" });
      else node.triggerEvent("getphonenumber", { errMsg: "getPhoneNumber:ok", code: outcome.code });
      return;
    }
    case "launchApp": {
      const outcome = await phone.launchApp(String(node.data["appParameter"] ?? ""));
      if (!outcome) return;
      if ("failed" in outcome) node.triggerEvent("error", outcome.failed);
      else node.triggerEvent("launchapp", { errMsg: "launchApp:ok" });
      return;
    }
    case "agreePrivacyAuthorization":
      node.triggerEvent("agreeprivacyauthorization", { errMsg: "agreePrivacyAuthorization:ok" });
      return;
    case "contact":
    case "feedback":
      phone.note({ kind: "system", name: openType });
      return;
    default:
      throw new Error(`button: this phone does not do open-type ${openType}`);
  }
}

/** Compares base library versions number by number. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(".").map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
