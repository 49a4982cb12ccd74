import type { BuiltInNode, Client } from "./built-in-node";

/** `code` in the event's detail; before it, an applet got encrypted data. */
const PHONE_CODE_SINCE = "2.21.2";

/** What a tap on a button with an open-type does; it has no handler that could stop it. */
export async function openCapability(openType: string, node: BuiltInNode, client: Client): Promise<void> {
  const trigger = (name: string, detail: unknown) => client.clock.deliver(() => node.triggerEvent(name, detail));
  switch (openType) {
    case "getPhoneNumber": {
      const outcome = await client.phoneNumber();
      if (!outcome) return;
      if ("failed" in outcome) trigger("getphonenumber", outcome.failed);
      else if (isOlder(client.device().sdkVersion, PHONE_CODE_SINCE))
        trigger("getphonenumber", { errMsg: "getPhoneNumber:ok", encryptedData: "b64", iv: "b64" });
      else trigger("getphonenumber", { errMsg: "getPhoneNumber:ok", code: outcome.code });
      return;
    }
    case "launchApp": {
      const outcome = await client.launchApp(String(node.data["appParameter"] ?? ""));
      if (!outcome) return;
      if ("failed" in outcome) trigger("error", outcome.failed);
      else trigger("launchapp", { errMsg: "launchApp:ok" });
      return;
    }
    case "agreePrivacyAuthorization":
      trigger("agreeprivacyauthorization", { errMsg: "agreePrivacyAuthorization:ok" });
      return;
    case "contact":
      client.openCustomerService();
      return;
    case "feedback":
      client.note({ kind: "system", name: openType });
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
