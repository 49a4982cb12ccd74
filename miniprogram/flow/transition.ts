import { codeOf } from "./answer";
import { asking, issuing } from "./asking";
import { confirming, renewing, returned } from "./confirming";
import type { Effect, Event } from "./event";
import { readLaunchFailure } from "./launch-failure";
import { readPhoneAnswer } from "./phone-answer";
import { opening } from "./opening";
import type { Failed, Returned, Standalone, State, Stranded } from "./state";
import { fail, open, phoneOf, send, type Step } from "./steps";
import { askerOf, type Asker, type Visit } from "./visit";

/**
 * The whole login as a pure function: what follows from an event, and what is to be done about it. An event that means
 * nothing where the login stands gives the very same state back.
 */
export function transition(state: State | undefined, event: Event): [State | undefined, Effect[]] {
  if (event.type === "entered") return enter(state, event.visit, event.at);
  if (state === undefined) return [state, []];
  return anywhere(state, event) ?? inState(state, event);
}

/** A new visit ends the former one, whatever it was doing; a phone prompt may still be open. */
function enter(former: State | undefined, entered: Visit, at: number): Step {
  const openPrompt = former && openPromptOf(former);
  const visit = openPrompt ? { ...entered, openPrompt } : entered;
  if (!visit.fromApp && visit.fault !== "surface.browse_only") return [{ name: "standalone", visit, tried: false }, []];
  return visit.fault ? fail(visit, visit.fault, at) : open(visit);
}

function openPromptOf(state: State): Asker | undefined {
  return state.name === "asking" && state.prompted ? askerOf(state.visit) : state.visit.openPrompt;
}

/** What means the same in every state. */
function anywhere(state: State, event: Event): Step | undefined {
  switch (event.type) {
    case "launched":
      return event.visit === state.visit.id ? [leave(state, codeOf(state, event.action)), []] : [state, []];
    case "launchFailed": {
      const failure = event.visit === state.visit.id ? readLaunchFailure(event.errMsg) : undefined;
      if (failure === undefined || state.name === "stranded") return [state, []];
      return [{ name: "stranded", visit: state.visit, failure, from: state }, []];
    }
    case "tapped":
      if (event.action === "privacy") return [state, [{ type: "openPrivacyContract" }]];
      if (event.action === "leave" && state.visit.trial)
        return [{ name: "standalone", visit: state.visit, tried: false }, []];
      return undefined;
    case "agreementOpened":
      return withAttempt(state, { reading: event.index });
    case "agreementClosed":
      return withAttempt(state, {});
    case "imageFailed":
      return withoutImage(state, event.image);
    default:
      return undefined;
  }
}

function inState(state: State, event: Event): Step {
  switch (state.name) {
    case "opening":
      return opening(state, event);
    case "asking":
      return asking(state, event);
    case "issuing":
      return issuing(state, event);
    case "confirming":
      return countingPhone(confirming(state, event), event);
    case "renewing":
      return countingPhone(renewing(state, event), event);
    case "returned":
      return countingPhone(returned(state, event), event);
    case "stranded":
      return stranded(state, event);
    case "failed":
      return countingPhone(failed(state, event), event);
    case "standalone":
      return countingPhone(standalone(state, event), event);
  }
}

/** The app was opened from a button of this state. */
function leave(state: State, code: Returned["code"] | undefined): State {
  if (code === undefined) return state;
  const { visit } = state;
  const next: Returned = { name: "returned", visit, code, spent: code === 408 };
  if (code !== 200 || !("attempt" in state) || !state.attempt) return next;
  const phone = state.name === "confirming" ? phoneOf(state.proof) : undefined;
  return { ...next, attempt: state.attempt, ...(phone && { phone }) };
}

/** The way back by hand is on the screen. Beneath it the login goes on, and another try returns to it. */
function stranded(state: Stranded, event: Event): Step {
  if (event.type === "tapped" && event.action === "retry") return inState(state.from, { type: "shown", at: event.at });
  const [from, effects] = inState(state.from, event) as Step<Stranded["from"]>;
  return [from === state.from ? state : { ...state, visit: from.visit, from }, effects];
}

function failed(state: Failed, event: Event): Step {
  switch (event.type) {
    case "tapped":
      if (event.action !== "retry") return [state, []];
      return state.retryAt !== undefined && event.at < state.retryAt
        ? [{ ...state, notice: "busy" }, []]
        : tryAgain(state);
    case "shown":
      // WeChat breaks requests off in the background; the person did nothing wrong and need not tap.
      return state.problem === "network.interrupted" ? tryAgain(state) : [state, []];
    case "timerRang": {
      if (event.timer !== state.timer) return [state, []];
      const { retryAt: _over, notice: _said, ...rest } = state;
      return [rest, []];
    }
    default:
      return [state, []];
  }
}

function tryAgain({ visit, resend }: Failed): Step {
  return resend ? send({ ...resend, visit }) : open(visit);
}

function standalone(state: Standalone, event: Event): Step {
  if (event.type !== "tapped" || event.action !== "try") return [state, []];
  const visit: Visit = { ...state.visit, trial: true };
  return visit.fault ? fail(visit, visit.fault, event.at) : open(visit);
}

function withAttempt(state: State, { reading }: { reading?: number }): Step {
  if (!("attempt" in state) || !state.attempt) return [state, []];
  const { reading: _former, ...attempt } = state.attempt;
  if (reading === undefined) return [{ ...state, attempt }, []];
  return [attempt.pool.agreements[reading] ? { ...state, attempt: { ...attempt, reading } } : state, []];
}

function withoutImage(state: State, image: "logo" | "photo"): Step {
  if (!("attempt" in state) || !state.attempt) return [state, []];
  const { attempt } = state;
  const { pool, user } = attempt;
  if (image === "logo") return [{ ...state, attempt: { ...attempt, pool: { ...pool, logo: null } } }, []];
  return [user ? { ...state, attempt: { ...attempt, user: { ...user, photo: "" } } } : state, []];
}

/** A granted number costs money even where nobody waits for it any more. */
function countingPhone([state, effects]: Step, event: Event): Step {
  if (event.type !== "phoneAnswered" || !readPhoneAnswer(event.detail).granted) return [state, effects];
  return [state, [...effects, { type: "countLostPhone" }]];
}
