import { account, askAccount } from "./account";
import { asking, issuing, opening } from "./asking";
import { depart, NO_DEPARTURE } from "./departure";
import type { Call, Effect } from "./effect";
import type { Event } from "./event";
import { ended, holding, returned } from "./holding";
import { decided, isOverdue, isUndecided, settled, tell, type Arrival, type Arriving } from "./launch-or-return";
import { PROBLEMS, readLaunchRefusal } from "./problem";
import type { Confirming, Failed, Issuing, Login, Opening, Phase, Renewing, Rest, Stranded } from "./state";
import { fail, hold, open, rest, send, type Step } from "./steps";
import { isSameAsker, visitOf, type Visit } from "./visit";

/**
 * The whole login as a pure function: what follows from an event, and what is to be done about it. `undefined` stands
 * before the first visit. An event that means nothing where the login stands gives the very same login back.
 *
 * Whether an opening is a launch or a mere return is told in launch-or-return.ts, whether the app was opened in
 * departure.ts. From wx.login to the first ticket it is decided in asking.ts, the ticket's life in holding.ts and
 * credential.ts, and what goes back to the app in mode/.
 */
export function transition(login: Login | undefined, event: Event): [Login | undefined, Effect[]] {
  switch (event.type) {
    case "entered":
    case "pageMade":
      return arrive(login, event);
    case "pageShown":
      return login ? arrive(login, event) : [login, []];
    default:
      return login ? go(login, event) : [login, []];
  }
}

/** What happens within a login. */
type Happening = Exclude<Event, Arriving>;

function arrive(login: Login | undefined, event: Arriving): [Login, Effect[]] {
  const { is, arrival } = tell(login, event);
  if (is === "launch" || !login)
    return enter(login, visitOf(event.id, arrival.entry, event.config, event.mode), arrival);
  const told = { ...login, arrival };
  return is === "return" ? go(told, { type: "shown", at: event.at }) : [told, []];
}

/** A new visit ends the former one, whatever it was doing; a phone prompt may still be open. */
function enter(login: Login | undefined, visit: Visit, arrival: Arrival): [Login, Effect[]] {
  const isHere = visit.fromApp || visit.problem === "surface.browse_only";
  const [phase, effects]: Step = isHere ? start(visit) : [{ name: "standalone" }, []];
  const former = login && login.visit;
  const prompting = login && (isPrompted(login) ? former : login.prompting);
  return [{ visit, isAway: false, arrival, former, prompting, departure: NO_DEPARTURE, phase }, effects];
}

function start(visit: Visit): Step {
  return visit.problem ? fail(visit.problem) : open();
}

function isPrompted({ phase }: Login): boolean {
  return phase.name === "asking" && phase.isPrompted;
}

function go(login: Login, event: Happening): [Login, Effect[]] {
  if (event.type === "tapped" && (login.isAway || isUndecided(login))) {
    // Nobody knows yet who has opened the applet, and the page will tell at once.
    if (!isOverdue(login, event.at)) return [login, []];
    // Whoever taps is here, though some clients do not tell: the clock is looked at first.
    const [seen, effects] = go(login, { ...event, type: "shown" });
    const [next, further] = go(seen, event);
    return [next, effects.concat(further)];
  }
  const here = present(login, event);
  const resting = restAfter(login, event);
  // Whoever tries again what has failed waits as long as the server asks for.
  const isTooSoon = resting && "problem" in login.phase && event.type === "tapped" && event.action === "retry";
  const [next, effects] = isTooSoon ? [here, []] : anywhere(here, event);
  const code = event.type === "phoneAnswered" && event.detail.code;
  // A number is paid for when it is granted, wherever it arrives.
  if (code && !("phone" in next.phase && next.phase.phone && next.phase.phone.code === code))
    effects.push({ type: "countLostPhone" });
  if (resting === next.rest) return [next, effects];
  // Where the ticket's own timer runs, nobody sees the rest.
  if (resting && !("timer" in next.phase && next.phase.timer)) effects.push(resting.timer);
  return [{ ...next, rest: resting }, effects];
}

/** What is left, by now, of the time in which the server wants no other try. */
function restAfter({ phase, rest: former }: Login, event: Happening): Rest | undefined {
  switch (event.type) {
    case "callFailed":
      return event.retryAfter && event.of === awaited(phase)
        ? rest(event.at + event.retryAfter * 1000, event.at)
        : former;
    case "timerRang":
      return former && rest(former.until, Math.max(event.at, event.of.until));
    case "tapped":
    case "shown":
      return former && rest(former.until, event.at);
    default:
      return former;
  }
}

/** Whether the person is looking, and whether an app is about to be. */
function present(login: Login, event: Happening): Login {
  const isMine = !("visit" in event) || event.visit === login.visit.id;
  const departure = isMine ? depart(login.departure, event, login.isAway) : login.departure;
  const next = departure === login.departure ? login : { ...login, departure };
  switch (event.type) {
    case "hidden":
    case "pageHidden": {
      const awaits = awaited(login.phase);
      // While the phone prompt is open, hiding does not tell that the person has left.
      const isAway = login.isAway || !isPrompted(login);
      // Of a page that gives way to a new one the platform says the same.
      const arrival = event.type === "hidden" ? settled(login.arrival) : login.arrival;
      return { ...next, isAway, arrival, leftDuring: awaits || login.leftDuring };
    }
    case "shown":
      return back(next, event.at);
    // Whoever answers the phone prompt is here, too.
    case "phoneAnswered":
      return isPrompted(login) ? { ...next, arrival: decided(login.arrival) } : next;
    default:
      return next;
  }
}

