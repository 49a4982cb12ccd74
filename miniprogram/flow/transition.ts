import { asking, issuing } from "./asking";
import type { Effect, Event } from "./event";
import { ended, holding, returned } from "./holding";
import { opening } from "./opening";
import { PROBLEMS, readLaunchRefusal } from "./problem";
import type { Failed, Issuing, Opening, State, Stranded } from "./state";
import { fail, open, send, type Step } from "./steps";
import type { Visit } from "./visit";

/**
 * The whole login as a pure function: what follows from an event, and what is to be done about it. `undefined` stands
 * before the first visit. An event that means nothing where the login stands gives the very same state back.
 *
 * The phone prompt is decided in asking.ts, the ticket's life in credential.ts and by `hold` in steps.ts, what
 * goes back to the app in mode/.
 */
export function transition(state: State | undefined, event: Event): [State | undefined, Effect[]] {
  if (event.type === "entered") return enter(state, event.visit);
  if (!state) return [state, []];
  const [next, effects] = anywhere(state, event);
  const code = event.type === "phoneAnswered" && event.detail.code;
  // A number is paid for when it is granted, wherever it arrives.
  const isLost = code && !("phone" in next && next.phone && next.phone.code === code);
  return [next, isLost ? [...effects, { type: "countLostPhone" }] : effects];
}

/** A new visit ends the former one, whatever it was doing; a phone prompt may still be open. */
function enter(former: State | undefined, entered: Visit): Step {
  const isPrompted = former && "isPrompted" in former && former.isPrompted;
  const visit: Visit = { ...entered, prompting: former && (isPrompted ? former.visit : former.visit.prompting) };
  const isHere = visit.fromApp || visit.fault === "surface.browse_only";
  return isHere ? start(visit) : [{ name: "standalone", visit, isTried: false }, []];
}

function start(visit: Visit): Step {
  return visit.fault ? fail(visit, visit.fault) : open(visit);
}

/** What means the same in every state. */
function anywhere(state: State, event: Event): Step {
  const { visit } = state;
  switch (event.type) {
    case "launched": {
      const beneath = state.name === "stranded" ? state.from : state;
      if (event.visit !== visit.id) return [state, []];
      // Told twice, it ended once.
      return [beneath.name === "returned" ? beneath : ended(beneath, event.code), []];
    }
    case "launchFailed":
      // A person who declines WeChat's own question whether to open the app stays where they are.
      if (event.visit !== visit.id || state.name === "stranded" || readLaunchRefusal(event.errMsg) === "declined")
        return [state, []];
      return [{ name: "stranded", visit, from: state }, []];
    case "agreementOpened":
      if (!("attempt" in state)) return [state, []];
      return [{ ...state, attempt: { ...state.attempt, reading: event.index } }, []];
    case "tapped":
      if (event.action === "privacy") return [state, [{ type: "openPrivacyContract" }]];
      if (event.action === "leave") return [{ name: "standalone", visit, isTried: false }, []];
      if (event.action === "try") return start({ ...visit, isTrial: true });
      return inState(state, event);
    default:
      return inState(state, event);
  }
}

function inState(state: State, event: Event): Step {
  switch (state.name) {
    case "stranded":
      return stranded(state, event);
    case "returned":
      return returned(state, event);
    case "failed":
      return failed(state, event);
    case "standalone":
      return [state, []];
  }
  // The outcome of a former call, or a timer that was replaced: late, and of no consequence.
  if ("of" in event && event.of !== state.awaits && event.of !== state.timer) return [state, []];
  switch (state.name) {
    case "opening":
      return atFront(state, event) || opening(state, event);
    case "asking":
      return asking(state, event);
    case "issuing":
      return atFront(state, event) || issuing(state, event);
    default:
      return holding(state, event);
  }
}

/** What arrives while the applet is away must find no finger on it: whether it is away goes into the next state. */
function atFront(state: Opening | Issuing, { type }: Event): Step | undefined {
  return type === "hidden" || type === "shown" ? [{ ...state, isAway: type === "hidden" }, []] : undefined;
}

/** Beneath the advice the login goes on, and another try returns to it. */
function stranded(state: Stranded, event: Event): Step {
  if (event.type === "tapped" && event.action === "retry") return inState(state.from, { type: "shown", at: event.at });
  const [from, effects] = inState(state.from, event) as [Stranded["from"], Effect[]];
  return [from === state.from ? state : { ...state, from }, effects];
}

function failed(state: Failed, event: Event): Step {
  const { visit, from, problem } = state;
  // WeChat breaks requests off in the background: the person did nothing wrong and need not tap.
  const isInterrupted = event.type === "shown" && problem === "network.interrupted";
  if (!isInterrupted && !(event.type === "tapped" && event.action === "retry")) return [state, []];
  return from && from.name === "issuing" && PROBLEMS[problem].recovery === "resend"
    ? send({ ...from, isAway: false })
    : open(visit);
}
