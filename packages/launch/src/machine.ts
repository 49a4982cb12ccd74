import { judge, type FailureCode, type IgnoredReason } from "./answer";
import { restoreLogin, type Login } from "./login";

/** Where the app's login stands. Plain data; `savedLogin` says what of it outlives the process. */
export interface LoginState {
  phase: "signedOut" | "waiting" | "exchanging" | "signedIn";
  /** The login whose answer is still accepted; in `exchanging`, the one whose ticket the backend has. */
  login: Login | null;
  /** What to tell the person; only in `signedOut`. */
  notice: Notice | null;
}

export type Notice =
  /** The person declined, or came back without an answer. */
  | { kind: "cancelled" }
  /** The applet could not finish. */
  | { kind: "failed"; code: FailureCode; message: string }
  /** WeChat is not installed, or did not open. */
  | { kind: "notOpened" }
  /** The app's backend did not accept the ticket, or could not be reached. */
  | { kind: "refused" };

export type LoginEvent =
  /** The person tapped the login button; `startLogin` made the login. */
  | { type: "started"; login: Login }
  /** WeChat is missing, or sendReq said no. */
  | { type: "notOpened"; state: string }
  /** WeChat handed over a string. */
  | { type: "answered"; text: unknown }
  /** The app came to the front again. */
  | { type: "foregrounded" }
  /** The backend traded the ticket of the login with this state. */
  | { type: "exchanged"; state: string }
  /** The backend did not. */
  | { type: "refused"; state: string }
  | { type: "signedOut" };

export type LoginEffect =
  /** Open the applet. */
  | { type: "open"; path: string; state: string }
  /** Hand the ticket to the app's backend; report `exchanged` or `refused` with this state. */
  | { type: "exchange"; ticket: string; codeVerifier?: string; state: string }
  /** Nothing to do; worth a line in the log. */
  | { type: "ignore"; reason: IgnoredReason | "busy" };

export interface Step {
  state: LoginState;
  effect: LoginEffect | null;
}

export const SIGNED_OUT: LoginState = { phase: "signedOut", login: null, notice: null };

/**
 * What an event does to the app's login. Whatever the order of events, a ticket goes to the backend at most once, only
 * that of the login last started, and only with that login's verifier.
 */
export function step(state: LoginState, event: LoginEvent, now: number = Date.now()): Step {
  const { phase, login } = state;
  switch (event.type) {
    case "started":
      if (phase === "exchanging" || phase === "signedIn") return ignore(state, "busy");
      return {
        state: { phase: "waiting", login: event.login, notice: null },
        effect: { type: "open", path: event.login.path, state: event.login.state },
      };
    case "notOpened":
      if (login?.state !== event.state || login.answered) return ignore(state, "other-login");
      return told({ kind: "notOpened" });
    case "answered":
      return answered(state, event.text, now);
    case "foregrounded":
      // An answer may still be on its way: the login stays, and a late answer is accepted.
      if (phase !== "waiting") return { state, effect: null };
      return { state: { phase: "signedOut", login, notice: { kind: "cancelled" } }, effect: null };
    case "exchanged":
      if (phase !== "exchanging" || login?.state !== event.state) return ignore(state, "other-login");
      return { state: { phase: "signedIn", login: null, notice: null }, effect: null };
    case "refused":
      if (phase !== "exchanging" || login?.state !== event.state) return ignore(state, "other-login");
      return told({ kind: "refused" });
    case "signedOut":
      return { state: SIGNED_OUT, effect: null };
    default:
      return { state, effect: null };
  }
}

function answered(state: LoginState, text: unknown, now: number): Step {
  const { login } = state;
  const answer = judge(login, text, now);
  if (answer.outcome === "ignored") return ignore(state, answer.reason);
  if (answer.outcome === "cancelled") return told({ kind: "cancelled" });
  if (answer.outcome === "failed") return told({ kind: "failed", code: answer.code, message: answer.message });
  const { outcome: _, ...proof } = answer;
  return {
    state: { phase: "exchanging", login: { ...login!, answered: true }, notice: null },
    effect: { type: "exchange", ...proof, state: login!.state },
  };
}

function told(notice: Notice): Step {
  return { state: { phase: "signedOut", login: null, notice }, effect: null };
}

function ignore(state: LoginState, reason: IgnoredReason | "busy"): Step {
  return { state, effect: { type: "ignore", reason } };
}

/** What to store after each step, null to delete it: the login, while an answer to it can count. */
export function savedLogin({ login }: LoginState): string | null {
  return login && !login.answered ? JSON.stringify(login) : null;
}

/** Where the app stands when it starts, from what `savedLogin` gave before the process ended. Never throws. */
export function restoreState(saved: unknown, now: number = Date.now()): LoginState {
  const login = restoreLogin(saved, now);
  return login ? { phase: "waiting", login, notice: null } : SIGNED_OUT;
}
