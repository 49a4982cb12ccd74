import { HANDLE } from "@app2wxapp/protocol";
import type { Login } from "./login";

/** What came back from the applet. */
export type Answer =
  /** Send the ticket (and the login's verifier) to your backend at once: it lives two minutes. */
  | { outcome: "granted"; ticket: string }
  /** The person declined: not an error. */
  | { outcome: "cancelled"; message: string }
  /** The applet could not finish; `code` is one of the documented return codes, `message` is for people. */
  | { outcome: "failed"; code: number; message: string }
  /** No answer to this login: the person merely came back, or another login's answer. Ignore it. */
  | { outcome: "none" };

/**
 * Reads the string launchApp handed over (`extMsg` on iOS and HarmonyOS, `messageExt` or `extMsg` on Android) against
 * the login that is waiting for it. Never throws, whatever the string is. Forget the login after any other outcome
 * than `none`: an answer counts once.
 */
export function readReturn(text: string | null | undefined, login: Pick<Login, "state"> | null | undefined): Answer {
  if (!text || !login) return { outcome: "none" };
  const pairs = new Map<string, string>();
  for (const pair of text.split("&")) {
    const at = pair.indexOf("=");
    if (at > 0) pairs.set(pair.slice(0, at), pair.slice(at + 1));
  }
  if (pairs.get("state") !== login.state) return { outcome: "none" };
  const code = Number(pairs.get("code"));
  if (!Number.isInteger(code)) return { outcome: "none" };
  const message = pairs.get("message") ?? "";
  if (code === 400) return { outcome: "cancelled", message };
  const ticket = pairs.get("ticket");
  if (code === 200 && ticket !== undefined && HANDLE.test(ticket)) return { outcome: "granted", ticket };
  return { outcome: "failed", code: code === 200 ? 500 : code, message };
}
