import type { ReturnCode } from "../protocol/return-string";
import type { AccountPage, AttemptReply, TicketReply } from "../protocol/wire";
import type { AskAccount, Call, IssueTicket, LogIn, OpenAttempt, Wait } from "./effect";
import type { LaunchDetail, PhoneDetail, Problem } from "./problem";
import type { Config } from "../config";
import type { Mode } from "./mode/mode";
import type { Entry } from "./visit";

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
  | "privacy"
  /** The box of the agreements; the text of one, or of none for -1. */
  | "agree"
  | "read"
  /** One's own accounts; on the page that asks about a change: back to them. */
  | "account"
  /** Asks about a change, then makes it. */
  | "change"
  | "apply"
  /** In place of an open-type that must not act before it is told who has opened the applet. */
  | "resume";

/** What a visit is made of beside its entry, should one begin. */
export interface Making {
  /** Random. */
  id: string;
  config: Config;
  mode: Mode;
}

/** A call brought what it was for: an event of the call's own name. `sentAt` is when it went out. */
interface Answered<Of extends Call, Reply> {
  type: Of["type"];
  of: Of;
  reply: Reply;
  sentAt: number;
}

/** What happened. `at` is the wall clock, epoch ms. */
export type Event = { at: number } &
  /** App.onShow or wx.onAppShow told an entry. */
  (
    | ({ type: "entered"; entry: Entry } & Making)
    /** A page was made for `query`; `entry` is what the platform calls the last one. */
    | ({ type: "pageMade"; query: Entry["query"]; entry: Entry } & Making)
    /** The page is in front; it may have been there before. */
    | ({ type: "pageShown" } & Making)
    /** The person looks at the same login again. */
    | { type: "shown" }
    /** The applet left the screen. */
    | { type: "hidden" }
    /** The page did: the applet with it, or another page took its place. */
    | { type: "pageHidden" }
    | Answered<LogIn, string>
    | Answered<OpenAttempt, AttemptReply>
    | Answered<IssueTicket, TicketReply>
    | Answered<AskAccount, AccountPage>
    /** `retryAfter`: seconds in which no other try is wanted. */
    | { type: "callFailed"; of: Call; problem: Problem; retryAfter?: number | undefined }
    | { type: "timerRang"; of: Wait }
    | { type: "phoneAnswered"; detail: PhoneDetail }
    /** `of`: which of several, where a page has the button more than once. */
    | { type: "tapped"; action: ActionId; of?: string | number | undefined }
    /** `visit` is the one whose button was tapped: these may come late. */
    | { type: "launched"; visit: string; code: ReturnCode }
    | { type: "launchFailed"; visit: string; detail: LaunchDetail }
  );
