import type { Language } from "../protocol/launch";
import type { AccountChangeRequest, AccountRequest, AttemptRequest, TicketRequest } from "../protocol/wire";

/** A request before it is JSON, which leaves out what is undefined. */
export type Unsent<Request> = {
  [Field in keyof Request]: Request[Field] | (object extends Pick<Request, Field> ? undefined : never);
};

export interface LogIn {
  type: "logIn";
}
export interface OpenAttempt {
  type: "openAttempt";
  userPoolId: string;
  /** Of what the server says to the person. */
  language: Language;
  request: Unsent<AttemptRequest>;
}
export interface IssueTicket {
  type: "issueTicket";
  userPoolId: string;
  /** Of what the server says to the person. */
  language: Language;
  request: Unsent<TicketRequest>;
}

export interface AskAccount {
  type: "askAccount";
  /** A look, or a change. */
  what: "sessions" | "changes";
  language: Language;
  request: AccountRequest | AccountChangeRequest;
}

/** A call with an outcome. It is its own name: an outcome says which call it is `of`. */
export type Call = LogIn | OpenAttempt | IssueTicket | AskAccount;

/** Rings once. There is one timer: a later order replaces it. */
export interface Wait {
  type: "wait";
  /** Epoch ms. */
  until: number;
  milliseconds: number;
}

/** What is to be done. */
export type Effect =
  | Call
  | Wait
  | { type: "openPrivacyContract" }
  /** A paid phone code reached nobody who asked for it. */
  | { type: "countLostPhone" };
