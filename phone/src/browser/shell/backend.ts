import type { SignInReply } from "@app2wxapp/browser-host/sign-in";
import type { JournalEntry } from "../../journal";
import type { PhoneSetup } from "../../setup";
import type { RelayReply, RelayRequest } from "../../relay-format";

/** What runs behind the page, in the phone's own process. */
export const backend = {
  setup: async () => (await (await fetch("/setup")).json()) as PhoneSetup,
  loginCode: (person: string) => post<{ code: string }>("/device/login-code", { person }),
  /** Without a code: no number is bound. */
  phoneCode: (person: string) => post<{ code?: string }>("/device/phone-code", { person }),
  maskedNumber: (person: string) => post<{ masked: string | null }>("/device/number", { person }),
  setWechatLatency: (milliseconds: number) => post<object>("/device/wechat-latency", { milliseconds }),
  relay: (request: RelayRequest) => post<RelayReply>("/relay", request),
  signIn: (ticket: string, codeVerifier: string | undefined) =>
    post<SignInReply>("/host/sign-in", { ticket, codeVerifier }),
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
