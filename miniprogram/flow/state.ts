import type { ReturnCode } from "../protocol/return-string";
import type { Need, PoolView, TicketRequest, UserView } from "../protocol/wire";
import type { LaunchFailure } from "./launch-failure";
import type { PhoneRefusal } from "./phone-answer";
import type { Problem } from "./problem";
import type { Proof } from "./proof";
import type { Visit } from "./visit";

/** What the server told about this login when it began, and what has been learned since. */
export interface Attempt {
  /** The server's handle; empty in code mode, where no server takes part. */
  handle: string;
  /** Epoch ms, counted from the sending of the request; Infinity in code mode. */
  expiresAt: number;
  pool: PoolView;
  user: UserView | null;
  needs: readonly Need[];
  phoneOptional: boolean;
  /** The person ticked the box. */
  agreed: boolean;
  /** Which agreement's text is open. */
  reading?: number;
  /** Code mode: wx.login's code and when it was given. */
  login?: { code: string; at: number };
}

/** A phone code the person granted, not used yet. */
export interface PhoneGrant {
  code: string;
  at: number;
}

/** Said on the page until the next thing happens. */
export type Notice = "agreements.unticked" | "phone.wait" | "phone_code.invalid" | "phone.required" | "busy";

/** wx.login, then the first request. */
export interface Opening {
  name: "opening";
  visit: Visit;
  /** The call whose outcome counts; any other is late. */
  awaits: string;
  /** The server refused one wx.login code already; it is not asked a third time. */
  secondLogin: boolean;
  /** Granted to a visit that this one replaced. */
  phone?: PhoneGrant;
}

/** The person has something to decide: agreements, the phone number, or both. */
export interface Asking {
  name: "asking";
  visit: Visit;
  attempt: Attempt;
  phone?: PhoneGrant;
  /** The phone prompt is open: nothing may move, or its paid answer is lost. */
  prompted: boolean;
  /** In the background, or not yet known to be back. */
  away: boolean;
  refusal?: PhoneRefusal;
  /** The prompt is not offered again before this; a prompt right after a refusal fails at once. */
  pausedUntil?: number;
  notice?: Notice;
  timer: string;
}

/** The first ticket is on its way. */
export interface Issuing {
  name: "issuing";
  visit: Visit;
  attempt: Attempt;
  awaits: string;
  request: TicketRequest;
  phone?: PhoneGrant;
}

/** The proof is in the button. */
export interface Confirming {
  name: "confirming";
  visit: Visit;
  attempt: Attempt;
  proof: Proof;
  /** A renewal under way; the present proof stays good until it is due. */
  awaits?: string;
  away: boolean;
  /** Code mode: the person confirmed, so the codes may go into the button. */
  confirmed: boolean;
  /** The app has had a proof of this login already. */
  again: boolean;
  /** What the timer will say: time to renew, or time is up. */
  stage: "fresh" | "aging";
  timer: string;
}

/** The proof is due and must not go out; the next one is on its way, or waits for a tap. */
export interface Renewing {
  name: "renewing";
  visit: Visit;
  attempt: Attempt;
  /** Code mode: what the next login code is paired with. */
  phone?: PhoneGrant;
  awaits?: string;
  problem?: Problem;
  away: boolean;
  confirmed: boolean;
  again: boolean;
}

/** The app was opened with an answer. */
export interface Returned {
  name: "returned";
  visit: Visit;
  code: ReturnCode;
  /** There after a login: it can hand over a fresh proof. */
  attempt?: Attempt;
  phone?: PhoneGrant;
  /** The attempt is over: the app must start a new login. */
  spent: boolean;
}

/** WeChat refused to open the app: how to go back by hand. */
export interface Stranded {
  name: "stranded";
  visit: Visit;
  failure: LaunchFailure;
  /** Where another try goes on. */
  from: Exclude<State, Stranded>;
}

export interface Failed {
  name: "failed";
  visit: Visit;
  problem: Problem;
  /** What another try sends again; without it another try starts over. */
  resend?: Issuing;
  /** Another try is not offered before this. */
  retryAt?: number;
  notice?: Notice;
  timer: string;
}

/** Opened without an app: what this is, and whose. */
export interface Standalone {
  name: "standalone";
  visit: Visit;
  /** The person has been through the trial. */
  tried: boolean;
}

/** Where a login stands. `undefined` in its place: nothing has opened the applet yet. */
export type State = Opening | Asking | Issuing | Confirming | Renewing | Returned | Stranded | Failed | Standalone;
