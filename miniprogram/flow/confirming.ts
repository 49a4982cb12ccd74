import type { Event } from "./event";
import { isFresh, type Proof } from "./proof";
import { mayPass, type Problem } from "./problem";
import type { Attempt, Confirming, PhoneGrant, Renewing, Returned } from "./state";
import { confirm, fail, orderProof, phoneOf, renew, waitFor, type Step } from "./steps";
import type { Visit } from "./visit";

/** The proof is in the button and is renewed before it is due, so that the person can take their time. */
export function confirming(state: Confirming, event: Event): Step {
  if ("call" in event && event.call !== state.awaits) return [state, []];
  const { visit, attempt, proof, away, confirmed, again } = state;
  switch (event.type) {
    case "ticketIssued":
    case "loggedIn":
      return confirm(visit, attempt, proofOf(event, phoneOf(proof)), event.at, { away, confirmed, again });
    case "ticketRefused":
    case "loginFailed":
      return isTransient(event.problem) ? [withoutCall(state), []] : fail(visit, event.problem, event.at);
    case "hidden":
      return [{ ...state, away: true }, []];
    case "shown":
      return back(state, event.at);
    case "tapped":
      if (event.action === "proceed") return back(state, event.at);
      if (event.action === "finish" && visit.trial) return [{ name: "standalone", visit, tried: true }, []];
      return [event.action === "confirm" && proof.kind === "codes" ? { ...state, confirmed: true } : state, []];
    case "timerRang":
      // In the background nothing is renewed: coming back looks at the clock.
      return event.timer === state.timer && !away ? rang(state, event.at) : [state, []];
    default:
      return [state, []];
  }
}

/** First time: order the next proof while this one is good. Second time: this one must leave the button. */
function rang(state: Confirming, at: number): Step {
  const { visit: former, attempt } = state;
  if (state.stage === "aging") return pull(state, at);
  const [visit, awaits, effect] = orderProof(former, attempt);
  const aging: Confirming = { ...state, visit, awaits, stage: "aging" };
  return [aging, [effect, waitFor(aging, at)]];
}

/** By wall clock, because timers stand still while the platform suspends us. */
function back(state: Confirming, at: number): Step {
  if (!isFresh(state.proof, at)) return pull(state, at);
  const present: Confirming = { ...state, away: false };
  return [present, [waitFor(present, at)]];
}

/** Takes the proof out of the button; a renewal already under way is waited for. */
function pull({ visit, attempt, proof, awaits, confirmed, again }: Confirming, at: number): Step {
  if (awaits === undefined || proof.kind === "codes") return renew(visit, attempt, at, { proof, confirmed, again });
  return [{ name: "renewing", visit, attempt, awaits, away: false, confirmed, again }, []];
}

/** No good proof at hand: one is on its way, or the person asks for it. */
export function renewing(state: Renewing, event: Event): Step {
  if ("call" in event && event.call !== state.awaits) return [state, []];
  const { visit, attempt, phone, away, confirmed, again } = state;
  const habits = { confirmed, again, ...(phone && { phone }) };
  switch (event.type) {
    case "ticketIssued":
    case "loggedIn":
      return confirm(visit, attempt, proofOf(event, phone), event.at, { away, confirmed, again });
    case "ticketRefused":
    case "loginFailed":
      if (isTransient(event.problem)) return [{ ...withoutCall(state), problem: event.problem }, []];
      if (again && event.problem === "attempt.expired")
        return [{ name: "returned", visit, code: 408, spent: true }, []];
      return fail(visit, event.problem, event.at);
    case "hidden":
      return [{ ...state, away: true }, []];
    case "shown":
      return state.awaits === undefined ? renew(visit, attempt, event.at, habits) : [{ ...state, away: false }, []];
    case "tapped":
      if (event.action !== "proceed") return [state, []];
      return state.awaits === undefined ? renew(visit, attempt, event.at, habits) : [{ ...state, away: false }, []];
    default:
      return [state, []];
  }
}

/** The app was opened. If it did not get the answer, the same login gives another. */
export function returned(state: Returned, event: Event): Step {
  if (event.type !== "tapped" || event.action !== "again" || !state.attempt) return [state, []];
  const { visit, attempt, phone } = state;
  return renew(visit, attempt, event.at, { confirmed: true, again: true, ...(phone && { phone }) });
}

function proofOf(event: Extract<Event, { type: "ticketIssued" | "loggedIn" }>, phone?: PhoneGrant): Proof {
  if (event.type === "ticketIssued") {
    const { ticket, ticketExpiresIn: lifeInSeconds } = event.reply;
    return { kind: "ticket", ticket, sentAt: event.sentAt, lifeInSeconds };
  }
  const { code, at } = phone ?? { code: "", at: 0 };
  return { kind: "codes", loginCode: event.code, loginAt: event.at, phoneCode: code, phoneAt: at };
}

/** The attempt may still be good, so another request may bring the next proof. */
function isTransient(problem: Problem): boolean {
  return mayPass(problem) && problem !== "attempt.expired";
}

function withoutCall<S extends { visit: Visit; attempt: Attempt; awaits?: string }>(state: S): Omit<S, "awaits"> {
  const { awaits: _ended, ...rest } = state;
  return rest;
}
