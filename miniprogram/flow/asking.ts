import { ticketCredential, type PhoneGrant } from "./credential";
import type { Effect } from "./effect";
import type { ActionId, Event } from "./event";
import { PROBLEMS, readPhoneRefusal, type PhoneDetail } from "./problem";
import type { Asking, Attempt, Issuing, Login, Opening } from "./state";
import { alarm, ask, endOfAsking, fail, hold, issue, lacks, open, ready, rest, type Step } from "./steps";

/** The phone prompt rests so long after a refusal; WeChat fails an earlier one at once. */
const PROMPT_REST = 10_000;

/** From wx.login to what has to be asked. When nothing has to, the first reply carries the ticket. */
export function opening({ visit, prompting }: Login, phase: Opening, event: Event): Step {
  const { phone, isSecond } = phase;
  switch (event.type) {
    case "logIn": {
      const begun = visit.mode.begin(visit, { code: event.reply, at: event.at });
      if ("type" in begun) return [{ ...phase, awaits: begun }, [begun]];
      return ready(visit, { attempt: begun, phone }, event.at);
    }
    case "openAttempt": {
      const { reply, sentAt, at } = event;
      const { attempt: handle, expiresIn, pool, user, needs, phoneOptional, ticket, ticketExpiresIn } = reply;
      const expiresAt = sentAt + expiresIn * 1000;
      const attempt: Attempt = { handle, expiresAt, pool, user, needs, phoneOptional, isAgreed: false };
      // The reply waited longer than the attempt lasts, in an applet that was suspended.
      if (at >= endOfAsking(attempt)) return fail("attempt.expired");
      if (ticket && ticketExpiresIn)
        return hold(visit, { attempt, credential: ticketCredential({ ticket, ticketExpiresIn }, sentAt) }, at);
      // With nothing to ask there has to be a ticket: asking for one might go on without end.
      return needs.length > 0 ? ready(visit, { attempt, phone }, at) : fail("reply.malformed", phase);
    }
    case "callFailed":
      // Used or expired on the way: the server asks for another code, once.
      if (event.problem === "wechat_code.invalid" && !isSecond) return open({ isSecond: true, phone });
      return fail(event.problem, phase);
    case "phoneAnswered": {
      // Of the prompt that was open when this visit began: its number is paid for.
      const { code } = event.detail;
      return [prompting && code ? { ...phase, phone: { code, at: event.at } } : phase, []];
    }
    default:
      return [phase, []];
  }
}

/**
 * The agreement box and the phone prompt. Which button the page shows, the prompt's or a plain one that says what is
 * missing, follows from `lacks`, `isAway` and `rest`: an open-type acts before any handler could refuse.
 */
export function asking(login: Login, phase: Asking, event: Event): Step {
  const { attempt, isPrompted } = phase;
  // While the prompt is open nothing may move. Some devices never answer: then it ends with the attempt.
  const isHeld = (at: number) => isPrompted && at < attempt.expiresAt;
  switch (event.type) {
    case "phoneAnswered":
      return answered(login, phase, event.detail, event.at);
    case "tapped":
      return tapped(login, phase, event.action, event.at);
    case "shown":
      return isHeld(event.at) ? [phase, []] : back(phase, event.at);
    case "timerRang": {
      const at = Math.max(event.at, event.of.until);
      return login.isAway || isHeld(at) ? [phase, []] : back(phase, at);
    }
    default:
      return [phase, []];
  }
}

function answered({ visit, prompting }: Login, phase: Asking, detail: PhoneDetail, at: number): Step {
  const { attempt } = phase;
  const lacking = lacks(phase);
  if (!detail.code) {
    // The prompt of a former visit was refused, not this one's.
    if (prompting) return [phase, []];
    return ask({ attempt, refusal: readPhoneRefusal(detail), rest: rest(at + PROMPT_REST, at) }, at);
  }
  if (!lacking.phone) return [phase, []];
  const given = { attempt, phone: { code: detail.code, at } };
  return lacking.agreement ? ask({ ...given, notice: "untick" }, at) : ready(visit, given, at);
}

function tapped({ visit }: Login, phase: Asking, action: ActionId, at: number): Step {
  const { attempt } = phase;
  const lacking = lacks(phase);
  if (action === "agree")
    return [{ ...phase, notice: undefined, attempt: { ...attempt, isAgreed: !attempt.isAgreed } }, []];
  if (action === "allow-phone") {
    const [end, effects] = alarm(attempt.expiresAt, at);
    return [{ ...phase, isPrompted: true, timer: end }, effects];
  }
  if (action !== "proceed" && action !== "skip-phone") return [phase, []];
  if (lacking.agreement) return [{ ...phase, notice: "untick" }, []];
  if (action === "skip-phone")
    return attempt.phoneOptional ? issue(visit, { attempt, phone: undefined }, true) : [phase, []];
  return lacking.phone ? back(phase, at) : issue(visit, phase);
}

/** On the screen again: suspended timers did not run, so the wall clock decides. */
function back(phase: Asking, at: number): Step {
  const { attempt, rest: former } = phase;
  if (at >= endOfAsking(attempt)) return fail("attempt.expired", phase);
  return ask({ ...phase, rest: former && rest(former.until, at), notice: undefined }, at);
}

/** The first ticket's outcome. What the person can mend leads back to the question. */
export function issuing({ visit }: Login, phase: Issuing, event: Event): Step {
  const { attempt, phone } = phase;
  if (event.type === "issueTicket") {
    const { reply, sentAt, at } = event;
    const issued = { ...attempt, user: reply.user, needs: [] };
    return hold(visit, { attempt: issued, credential: ticketCredential(reply, sentAt) }, at);
  }
  if (event.type !== "callFailed") return [phase, []];
  const { problem, at } = event;
  const { recovery } = PROBLEMS[problem];
  if (recovery === "ask") return ask({ attempt, notice: "409" }, at);
  if (recovery !== "reopen") return fail(problem, phase);
  // The pool has changed meanwhile, or it took too long: a new attempt says what it asks for now, and gets the number,
  // which was paid for, once.
  const kept: PhoneGrant | undefined = phone && !phone.isKept ? { ...phone, isKept: true } : undefined;
  const [next, effects] = open({ phone: kept });
  const lost: Effect[] = phone && !kept ? [{ type: "countLostPhone" }] : [];
  return [next, [...effects, ...lost]];
}
