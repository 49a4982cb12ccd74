import type { SignInReply } from "@app2wxapp/browser-host/sign-in";
import type { Device } from "../../device";
import type { JournalEntry } from "../../journal";
import type { OtherPool } from "./other-pool";
import type { PhoneSetup } from "../../setup";
import type { RelayReply, RelayRequest } from "../../relay-format";

let conditionsSet = "";

/** What runs behind the page, in the phone's own process. */
export const backend = {
  setup: async () => (await (await fetch("/setup")).json()) as PhoneSetup,
  loginCode: (person: string, appId: string) => post<{ code: string }>("/device/login-code", { person, appId }),
  phoneCode: (person: string, appId: string) => post<{ code: string }>("/device/phone-code", { person, appId }),
  /** `masked` is null when no number is bound. */
  numberOf: (person: string) => post<{ masked: string | null; numbersLeft: number }>("/device/number", { person }),
  /** Tells WeChat's server what this device says of it, if that is new. */
  async setConditions({ wechatLatency, unionid, phoneNumbersLeft, loginsPerMinute }: Device): Promise<void> {
    const conditions = {
      latencyMs: wechatLatency,
      isBound: unionid === "given",
      phoneNumbersLeft,
      loginsPerMinute: loginsPerMinute || null,
    };
    const text = JSON.stringify(conditions);
    if (text === conditionsSet) return;
    conditionsSet = text;
    await post<object>("/device/conditions", conditions);
  },
  relay: (request: RelayRequest) => post<RelayReply>("/relay", request),
  signIn: (ticket: string, codeVerifier: string | undefined, other: OtherPool | undefined) =>
    post<SignInReply>("/host/sign-in", { ticket, codeVerifier, other }),
  /** Every HTTP request of this little world as it happens. */
  onRequest(listener: (entry: JournalEntry) => void): void {
    new EventSource("/events").addEventListener("message", ({ data }) =>
      listener(JSON.parse(String(data)) as JournalEntry),
    );
  },
};

async function post<Reply>(path: string, body: unknown): Promise<Reply> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as Reply;
}
