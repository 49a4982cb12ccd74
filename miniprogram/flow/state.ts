import type { Key } from "../messages/words";
import type { ReturnCode } from "../protocol/return-string";
import type { AccountOffer, AccountPage, Need, PoolView, TicketRequest, UserView } from "../protocol/wire";
import type { Credential, LoginCode, PhoneGrant } from "./credential";
import type { Departure } from "./departure";
import type { Call, Unsent, Wait } from "./effect";
import type { PhoneRefusal, Problem } from "./problem";
import type { Arrival } from "./launch-or-return";
import type { Visit } from "./visit";

/** A login: who asked for what, whether the person is looking, and how far it is. */
export interface Login {
  visit: Visit;
  /** In the background, or not known to be back. What arrives meanwhile must find no finger on it. */
  isAway: boolean;
  /** How this visit began, and what came since. */
  arrival: Arrival;
  /** The visit just before: WeChat may still answer a button of its. */
  former?: Visit | undefined;
  /** The visit whose phone prompt was open when this one replaced it. */
  prompting?: Visit | undefined;
  /** The call under way when the person left last: WeChat breaks calls off in the background. */
  leftDuring?: Call | undefined;
  departure: Departure;
  rest?: Rest | undefined;
  /** Whose login it is, once the server told. */
  pool?: PoolView | undefined;
  phase: Phase;
}

/** Another try before `until` would fail; what is left of it is shown. */
export interface Rest {
  /** Epoch ms. */
  until: number;
  secondsLeft: number;
  timer: Wait;
}

/** Where a login stands. */
export type Phase =
  Opening | Asking | Issuing | Confirming | Renewing | Returned | Stranded | Failed | Standalone | Account;

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
  isAgreed: boolean;
  /** Which agreement's text is open, by its place in the list. */
  reading?: number | string | undefined;
  /** Code mode: what the number is paired with. */
  login?: LoginCode;
}

/** wx.login, then the first request. */
export interface Opening {
  name: "opening";
  /** The call whose outcome counts; any other is late. */
  awaits: Call;
  /** The server refused a wx.login code already; there is no third. */
  isSecond?: true;
  /** Granted to the visit that this one replaced. */
  phone?: PhoneGrant | undefined;
}

/** The person has something to decide: agreements, the phone number, or both. */
export interface Asking {
  name: "asking";
  attempt: Attempt;
  phone: PhoneGrant | undefined;
  /** The phone prompt is open: nothing may move, or its paid answer is lost. */
  isPrompted: boolean;
  refusal: PhoneRefusal | undefined;
  /** Of the prompt: right after a refusal it fails at once. */
  rest: Rest | undefined;
  notice: Key | undefined;
  timer: Wait;
}

/** The first ticket is on its way. */
export interface Issuing {
  name: "issuing";
  attempt: Attempt;
  phone: PhoneGrant | undefined;
  request: Unsent<TicketRequest>;
  awaits: Call;
}

/** Between the person's decision and the app. */
export interface Holding {
  attempt: Attempt;
  credential: Credential | undefined;
  /** Code mode: what a new login code is paired with. */
  phone?: PhoneGrant | undefined;
  /** Code mode: the person confirmed, so the codes may go into the button. */
  isReleased?: true;
  /** The app has been opened with this login before. */
  isAgain?: true;
  /** A renewal under way. */
  awaits?: Call | undefined;
  timer?: Wait | undefined;
  /** Why the last renewal failed, and when there may be another, epoch ms. */
  problem?: Problem | undefined;
  notBefore?: number | undefined;
}

/** The credential is in the button, and is renewed before it is due. */
export interface Confirming extends Holding {
  name: "confirming";
  credential: Credential;
}

/** No credential may go out; the next one is on its way, or waits for a tap. */
export interface Renewing extends Holding {
  name: "renewing";
  credential: undefined;
}

/** The app was opened with an answer. */
export interface Returned {
  name: "returned";
  code: ReturnCode;
  /** What it ended. A login that succeeded can give another credential. */
  from: Phase;
}

/** WeChat refused to open the app: how to go back by hand. Beneath it the login goes on. */
export interface Stranded {
  name: "stranded";
  from: Exclude<Phase, Stranded>;
}

export interface Failed {
  name: "failed";
  problem: Problem;
  /** What it ended. Another try sends a first request again; everything else starts over. */
  from: Opening | Asking | Issuing | Confirming | Renewing | undefined;
  /** The person was away when it happened: coming back is another try. */
  isBrokenOff: boolean;
}

/** Opened without an app: what this is, and whose. */
export interface Standalone {
  name: "standalone";
  /** The person has been through the trial. */
  isTried?: true;
}

/** The person looks after their own accounts, each time with a fresh code of wx.login. */
export interface Account {
  name: "account";
  /** Where it leads back to. */
  from: Phase;
  /** What the server told last. */
  reply?: AccountPage | undefined;
  /** What the person is being asked about, or has decided. */
  offer?: AccountOffer | undefined;
  awaits?: Call | undefined;
  problem?: Problem | undefined;
}
