import { say, WORDS, type Key } from "../messages/words";
import type { ReturnCode } from "../protocol/return-string";
import type { Need, PoolView } from "../protocol/wire";
import type { ActionId } from "./event";
import { isUndecided } from "./launch-or-return";
import { heldBy } from "./holding";
import type { Credential } from "./credential";
import { PROBLEMS, type Problem } from "./problem";
import type { Asking, Confirming, Failed, Login, Phase, Renewing, Rest, Returned, Standalone } from "./state";
import { lacks } from "./steps";
import type { Visit } from "./visit";

/** A button. `open` is its open-type, empty for a plain one; `id` is the element's. The first one is the primary. */
export interface Action {
  id: ActionId;
  open: "" | "launchApp" | "getPhoneNumber" | "contact";
  label: string;
  /** Of a launchApp button: what the app receives, and its code. */
  parameter: string;
  code?: ReturnCode;
}

/** What the page binds, in plain JSON; one `setData` shows it. What a state does not mention is reset to nothing. */
export interface View {
  screen: Phase["name"];
  /** The visit, for buttons whose events may come late. */
  visit: string;
  title: string;
  themeColor: string;
  brand: { name: string; logo: string; initial: string } | null;
  heading: string;
  lead: string;
  account: { nickname: string; photo: string; phone: string | null; initial: string } | null;
  list: string[];
  /** Named while it lasts. */
  progress: string;
  /** What needs the person's eye; announced when it appears. */
  notice: string;
  /** Label of the box; empty where nothing has to be ticked. */
  agree: string;
  isAgreed: boolean;
  agreements: string[];
  reading: { title: string; text: string } | null;
  close: string;
  actions: Action[];
  privacy: string;
  help: string;
}

type Say = (key: Key, name?: string) => string;

/** The page for a login. Every one but the home page offers a way back to the app, or says how to go by hand. */
export function view(login: Login): View {
  const { visit, phase } = login;
  const { themeColor, operatorName } = visit.config;
  const speak: Say = (key, name) => say(visit.language, key, name);
  const attempt = "attempt" in phase ? phase.attempt : undefined;
  const agreements = attempt ? attempt.pool.agreements : [];
  const { name, logo } = poolOf(phase) || { name: operatorName, logo: null };
  return {
    screen: phase.name,
    visit: visit.id,
    title: speak("confirm"),
    themeColor,
    brand: { name, logo: logo || "", initial: initialOf(name) },
    heading: "",
    lead: "",
    account: null,
    list: [],
    progress: "",
    notice: "",
    agree: attempt && attempt.needs.includes("agreements") ? speak("agree") : "",
    isAgreed: attempt ? attempt.isAgreed : false,
    agreements: agreements.map(({ title }) => title),
    reading: (attempt && agreements[attempt.reading]) || null,
    close: speak("close"),
    privacy: "",
    help: "",
    ...(isUndecided(login) ? withheld(part(login, speak)) : part(login, speak)),
  };
}

/** Whose login it is or was; nobody's before the first reply. */
function poolOf(phase: Phase): PoolView | undefined {
  if ("attempt" in phase) return phase.attempt.pool;
  return "from" in phase && phase.from ? poolOf(phase.from) : undefined;
}

type Part = Partial<View> & Pick<View, "actions">;

/**
 * Nobody knows whether another app has just opened the applet: nothing that acts before a handler could refuse is on the
 * page, except the phone prompt while it is open, whose answer would be lost with its button.
 */
function withheld(whole: Part): Part {
  const actions = whole.actions.map((action) =>
    action.open && action.id !== "allow-phone" ? button("resume", action.label) : action,
  );
  return { ...whole, actions };
}

function part(login: Login, speak: Say): Part {
  const { visit, phase } = login;
  switch (phase.name) {
    case "opening":
    case "issuing":
      return { progress: speak("busy"), actions: [cancel(visit, speak)] };
    case "asking":
      return asking(login, phase, speak);
    case "returned":
      return returned(login, phase, speak);
    case "stranded":
      return { heading: speak("by_hand"), actions: [button("retry", speak("retry"))] };
    case "failed":
      return failed(login, phase, speak);
    case "standalone":
      return standalone(login, phase, speak);
    default:
      return holding(login, phase, speak);
  }
}

function asking(login: Login, phase: Asking, speak: Say): Part {
  const { visit } = login;
  const { attempt, refusal, notice, isResting, isPrompted } = phase;
  const { pool, needs, phoneOptional } = attempt;
  const lacking = lacks(phase);
  // Whoever may go on without a number need not hear that it is needed.
  const cause = refusal && (phoneOptional && refusal.returned === 400 ? "409" : refusal.cause);
  const actions: Action[] = [button("proceed", speak(lacking.phone ? "allow" : "proceed"))];
  // Here the phone prompt is offered: an open-type acts before any handler could refuse.
  if (lacking.phone && !lacking.agreement && !isResting && (isPrompted || isHere(login)))
    actions[0] = button("allow-phone", speak("allow"), "getPhoneNumber");
  if (refusal && phoneOptional) actions.push(button("skip-phone", speak("skip")));
  actions.push(cancel(visit, speak, refusal && refusal.returned));
  return {
    heading: speak("heading", pool.caller || pool.name),
    ...shared(needs, speak),
    notice: notice ? speak(notice) : refusal && cause ? speak(cause) + speak(refusal.advice) : "",
    actions,
  };
}

