import type { ReturnedCodes } from "../protocol/return-string";
import type { TicketReply } from "../protocol/wire";

/** A phone code the person granted, and when. It costs money and cannot be had again without asking. */
export interface PhoneGrant {
  code: string;
  at: number;
  /** It has outlived an attempt; it does so once. */
  isKept?: true;
}

/** A code of wx.login, kept where no server spends it, and when it came. */
export interface LoginCode {
  code: string;
  at: number;
}

/** What the app receives when the person confirms, and how long it may be handed over. Times are epoch ms. */
export interface Credential {
  ticket?: string;
  /** Code mode, in place of the ticket. */
  codes?: ReturnedCodes;
  bornAt: number;
  /** When to ask for the next one, while this one is still good. */
  renewAt: number;
  /** From here on it must not be handed over. */
  dueAt: number;
}

/** Leaves the server time to answer; a request takes ten seconds at most. */
const RENEWAL_LEAD = 10_000;
/** wx.login's and the phone prompt's codes live five minutes; none older than four goes out. */
const CODES_GO_OUT_FOR = 240_000;

/**
 * A ticket is handed over with at least min(60 s, half its life) left for the app. Its life is counted from the sending
 * of the request, so that the journey of the reply is never counted as life.
 */
export function ticketCredential(
  { ticket, ticketExpiresIn }: Pick<TicketReply, "ticket" | "ticketExpiresIn">,
  sentAt: number,
): Credential {
  const life = ticketExpiresIn * 1000;
  const usable = life - Math.min(60_000, life / 2);
  const dueAt = sentAt + usable;
  return { ticket, bornAt: sentAt, dueAt, renewAt: dueAt - Math.min(RENEWAL_LEAD, usable / 2) };
}

/** Only the login code can be renewed; once the phone code is the older one, the pair is good until it is due. */
export function codesCredential(login: LoginCode, phone: PhoneGrant): Credential {
  const bornAt = Math.min(login.at, phone.at);
  const dueAt = bornAt + CODES_GO_OUT_FOR;
  const codes: ReturnedCodes = { code: login.code, phoneInfoCode: phone.code };
  return { codes, bornAt, dueAt, renewAt: login.at < phone.at ? dueAt - RENEWAL_LEAD : dueAt };
}

/** A clock that stands before the credential's birth was set back, and says nothing about its age. */
export function isFresh({ bornAt, dueAt }: Pick<Credential, "bornAt" | "dueAt">, at: number): boolean {
  return at >= bornAt && at < dueAt;
}

/** Whether a phone code may still be paired with a new login code. */
export function isPhoneFresh({ at: bornAt }: PhoneGrant, at: number): boolean {
  return isFresh({ bornAt, dueAt: bornAt + CODES_GO_OUT_FOR }, at);
}

/** The same credential, older by so many milliseconds. */
export function aged(credential: Credential, by: number): Credential {
  return {
    ...credential,
    bornAt: credential.bornAt - by,
    renewAt: credential.renewAt - by,
    dueAt: credential.dueAt - by,
  };
}