function back(login: Login, at: number): Login {
  const arrival = isUndecided(login) ? decided(login.arrival) : login.arrival;
  if (arrival === login.arrival && !login.isAway) return login;
  return { ...login, arrival, isAway: false, departure: { ...login.departure, backAt: at } };
}

function awaited(phase: Phase): Call | undefined {
  if (phase.name === "stranded") return awaited(phase.from);
  return "awaits" in phase ? phase.awaits : undefined;
}

/** What means the same in every phase. */
function anywhere(login: Login, event: Happening): [Login, Effect[]] {
  const { visit, phase, prompting, departure, former } = login;
  if (departure.told && departure.hasLeft) {
    const beneath = phase.name === "stranded" || phase.name === "account" ? phase.from : phase;
    // Told twice, it ended once.
    const end = beneath.name === "returned" ? beneath : ended(beneath, departure.told.code);
    return enterPhase({ ...login, departure: NO_DEPARTURE }, [end, []]);
  }
  if (event.type === "launchFailed") {
    // WeChat may answer a button of the visit just before, after the app has asked for the same again.
    const isOurs = event.visit === visit.id || (former && event.visit === former.id && isSameAsker(former, visit));
    // A person who declines WeChat's own question whether to open the app stays where they are.
    if (!isOurs || phase.name === "stranded" || readLaunchRefusal(event.detail) === "declined") return [login, []];
    return enterPhase(login, [{ name: "stranded", from: phase }, []]);
  }
  if (event.type === "tapped") {
    const { action } = event;
    if (action === "privacy") return [login, [{ type: "openPrivacyContract" }]];
    if (action === "read" && "attempt" in phase)
      return enterPhase(login, [{ ...phase, attempt: { ...phase.attempt, reading: event.of } }, []]);
    if (action === "try") {
      const trial = { ...visit, isTrial: true };
      return enterPhase({ ...login, visit: trial }, start(trial));
    }
    // Only where nothing is under way: there would be no outcome to come back to.
    if (action === "account" && (phase.name === "standalone" || phase.name === "returned"))
      return enterPhase(login, askAccount({ name: "account", from: phase }));
    if (action === "leave" && phase.name !== "account") return enterPhase(login, [{ name: "standalone" }, []]);
  }
  // The prompt of a former visit may have been for another app or pool.
  const isForeign = event.type === "phoneAnswered" && prompting && !isSameAsker(prompting, visit);
  const [next, effects] = isForeign ? [login, []] : enterPhase(login, inPhase(login, phase, event));
  // From here on an answer of the phone prompt is this visit's.
  const isPrompt = event.type === "phoneAnswered" || (event.type === "tapped" && event.action === "allow-phone");
  return [isPrompt && prompting ? { ...next, prompting: undefined } : next, effects];
}

function enterPhase(login: Login, [phase, effects]: Step): [Login, Effect[]] {
  const { pool } = "attempt" in phase ? phase.attempt : login;
  return [phase === login.phase ? login : { ...login, pool, phase }, effects];
}

function inPhase(login: Login, phase: Phase, event: Happening): Step {
  switch (phase.name) {
    case "stranded":
      return stranded(login, phase, event);
    case "returned":
      return returned(login, phase, event);
    case "standalone":
      return [phase, []];
  }
  // The outcome of a former call, or a timer that was replaced: late, and of no consequence.
  const timer = "timer" in phase ? phase.timer : undefined;
  if (event.type !== "tapped" && "of" in event && event.of !== awaited(phase) && event.of !== timer) return [phase, []];
  switch (phase.name) {
    case "failed":
      return failed(login, phase, event);
    case "account":
      return account(login.visit, phase, event);
    case "opening":
      return brokenOff(login, phase, event) || opening(login, phase, event);
    case "asking":
      return asking(login, phase, event);
    case "issuing":
      return brokenOff(login, phase, event) || issuing(login, phase, event);
    default:
      return brokenOff(login, phase, event) || holding(login, phase, event);
  }
}

/**
 * WeChat breaks calls off in the background: the person did nothing wrong and need not tap. The call is made again, as
 * soon as somebody looks; when it fails once more, nobody has been away meanwhile.
 */
function brokenOff(
  { visit, leftDuring, isAway }: Login,
  phase: Opening | Issuing | Confirming | Renewing,
  event: Happening,
): Step | undefined {
  if (event.type !== "callFailed" || event.of !== leftDuring || event.retryAfter) return undefined;
  if (PROBLEMS[event.problem].recovery !== "resend") return undefined;
  if ("credential" in phase) return isAway ? undefined : hold(visit, { ...phase, awaits: undefined }, event.at);
  return isAway ? fail(event.problem, phase, true) : again(visit, phase);
}

/** The same once more: the first request as it was, anything else anew. */
function again(visit: Visit, from: Failed["from"]): Step {
  if (from && from.name === "issuing") return send(visit, from);
  return open(from && from.name === "opening" ? { phone: from.phone } : {});
}

/** Beneath the advice the login goes on, and another try returns to it. */
function stranded(login: Login, phase: Stranded, event: Happening): Step {
  if (event.type === "tapped" && event.action === "retry")
    return inPhase(login, phase.from, { type: "shown", at: event.at });
  const [from, effects] = inPhase(login, phase.from, event) as [Stranded["from"], Effect[]];
  return [from === phase.from ? phase : { ...phase, from }, effects];
}

function failed({ visit }: Login, phase: Failed, event: Happening): Step {
  const isRetry = event.type === "tapped" && event.action === "retry";
  if (!isRetry && !(event.type === "shown" && phase.isBrokenOff)) return [phase, []];
  return again(visit, PROBLEMS[phase.problem].recovery === "resend" ? phase.from : undefined);
}