/** What the app learns about a person it has not met, and where to read on. */
function shared(needs: readonly Need[], speak: Say): Pick<View, "list" | "privacy"> {
  const list = [speak("shared"), speak("profile")];
  if (needs.includes("phone")) list.push(speak("number"));
  return { list, privacy: speak("privacy") };
}

function holding(login: Login, phase: Confirming | Renewing, speak: Say): Part {
  const { visit, rest } = login;
  const { credential, problem, isReleased, isAgain, awaits } = phase;
  const { pool, user } = phase.attempt;
  const label = speak(isAgain || isReleased ? "return" : "confirm");
  let confirm: Action = button("proceed", rest && !credential ? countdown(rest, speak) : label);
  if (credential && isHere(login)) {
    // The trial has no app to open; code mode puts codes into the button only after a tap that confirms.
    const isHeldBack = visit.isTrial || (visit.mode.isHeldBack && !isReleased);
    confirm = isHeldBack ? button("release", label) : launch("confirm", visit, label, 200, credential);
  }
  return {
    heading: speak("heading", pool.caller || pool.name),
    lead: speak("yourself"),
    account: user && { ...user, initial: initialOf(user.nickname) },
    progress: !credential && awaits ? speak("busy") : "",
    notice: !credential && problem ? describe(problem, speak) : "",
    actions: [confirm, cancel(visit, speak)],
    ...(user ? {} : shared([], speak)),
  };
}

function returned({ visit }: Login, phase: Returned, speak: Say): Part {
  const { code } = phase;
  const label = speak("return");
  const byHand = speak("by_hand");
  return {
    heading: code === 200 ? speak("done") : byHand,
    lead: code === 200 ? byHand : "",
    actions: [heldBy(phase) ? button("retry", label) : launch("return", visit, label, code === 200 ? 408 : code)],
  };
}

function failed({ visit, rest }: Login, { problem }: Failed, speak: Say): Part {
  const actions: Action[] =
    PROBLEMS[problem].recovery === "none" ? [] : [button("retry", rest ? countdown(rest, speak) : speak("retry"))];
  if (visit.isTrial) actions.push(button("leave", speak("close")));
  else if (visit.fromApp) actions.push(launch("return", visit, speak("return"), PROBLEMS[problem].returned));
  return { notice: describe(problem, speak), actions, help: helpOf(visit, speak) };
}

/** A real home page: what this is, whose, and something to do, as reviewers ask of an applet that apps open. */
function standalone({ visit }: Login, { isTried }: Standalone, speak: Say): Part {
  const actions: Action[] = [button("contact", speak("contact"), "contact")];
  if (visit.mode.hasTrial) actions.unshift(button("try", speak("try")));
  return {
    heading: speak("home", visit.config.operatorName),
    lead: speak("purpose"),
    notice: isTried ? speak("done") : "",
    actions,
    privacy: speak("privacy"),
    help: helpOf(visit, speak),
  };
}

/** Whether a finger on the page means what is on it. */
function isHere(login: Login): boolean {
  return !login.isAway && !isUndecided(login);
}

function countdown({ secondsLeft }: Rest, speak: Say): string {
  return `${speak("retry")} (${secondsLeft}s)`;
}

function helpOf({ config }: Visit, speak: Say): string {
  return config.helpContact && speak("help") + config.helpContact;
}

/** What happened and what to do about it. */
function describe(problem: Problem, speak: Say): string {
  const { returned: code, advice } = PROBLEMS[problem];
  const cause = problem in WORDS ? (problem as Extract<Problem, Key>) : (`${code}` as const);
  return speak(cause) + (advice ? speak(advice) : "");
}

function button(id: ActionId, label: string, open: Action["open"] = ""): Action {
  return { id, open, label, parameter: "" };
}

function launch(
  id: "confirm" | "cancel" | "return",
  visit: Visit,
  label: string,
  code: ReturnCode,
  credential?: Credential,
): Action {
  return { id, open: "launchApp", label, parameter: visit.mode.answer(visit, code, credential), code };
}

/** Cancel is never gated. In the trial it leads back to the home page. */
function cancel(visit: Visit, speak: Say, code: ReturnCode = 400): Action {
  const label = speak("cancel");
  return visit.isTrial ? button("leave", label) : launch("cancel", visit, label, code);
}

/** Stands where a picture is missing; by code points, so that a character outside the basic plane stays whole. */
function initialOf(name: string): string {
  return Array.from(name)[0] || "";
}
