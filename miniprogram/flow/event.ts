import type { AttemptReply, AttemptRequest, TicketReply, TicketRequest } from "../protocol/wire";
import type { PhoneDetail } from "./phone-answer";
import type { Problem } from "./problem";
import type { Visit } from "./visit";

/** Plain buttons by their element id; what open-type buttons do is WeChat's and comes as `launched` or `phoneAnswered`. */
export type PlainAction =
  "proceed" | "confirm" | "skip-phone" | "again" | "retry" | "try" | "finish" | "leave" | "privacy";

/** The launchApp buttons by their element id. */
export type LaunchAction = "confirm" | "cancel" | "return";

/** What happened. `at` is the wall clock, epoch ms; `call` names the call whose outcome this is. */
export type Event = { at: number } & (
  | { type: "entered"; visit: Visit }
  | { type: "hidden" }
  | { type: "shown" }
  | { type: "loggedIn"; call: string; code: string }
  | { type: "loginFailed"; call: string; problem: Problem }
  | { type: "attemptOpened"; call: string; reply: AttemptReply; sentAt: number }
  | { type: "attemptRefused"; call: string; problem: Problem; retryAfterSeconds?: number }
  | { type: "ticketIssued"; call: string; reply: TicketReply; sentAt: number }
  | { type: "ticketRefused"; call: string; problem: Problem; retryAfterSeconds?: number }
  | { type: "timerRang"; timer: string }
  | { type: "phonePrompted" }
  | { type: "phoneAnswered"; detail: PhoneDetail }
  | { type: "tapped"; action: PlainAction }
  | { type: "agreementToggled" }
  | { type: "agreementOpened"; index: number }
  | { type: "agreementClosed" }
  /** `visit` is the one whose button was tapped: these may reach a later one. */
  | { type: "launched"; visit: string; action: LaunchAction }
  | { type: "launchFailed"; visit: string; errMsg: string }
  | { type: "imageFailed"; image: "logo" | "photo" }
);

/** What is to be done about it. Outcomes come back as events. */
export type Effect =
  | { type: "logIn"; call: string }
  | { type: "openAttempt"; call: string; userPoolId: string; request: AttemptRequest }
  | { type: "issueTicket"; call: string; userPoolId: string; request: TicketRequest }
  /** Rings once; there is one timer, and a later order replaces it. */
  | { type: "wait"; timer: string; milliseconds: number }
  | { type: "openPrivacyContract" }
  /** A paid phone code reached nobody who asked for it. */
  | { type: "countLostPhone" };
