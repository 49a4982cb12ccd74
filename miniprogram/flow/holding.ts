import { aged, ticketCredential } from "./credential";
import type { Event } from "./event";
import { PROBLEMS } from "./problem";
import type { Confirming, Holding, Login, Phase, Renewing, Returned } from "./state";
import { fail, hold, open, type Step } from "./steps";

/** The person may take their time: the credential is renewed beneath the button until they tap it. */
export function holding({ visit, isAway, departure }: Login, phase: Confirming | Renewing, event: Event): Step {
  const { phone, credential } = phase;
  const { at } = event;
  const renewed = { ...phase, awaits: undefined, problem: undefined, notBefore: undefined };
  switch (event.type) {
    case "issueTicket":
      return hold(visit, { ...renewed, credential: ticketCredential(event.reply, event.sentAt) }, at);
    case "logIn":
      return hold(visit, { ...renewed, credential: visit.mode.complete({ code: event.reply, at }, phone) }, at);
    case "callFailed": {
      const { problem, retryAfter = 0 } = event;
      const { recovery } = PROBLEMS[problem];
      // The app may have used it up without a word from WeChat.
      const isUsed = phase.isAgain || (departure.isTapped && departure.hasLeft);
      if (problem === "attempt.expired") return isUsed ? [ended(phase, 408), []] : fail(problem, phase);
      // The pool has changed meanwhile, as in issuing.
      if (!credential && recovery === "reopen") return open();
      // The attempt may still be good: the present credential stays until it is due, then another call is made.
      if (recovery === "none") return fail(problem, phase);
      return [{ ...phase, awaits: undefined, problem, notBefore: at + retryAfter * 1000 }, []];
    }
    case "shown":
      return hold(visit, phase, at);
    case "timerRang":
      // In the background nothing is renewed: coming back looks at the clock.
      if (isAway || !credential) return [phase, []];
      // By the wall clock it may ring early: then the clock was set back, and the credential is older than it looks.
      return hold(visit, { ...phase, credential: aged(credential, Math.max(0, event.of.until - at)) }, at);
    case "tapped":
      if (event.action === "proceed") return hold(visit, phase, at);
      if (event.action !== "release") return [phase, []];
      return [visit.isTrial ? { name: "standalone", isTried: true } : { ...phase, isReleased: true }, []];
    default:
      return [phase, []];
  }
}

/** The app was opened. If it did not get the answer, the same login gives another. */
export function returned({ visit }: Login, phase: Returned, event: Event): Step {
  const held = heldBy(phase);
  if (event.type !== "tapped" || event.action !== "retry" || !held) return [phase, []];
  return hold(visit, { ...held, credential: undefined, awaits: undefined, isAgain: true }, event.at);
}

/** What is left after the app was opened with a code. */
export function ended(from: Phase, code: Returned["code"]): Returned {
  return { name: "returned", code, from };
}

/** The login that can give another credential, if the app was opened with one. */
export function heldBy({ code, from }: Returned): Holding | undefined {
  return code === 200 && "credential" in from ? from : undefined;
}
