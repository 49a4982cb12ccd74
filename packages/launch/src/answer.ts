import { HANDLE } from "@app2wxapp/protocol";
import type { Login } from "./login";
import { RETURN_CODES, type ReturnCode } from "./return-codes";

/** What came back from the applet. */
export type Answer =
  /** Send both to your backend at once: the ticket lives about two minutes. */
  | { outcome: "granted"; ticket: string; codeVerifier?: string }
  /** The person declined: not an error. */
  | { outcome: "cancelled"; message: string }
  /** The applet could not finish. `message` is for people; RETURN_CODES says what to do. */
  | { outcome: "failed"; code: FailureCode; message: string }
  /** Nothing happens; the login, if there is one, goes on waiting. */
  | { outcome: "ignored"; reason: IgnoredReason };

export type FailureCode = Exclude<ReturnCode, 200 | 400>;

/**
 * - `unreadable`: not a string in the applet's format (`{}`, another plugin's answer).
 * - `no-login`: nobody asked.
 * - `no-state`: it carries no state, so it cannot be told from a forged one.
 * - `other-login`: it belongs to a login that was given up, or to nobody here.
 * - `answered`: the same answer came again.
 * - `expired`: it came more than LOGIN_LIFETIME_MS after the start.
 */
export type IgnoredReason = "unreadable" | "no-login" | "no-state" | "other-login" | "answered" | "expired";

/**
 * Reads the string launchApp handed over (`extMsg` on iOS and HarmonyOS, `messageExt` or `extMsg` on Android) against
 * the login that waits for it, and marks the login as answered: the same string is taken once. Never throws, whatever
 * the string is. Store the login again afterwards, or forget it.
 */
export function take(login: Login | null | undefined, text: unknown, now: number = Date.now()): Answer {
  const answer = judge(login, text, now);
  if (login && answer.outcome !== "ignored") login.answered = true;
  return answer;
}

/** What `take` would answer; leaves the login as it is. */
export function judge(login: Login | null | undefined, text: unknown, now: number): Answer {
  const pairs = pairsOf(text);
  const code = pairs && codeOf(pairs);
  if (code === undefined) return ignored("unreadable");
  if (!login) return ignored("no-login");
  const state = pairs!.get("state");
  if (!state) return ignored("no-state");
  if (state !== login.state) return ignored("other-login");
  if (login.answered) return ignored("answered");
  if (now >= login.expiresAt) return ignored("expired");

  const message = pairs!.get("message") ?? "";
  if (code === 400) return { outcome: "cancelled", message };
  if (code !== 200) return { outcome: "failed", code, message };
  const ticket = pairs!.get("ticket");
  if (ticket === undefined || !HANDLE.test(ticket)) return { outcome: "failed", code: 500, message };
  const { codeVerifier } = login;
  return codeVerifier === undefined ? { outcome: "granted", ticket } : { outcome: "granted", ticket, codeVerifier };
}

function ignored(reason: IgnoredReason): Answer {
  return { outcome: "ignored", reason };
}

/** The applet's strings stay under 1 KB; percent-encoded Chinese is nine times as long as its characters. */
const LONGEST = 4096;

/**
 * The pairs of a query string; undefined for anything else. Some way between applet and app may put a `?` or white
 * space around it, or percent-encode values or the whole, even twice. A name that repeats makes it unreadable.
 */
function pairsOf(text: unknown): Map<string, string> | undefined {
  if (typeof text !== "string" || text.length > LONGEST) return undefined;
  let query = trimmed(text);
  // Every answer has code and message, so both signs are there unless they are encoded.
  for (let times = 0; times < 2 && !(query.includes("=") && query.includes("&")); times++)
    query = trimmed(decoded(query));
  const pairs = new Map<string, string>();
  for (const pair of query.split("&")) {
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    if (pairs.has(name)) return undefined;
    pairs.set(name, decoded(pair.slice(at + 1).trim()));
  }
  return pairs;
}

function trimmed(text: string): string {
  return text.trim().replace(/^\?/, "");
}

/** The text itself when it holds a broken percent escape, as a message for people may. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A code of a newer applet counts as 500; undefined when there is no code. */
function codeOf(pairs: Map<string, string>): ReturnCode | undefined {
  const code = pairs.get("code");
  if (code === undefined || !/^[1-9][0-9]{2}$/.test(code)) return undefined;
  return Object.prototype.hasOwnProperty.call(RETURN_CODES, code) ? (Number(code) as ReturnCode) : 500;
}
