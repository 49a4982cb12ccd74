import type { Event, ActionId } from "./event";
import { PROBLEMS, readPhoneRefusal, type PhoneDetail } from "./problem";
import { ticketCredential, type PhoneGrant } from "./credential";
import type { Asking, Issuing } from "./state";
import { alarm, ask, endOfAsking, fail, issue, lacks, newlyHeld, open, ready, type Step } from "./steps";
import { isSameAsker } from "./visit";

/**
 * The agreement box and the phone prompt. Which button the page shows, the prompt's or a plain one that says what is
 * missing, follows from `lacks`, `isAway` and `isResting`: an open-type acts before any handler could refuse.
 */
export function asking(state: Asking, event: Event): Step {
  const { attempt, isPrompted } = state;
  switch (event.type) {
    case "agreementToggled":
      return [{ ...state, notice: undefined, attempt: { ...attempt, isAgreed: !attempt.isAgreed } }, []];
    case "phoneAnswered":
      return answered(state, event.detail, event.at);
    case "tapped":
      return tapped(state, event.action, event.at);
    // While the prompt is open nothing may move. Some devices never answer: then it ends with the attempt.
    case "hidden":
      return [isPrompted ? state : { ...state, isAway: true }, []];
    case "shown":
      return isPrompted && event.at < attempt.expiresAt ? [state, []] : back(state, event.at);
    case "timerRang": {
      const at = Math.max(event.at, event.of.until);
      return state.isAway || (isPrompted && at < attempt.expiresAt) ? [state, []] : back(state, at);
    }
    default:
      return [state, []];
  }
}

function answered(state: Asking, detail: PhoneDetail, at: number): Step {
  const { attempt, isAway } = state;
  const { prompting } = state.visit;
  const visit = { ...state.visit, prompting: undefined };
  const lacking = lacks(state);
  if (!detail.code) {
    // The prompt of a former visit was refused, not this one's.
    if (prompting) return [{ ...state, visit }, []];
    return ask({ visit, attempt, refusal: readPhoneRefusal(detail), isResting: true, isAway }, at);
  }
  if (!lacking.phone || (prompting && !isSameAsker(prompting, visit))) return [{ ...state, visit }, []];
  const phone = { code: detail.code, at };
  const given = { visit, attempt, phone, isAway };
  return lacking.agreement ? ask({ ...given, notice: "untick" }, at) : ready(given, at);
}

function tapped(state: Asking, action: ActionId, at: number): Step {
  const { visit, attempt, isResting, timer } = state;
  // Whoever taps is here.
  const here = { ...state, isAway: false };
  const lacking = lacks(state);
  if (action === "allow-phone") {
    const [end, effects] = alarm(attempt.expiresAt, at);
    return [{ ...here, isPrompted: true, visit: { ...visit, prompting: undefined }, timer: end }, effects];
  }
  if (action !== "proceed" && action !== "skip-phone") return [state, []];
  if (lacking.agreement) return [{ ...here, notice: "untick" }, []];
  if (action === "skip-phone") return attempt.phoneOptional ? issue({ ...here, phone: undefined }, true) : [state, []];
  if (!lacking.phone) return issue(here);
  return isResting && at < timer.until ? [{ ...state, notice: "429" }, []] : back(state, at);
}

/** On the screen again: suspended timers did not run, so the wall clock decides. */
function back(state: Asking, at: number): Step {
  const { visit, attempt, isResting, timer } = state;
  if (at >= endOfAsking(attempt)) return fail(visit, "attempt.expired", state);
  if (isResting && at < timer.until) return [{ ...state, isAway: false }, []];
  return ask({ ...state, isAway: false, isResting: false, notice: undefined }, at);
}

/** The first ticket's outcome. What the person can mend leads back to the question. */
export function issuing(state: Issuing, event: Event): Step {
  const { visit, attempt, phone, isAway } = state;
  if (event.type === "ticketIssued") {
    const { reply, sentAt, at } = event;
    const issued = { ...attempt, user: reply.user, needs: [] };
    return newlyHeld(
      { visit, attempt: issued, phone: undefined, credential: ticketCredential(reply, sentAt), isAway },
      at,
    );
  }
  if (event.type !== "refused") return [state, []];
  const { problem } = event;
  const { recovery } = PROBLEMS[problem];
  if (recovery === "ask") return ask({ visit, attempt, notice: "409", isAway }, event.at);
  if (recovery !== "reopen") return fail(visit, problem, state);
  // The pool has changed meanwhile, or it took too long: a new attempt says what it asks for now, and gets the number,
  // which was paid for, once.
  const kept: PhoneGrant | undefined = phone && !phone.isKept ? { ...phone, isKept: true } : undefined;
  const [next, effects] = open(visit, { isAway, phone: kept });
  return [next, phone && !kept ? [...effects, { type: "countLostPhone" }] : effects];
}
