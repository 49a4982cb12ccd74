import type { Event } from "./event";
import { ticketCredential } from "./credential";
import type { Attempt, Opening } from "./state";
import { fail, newlyHeld, open, ready, type Step } from "./steps";
import { isSameAsker } from "./visit";

/** From wx.login to what has to be asked. When nothing has to, the first reply carries the ticket. */
export function opening(state: Opening, event: Event): Step {
  const { visit, phone, isAway } = state;
  switch (event.type) {
    case "loggedIn": {
      const begun = visit.mode.begin(visit, { code: event.code, at: event.at });
      if ("type" in begun) return [{ ...state, awaits: begun }, [begun]];
      return ready({ visit, attempt: begun, phone, isAway }, event.at);
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
  return ready({ visit, attempt, phone, isAway }, at);
}
