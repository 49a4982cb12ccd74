import { asking, issuing, opening } from "./asking";
import type { Effect } from "./effect";
import type { Event } from "./event";
import { ended, holding, returned } from "./holding";
import { PROBLEMS, readLaunchRefusal } from "./problem";
import type { Failed, Login, Stranded } from "./state";
import { fail, open, send, type Step } from "./steps";
import { isSameAsker, type Visit } from "./visit";

/**
 * The whole login as a pure function: what follows from an event, and what is to be done about it. `undefined` stands
 * before the first visit. An event that means nothing where the login stands gives the very same login back.
 *
 * From wx.login to the first ticket it is decided in asking.ts, the ticket's life in holding.ts and credential.ts, and
 * what goes back to the app in mode/.
 */
export function transition(login: Login | undefined, event: Event): [Login | undefined, Effect[]] {
  if (event.type === "entered") return enter(login, event.visit);
  if (!login) return [login, []];
  const [next, effects] = anywhere(looking(login, event), event);
  const code = event.type === "phoneAnswered" && event.detail.code;
  // A number is paid for when it is granted, wherever it arrives.
  const isLost = code && !("phone" in next.phase && next.phase.phone && next.phase.phone.code === code);
  return [next, isLost ? [...effects, { type: "countLostPhone" }] : effects];
}

/** A new visit ends the former one, whatever it was doing; a phone prompt may still be open. */
function enter(former: Login | undefined, visit: Visit): [Login, Effect[]] {
  const isHere = visit.fromApp || visit.problem === "surface.browse_only";
  const [phase, effects]: Step = isHere ? start(visit) : [{ name: "standalone", isTried: false }, []];
  const prompting = former && (isPrompted(former) ? former.visit : former.prompting);
  return [{ visit, isAway: false, prompting, phase }, effects];
}

function start(visit: Visit): Step {
  return visit.problem ? fail(visit.problem) : open();
}

function isPrompted({ phase }: Login): boolean {
  return phase.name === "asking" && phase.isPrompted;
}

/** Whoever taps is here; while the phone prompt is open, hiding does not tell that the person has left. */
function looking(login: Login, { type }: Event): Login {
  const isAway = type === "hidden" ? !isPrompted(login) : type !== "shown" && type !== "tapped" && login.isAway;
  return isAway === login.isAway ? login : { ...login, isAway };
}

/** What means the same in every phase. */
function anywhere(login: Login, event: Event): [Login, Effect[]] {
  const { visit, phase, prompting } = login;
  switch (event.type) {
    case "launched": {
      const beneath = phase.name === "stranded" ? phase.from : phase;
      if (event.visit !== visit.id) return [login, []];
      // Told twice, it ended once.
      return enterPhase(login, [beneath.name === "returned" ? beneath : ended(beneath, event.code), []]);
    }
    case "launchFailed":
      // A person who declines WeChat's own question whether to open the app stays where they are.
      if (event.visit !== visit.id || phase.name === "stranded" || readLaunchRefusal(event.errMsg) === "declined")
        return [login, []];
      return enterPhase(login, [{ name: "stranded", from: phase }, []]);
    case "agreementOpened":
      if (!("attempt" in phase)) return [login, []];
      return enterPhase(login, [{ ...phase, attempt: { ...phase.attempt, reading: event.index } }, []]);
    case "phoneAnswered": {
      // The prompt of a former visit may have been for another app or pool.
      const isForeign = prompting && !isSameAsker(prompting, visit);
      const [next, effects] = isForeign ? [login, []] : enterPhase(login, inPhase(login, phase, event));
      return [withoutFormer(next), effects];
    }
    case "tapped":
      if (event.action === "privacy") return [login, [{ type: "openPrivacyContract" }]];
      if (event.action === "leave") return enterPhase(login, [{ name: "standalone", isTried: false }, []]);
      if (event.action === "try") {
        const trial = { ...visit, isTrial: true };
        return enterPhase({ ...login, visit: trial }, start(trial));
      }
      return enterPhase(event.action === "allow-phone" ? withoutFormer(login) : login, inPhase(login, phase, event));
    default:
      return enterPhase(login, inPhase(login, phase, event));
  }
}

/** From here on an answer of the phone prompt is this visit's. */
function withoutFormer(login: Login): Login {
  return login.prompting ? { ...login, prompting: undefined } : login;
}

function enterPhase(login: Login, [phase, effects]: Step): [Login, Effect[]] {
  return [phase === login.phase ? login : { ...login, phase }, effects];
}

function inPhase(login: Login, phase: Login["phase"], event: Event): Step {
  switch (phase.name) {
    case "stranded":
      return stranded(login, phase, event);
    case "returned":
      return returned(login, phase, event);
    case "failed":
      return failed(login, phase, event);
    case "standalone":
      return [phase, []];
  }
  // The outcome of a former call, or a timer that was replaced: late, and of no consequence.
  const awaited: unknown[] = ["awaits" in phase && phase.awaits, "timer" in phase && phase.timer];
  if ("of" in event && !awaited.includes(event.of)) return [phase, []];
  switch (phase.name) {
    case "opening":
      return opening(login, phase, event);
    case "asking":
      return asking(login, phase, event);
    case "issuing":
      return issuing(login, phase, event);
    default:
      return holding(login, phase, event);
  }
}

/** Beneath the advice the login goes on, and another try returns to it. */
function stranded(login: Login, phase: Stranded, event: Event): Step {
  if (event.type === "tapped" && event.action === "retry")
    return inPhase(login, phase.from, { type: "shown", at: event.at });
  const [from, effects] = inPhase(login, phase.from, event) as [Stranded["from"], Effect[]];
  return [from === phase.from ? phase : { ...phase, from }, effects];
}

function failed({ visit }: Login, phase: Failed, event: Event): Step {
  const { from, problem } = phase;
  // WeChat breaks requests off in the background: the person did nothing wrong and need not tap.
  const isInterrupted = event.type === "shown" && problem === "network.interrupted";
  if (!isInterrupted && !(event.type === "tapped" && event.action === "retry")) return [phase, []];
  return from && from.name === "issuing" && PROBLEMS[problem].recovery === "resend" ? send(visit, from) : open();
}
