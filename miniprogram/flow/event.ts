import type { ReturnCode } from "../protocol/return-string";
import type { AttemptReply, AttemptRequest, TicketReply, TicketRequest } from "../protocol/wire";
import type { PhoneDetail, Problem } from "./problem";
import type { Visit } from "./visit";

/** The buttons, by their element id. What the open-type ones do is WeChat's and comes back as events of its own. */
export type ActionId =
  | "proceed"
  | "allow-phone"
  | "skip-phone"
  | "release"
  | "confirm"
  | "cancel"
  | "return"
  | "retry"
  | "try"
  | "leave"
  | "contact"
  | "privacy";

export interface LogIn {
  type: "logIn";
}
export interface OpenAttempt {
  type: "openAttempt";
  userPoolId: string;
  request: AttemptRequest;
}
export interface IssueTicket {
  type: "issueTicket";
  userPoolId: string;
  request: TicketRequest;
}
/** Rings once. There is one timer: a later order replaces it. */
export interface Wait {
  type: "wait";
  until: number;
  milliseconds: number;
}

/** A call with an outcome. It is its own name: an outcome says which call it is `of`. */
export type Call = LogIn | OpenAttempt | IssueTicket;

/** What is to be done. */
export type Effect =
  | Call
  | Wait
  | { type: "openPrivacyContract" }
  /** A paid phone code reached nobody who asked for it. */
  | { type: "countLostPhone" };

/** What happened. `at` is the wall clock, epoch ms; `sentAt` is when the call went out. */
export type Event = { at: number } & (
  | { type: "entered"; visit: Visit }
  | { type: "hidden" }
  | { type: "shown" }
  | { type: "loggedIn"; of: LogIn; code: string }
  | { type: "attemptOpened"; of: OpenAttempt; reply: AttemptReply; sentAt: number }
  | { type: "ticketIssued"; of: IssueTicket; reply: TicketReply; sentAt: number }
  | { type: "refused"; of: Call; problem: Problem }
  | { type: "timerRang"; of: Wait }
  | { type: "phoneAnswered"; detail: PhoneDetail }
  | { type: "tapped"; action: ActionId }
  | { type: "agreementToggled" }
  /** -1 closes it. */
  | { type: "agreementOpened"; index: number }
  /** `visit` is the one whose button was tapped: these may come late. */
  | { type: "launched"; visit: string; code: ReturnCode }
  | { type: "launchFailed"; visit: string; errMsg: string }
);
