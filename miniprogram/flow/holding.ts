import type { Event } from "./event";
import { aged, ticketCredential } from "./credential";
import { PROBLEMS } from "./problem";
import type { Confirming, Holding, Renewing, Returned, State } from "./state";
import { fail, hold, open, type Step } from "./steps";

/** The person may take their time: the credential is renewed beneath the button until they tap it. */
export function holding(state: Confirming | Renewing, event: Event): Step {
  const { visit, phone, credential, isAway } = state;
  const { at } = event;
  const renewed = { ...state, awaits: undefined, problem: undefined };
  switch (event.type) {
    case "ticketIssued":
      return hold({ ...renewed, credential: ticketCredential(event.reply, event.sentAt) }, at);
    case "loggedIn":
      return hold({ ...renewed, credential: visit.mode.complete({ code: event.code, at }, phone) }, at);
    case "refused": {
      const { problem } = event;
      const { recovery } = PROBLEMS[problem];
      if (problem === "attempt.expired") return state.isAgain ? [ended(state, 408), []] : fail(visit, problem, state);
      // The pool has changed meanwhile, as in issuing.
      if (!credential && recovery === "reopen") return open(visit, { isAway });
      // The attempt may still be good: the present credential stays until it is due, then another call is made.
      return recovery === "none" ? fail(visit, problem, state) : [{ ...state, awaits: undefined, problem }, []];
    }
    case "hidden":
      return [{ ...state, isAway: true }, []];
    case "shown":
      return hold({ ...state, isAway: false }, at);
    case "timerRang":
      // In the background nothing is renewed: coming back looks at the clock.
      if (isAway || !credential) return [state, []];
      // By the wall clock it may ring early: then the clock was set back, and the credential is older than it looks.
      return hold({ ...state, credential: aged(credential, Math.max(0, event.of.until - at)) }, at);
    case "tapped":
      if (event.action === "proceed") return hold({ ...state, isAway: false }, at);
      if (event.action !== "release") return [state, []];
      return [visit.isTrial ? { name: "standalone", visit, isTried: true } : { ...state, isReleased: true }, []];
    default:
      return [state, []];
  }
}

/** The app was opened. If it did not get the answer, the same login gives another. */
export function returned(state: Returned, event: Event): Step {
  const login = loginOf(state);
  if (event.type !== "tapped" || event.action !== "retry" || !login) return [state, []];
  return hold({ ...login, credential: undefined, awaits: undefined, isAway: false, isAgain: true }, event.at);
}

/** What is left after the app was opened with a code. */
export function ended(from: State, code: Returned["code"]): Returned {
  return { name: "returned", visit: from.visit, code, from };
}

/** The login that can give another credential, if the app was opened with one. */
export function loginOf({ code, from }: Returned): Holding | undefined {
  return code === 200 && "isAgain" in from ? from : undefined;
}
