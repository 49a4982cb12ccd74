import type { AttemptRequest } from "../protocol/wire";
import { attemptWithoutServer, isCodeMode } from "./code-mode";
import type { Event, OpenAttempt } from "./event";
import { codesCredential, ticketCredential } from "./credential";
import type { Attempt, Opening } from "./state";
import { ask, fail, issue, lacks, newlyHeld, open, type Step } from "./steps";
import { isSameAsker, type Visit } from "./visit";

/** From wx.login to what has to be asked. When nothing has to, the first reply carries the ticket. */
export function opening(state: Opening, event: Event): Step {
  const { visit, phone, isAway } = state;
  switch (event.type) {
    case "loggedIn": {
      codeMode: if (isCodeMode(visit)) {
        const attempt = attemptWithoutServer(visit, event);
        if (!phone) return ask({ visit, attempt, isAway }, event.at);
        return newlyHeld({ visit, attempt, phone, credential: codesCredential(event, phone), isAway }, event.at);
      }
      // Spends the code: it is in this one request and in no state.
      const request = requestOf(visit, event.code);
      const awaits: OpenAttempt = { type: "openAttempt", userPoolId: visit.userPoolId, request };
      return [{ ...state, awaits }, [awaits]];
    }
    case "attemptOpened":
      return opened(state, event);
    case "refused":
      // Used or expired on the way: the server asks for another code, once.
      if (event.problem === "wechat_code.invalid" && !state.isSecond)
        return open(visit, { isAway, isSecond: true, phone });
      return fail(visit, event.problem);
    case "phoneAnswered": {
      // The prompt of the visit before this one: its number is paid for, and may be meant for the same app and pool.
      const { code } = event.detail;
      const isOurs = code && visit.prompting && isSameAsker(visit.prompting, visit);
      return [isOurs ? { ...state, phone: { code, at: event.at } } : state, []];
    }
    default:
      return [state, []];
  }
}

function requestOf({ appId, callerAppId, launch }: Visit, code: string): AttemptRequest {
  const { getPhone, useSelfWxapp, codeChallenge } = launch;
  const request: AttemptRequest = { code, appId, getPhone };
  if (useSelfWxapp !== undefined) request.useSelfWxapp = useSelfWxapp;
  if (callerAppId) request.callerAppId = callerAppId;
  if (codeChallenge) request.codeChallenge = codeChallenge;
  return request;
}

function opened(
  { visit, phone, isAway }: Opening,
  { at, sentAt, reply }: Extract<Event, { type: "attemptOpened" }>,
): Step {
  const { attempt: handle, expiresIn, pool, user, needs, phoneOptional, ticket, ticketExpiresIn } = reply;
  const expiresAt = sentAt + expiresIn * 1000;
  const attempt: Attempt = { handle, expiresAt, pool, user, needs, phoneOptional, isAgreed: false, reading: -1 };
  if (ticket && ticketExpiresIn) {
    const credential = ticketCredential({ ticket, ticketExpiresIn }, sentAt);
    return newlyHeld({ visit, attempt, phone: undefined, credential, isAway }, at);
  }
  const given = { visit, attempt, phone, isAway };
  const lacking = lacks(given);
  return lacking.phone || lacking.agreement ? ask(given, at) : issue(given);
}
