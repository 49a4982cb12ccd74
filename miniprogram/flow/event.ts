import type { ReturnCode } from "../protocol/return-string";
import type { AttemptReply, TicketReply } from "../protocol/wire";
import type { Call, IssueTicket, LogIn, OpenAttempt, Wait } from "./effect";
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

/** What happened. `at` is the wall clock, epoch ms; `sentAt` is when the call went out. */
export type Event = { at: number } & (
  | { type: "entered"; visit: Visit }
  | { type: "hidden" }
  | { type: "shown" }
  | { type: "loggedIn"; of: LogIn; code: string }
  | { type: "attemptOpened"; of: OpenAttempt; reply: AttemptReply; sentAt: number }
  | { type: "ticketIssued"; of: IssueTicket; reply: TicketReply; sentAt: number }
  | { type: "callFailed"; of: Call; problem: Problem }
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
