import type { Need, TicketReply } from "../protocol/wire";
import type { Event, PlainAction } from "./event";
import { readPhoneAnswer, type PhoneDetail } from "./phone-answer";
import type { Problem } from "./problem";
import type { Asking, Attempt, Issuing, PhoneGrant } from "./state";
import { ask, confirm, endOfAsking, fail, isCodeMode, issue, lacks, type Step } from "./steps";
import { askerOf, isSameAsker, type Visit } from "./visit";

/**
 * The agreement box and the phone prompt. Which button the page shows, the prompt's or a plain one that says what is
 * missing, follows from `lacks`, `away` and `pausedUntil`: an open-type acts before any handler could refuse.
 */
export function asking(state: Asking, event: Event): Step {
  switch (event.type) {
    case "agreementToggled": {
      const { notice: _said, ...rest } = state;
      return [{ ...rest, attempt: { ...state.attempt, agreed: !state.attempt.agreed } }, []];
    }
    case "phonePrompted":
      return [{ ...state, visit: withoutOpenPrompt(state.visit), prompted: true }, []];
    case "phoneAnswered":
      return answered(state, event.detail, event.at);
    case "tapped":
      return tapped(state, event.action, event.at);
    case "hidden":
      return [state.prompted ? state : { ...state, away: true }, []];
    case "shown":
      return back(state, event.at);
    case "timerRang":
      return event.timer === state.timer ? rang(state, event.at) : [state, []];
    default:
      return [state, []];
  }
}

function answered(state: Asking, detail: PhoneDetail, at: number): Step {
  const answer = readPhoneAnswer(detail);
  const { openPrompt } = state.visit;
  const isForAnother = openPrompt !== undefined && !isSameAsker(openPrompt, askerOf(state.visit));
  const visit = withoutOpenPrompt(state.visit);
  if (answer.granted) {
    if (isForAnother || !lacks(state).phone) return [{ ...state, visit }, [{ type: "countLostPhone" }]];
    return go({ ...state, visit, prompted: false }, { code: answer.code, at }, at);
  }
  if (openPrompt) return [{ ...state, visit }, []]; // a former visit's prompt was refused, not this one's
  return ask(visit, state.attempt, at, { refusal: answer.refusal });
}

/** With the phone number: on to the ticket, unless the box was unticked meanwhile. */
function go(state: Asking, phone: PhoneGrant, at: number): Step {
  const { visit, attempt } = state;
  if (lacks(state).agreement) return ask(visit, attempt, at, { phone, notice: "agreements.unticked" });
  if (!isCodeMode(visit)) return issue(visit, attempt, phone);
  const { code: loginCode, at: loginAt } = attempt.login ?? { code: "", at: 0 };
  return confirm(visit, attempt, { kind: "codes", loginCode, loginAt, phoneCode: phone.code, phoneAt: phone.at }, at);
}

function tapped(state: Asking, action: PlainAction, at: number): Step {
  if (action !== "proceed" && action !== "skip-phone") return [state, []];
  if (state.away) return back(state, at);
  const missing = lacks(state);
  if (missing.agreement) return [{ ...state, notice: "agreements.unticked" }, []];
  if (action === "skip-phone") {
    return state.attempt.phoneOptional ? issue(state.visit, state.attempt, undefined, true) : [state, []];
  }
  if (!missing.phone) return issue(state.visit, state.attempt, state.phone);
  return isPaused(state, at) ? [{ ...state, notice: "phone.wait" }, []] : resumed(state, at);
}

function rang(state: Asking, at: number): Step {
  if (state.pausedUntil !== undefined) return resumed(state, at);
  // With the prompt open nothing may move; the server says what has become of the attempt.
  return state.prompted || state.away ? [state, []] : fail(state.visit, "attempt.expired", at);
}

/** Back on the screen: suspended timers did not run, so the wall clock decides. */
function back(state: Asking, at: number): Step {
  if (state.prompted) return [state, []];
  if (at >= endOfAsking(state.attempt)) return fail(state.visit, "attempt.expired", at);
  const present = { ...state, away: false };
  return isPaused(state, at) ? [present, []] : resumed(present, at);
}

/** The prompt is on offer again, and the timer watches the attempt's end. */
function resumed({ pausedUntil: _over, notice: _said, ...rest }: Asking, at: number): Step {
  const milliseconds = endOfAsking(rest.attempt) - at;
  return [rest, milliseconds === Infinity ? [] : [{ type: "wait", timer: rest.timer, milliseconds }]];
}

function isPaused({ pausedUntil }: Asking, at: number): boolean {
  return pausedUntil !== undefined && at < pausedUntil;
}

function withoutOpenPrompt({ openPrompt: _answered, ...visit }: Visit): Visit {
  return visit;
}

/** The first ticket's outcome. What the person can mend leads back to the question. */
export function issuing(state: Issuing, event: Event): Step {
  if ("call" in event && event.call !== state.awaits) return [state, []];
  const { visit, attempt, phone } = state;
  switch (event.type) {
    case "ticketIssued": {
      const { ticket, ticketExpiresIn: lifeInSeconds, user }: TicketReply = event.reply;
      const proof = { kind: "ticket", ticket, sentAt: event.sentAt, lifeInSeconds } as const;
      return confirm(visit, { ...attempt, user, needs: [] }, proof, event.at);
    }
    case "ticketRefused":
      return (
        askAgain(visit, attempt, phone, event.problem, event.at) ??
        fail(visit, event.problem, event.at, { resend: state, retryAfterSeconds: event.retryAfterSeconds })
      );
    case "phoneAnswered": {
      const answer = readPhoneAnswer(event.detail);
      return [state, answer.granted && answer.code !== phone?.code ? [{ type: "countLostPhone" }] : []];
    }
    default:
      return [state, []];
  }
}

function askAgain(
  visit: Visit,
  attempt: Attempt,
  phone: PhoneGrant | undefined,
  problem: Problem,
  at: number,
): Step | undefined {
  switch (problem) {
    case "agreements.required":
      return ask(visit, { ...needing(attempt, "agreements"), agreed: false }, at, {
        ...(phone && { phone }),
        notice: "agreements.unticked",
      });
    case "phone.required":
    case "phone_code.invalid":
      return ask(visit, needing(attempt, "phone"), at, { notice: problem });
    default:
      return undefined;
  }
}

function needing(attempt: Attempt, need: Need): Attempt {
  return attempt.needs.includes(need) ? attempt : { ...attempt, needs: [...attempt.needs, need] };
}
