import { say, WORDS, type Key } from "../messages/words";
import type { ReturnCode } from "../protocol/return-string";
import type { PoolView } from "../protocol/wire";
import type { Credential } from "./credential";
import type { ActionId } from "./event";
import { heldBy } from "./holding";
import { isUndecided } from "./launch-or-return";
import { PROBLEMS, type Problem } from "./problem";
import type {
  Account,
  Asking,
  Attempt,
  Confirming,
  Failed,
  Issuing,
  Login,
  Phase,
  Renewing,
  Rest,
  Returned,
  Standalone,
} from "./state";
import { lacks } from "./steps";
import type { Visit } from "./visit";

/** A button. `open` is its open-type, empty for a plain one; `id` is the element's. */
export interface Action {
  id: ActionId;
  open: "" | "launchApp" | "getPhoneNumber" | "contact";
  label: string;
  /** What it is for is under way. */
  isBusy?: boolean;
  /** Of a launchApp button: what the app receives, and its code. */
  parameter: string;
  code?: ReturnCode;
}

/** One thing on a card, and more about it; without words it stands for what is still to come. */
export interface Row {
  icon: "" | "phone" | "person";
  title: string;
  text: string;
  /** It is what matters most here. */
  isLarge?: true;
  /** A plain button at its end; `of` tells it from those of other rows, and comes with its tap. */
  button?: { id: ActionId; label: string; of: string };
}

export interface Card {
  label: string;
  rows: Row[];
}

/** What the page binds, in plain JSON; one `setData` shows it. What a state does not mention is reset to nothing. */
export interface View {
  screen: Phase["name"];
  /** The visit, for buttons whose events may come late. */
  visit: string;
  title: string;
  /** Of whoever asks; it carries white text, which is seen to where it is set. */
  themeColor: string;
  /** Address of an image, and what stands where there is none. */
  logo: string;
  initial: string;
  /** Empty until it is known who asks. */
  heading: string;
  lead: string;
  cards: Card[];
  /** Why nobody has to worry. */
  safety: string;
  /** Named while it lasts, in the primary button's place. */
  progress: string;
  /** What needs the person's eye; announced when it appears. */
  notice: string;
  /** Whether the notice tells of a failure; otherwise of what to do. */
  isFailure: boolean;
  /** Label of the box; empty where nothing has to be ticked. */
  agree: string;
  isAgreed: boolean;
  agreements: string[];
  reading: { title: string; text: string } | null;
  close: string;
  /** The first one is the primary, unless there is progress in its place. */
  actions: Action[];
  privacy: string;
}

type Say = (key: Key, name?: string) => string;
type Part = Partial<View> & Pick<View, "actions">;

/** While it is not known who asks, the page has nobody's colour. */
const NOBODYS = "#5c6370";

/** The page for a login. Every one but the home page offers a way back to the app, or says how to go by hand. */
export function view(login: Login): View {
  const { visit, phase } = login;
  const speak: Say = (key, name) => say(visit.language, key, name);
  const attempt = "attempt" in phase ? phase.attempt : undefined;
  const agreements = attempt ? attempt.pool.agreements : [];
  return {
    screen: phase.name,
    visit: visit.id,
    title: speak("title"),
    ...face(login, speak),
    cards: [],
    safety: "",
    progress: "",
    notice: "",
    isFailure: false,
    agree: attempt && attempt.needs.includes("agreements") ? speak("agree") : "",
    isAgreed: attempt ? attempt.isAgreed : false,
    agreements: agreements.map(({ title }) => title),
    reading: (attempt && agreements[attempt.reading]) || null,
    close: speak("close"),
    privacy: speak("privacy"),
    ...(isUndecided(login) ? withheld(part(login, speak)) : part(login, speak)),
  };
}

/** Who asks: the calling app, dressed as the pool says, else the pool; nobody before the first reply. */
function face(
  { visit, phase, pool: known }: Login,
  speak: Say,
): Pick<View, "themeColor" | "logo" | "initial" | "heading" | "lead"> {
  const { config, isTrial } = visit;
  // One's own accounts are those with every pool of the applet.
  const isOwn = phase.name === "standalone" || phase.name === "account";
  const pool = isOwn ? undefined : known;
  const { logo, color } = (pool && pool.brand) || { logo: null, color: null };
  const isKnown = pool || phase.name !== "opening";
  const who = pool ? askerOf(visit, pool) : isOwn ? config.operatorName : "";
  return {
    themeColor: isKnown ? color || config.themeColor : NOBODYS,
    logo: logo || (pool && pool.logo) || "",
    initial: who ? initialOf(who) : isKnown ? "!" : "",
    heading: pool ? (isTrial ? speak("try") : speak("heading", who)) : "",
    lead: pool && !isTrial && who !== pool.name ? speak("by", pool.name) : "",
  };
}

function askerOf({ isTrial, config }: Visit, { caller, name }: PoolView): string {
  return isTrial ? config.operatorName : caller || name;
}

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
  const { phase } = login;
  switch (phase.name) {
    case "opening":
      return opening(login, speak);
    case "asking":
    case "issuing":
      return asking(login, phase, speak);
    case "returned":
      return returned(login, phase, speak);
    case "stranded":
      return {
        heading: speak("stuck", appOf(login, speak)),
        lead: speak("by_hand", appOf(login, speak)),
        actions: [button("retry", speak("retry"))],
      };
    case "failed":
      return failed(login, phase, speak);
    case "standalone":
      return standalone(login, phase, speak);
    case "account":
      return account(login, phase, speak);
    default:
      return holding(login, phase, speak);
  }
}

const TO_COME: Row = { icon: "", title: "", text: "" };

/** Cards as they may come, without words; the button that tells what is going on. */
function opening({ visit }: Login, speak: Say): Part {
  return {
    cards: [{ label: "", rows: visit.launch.getPhone ? [TO_COME, TO_COME] : [TO_COME] }],
    progress: speak("busy"),
    actions: [cancel(visit, speak)],
  };
}

/** While the answer is under way, everything stays as it was but for the primary button. */
function asking(login: Login, phase: Asking | Issuing, speak: Say): Part {
  const { visit } = login;
  const { attempt } = phase;
  const isPhoneWanted = attempt.needs.includes("phone");
  const isChoice = isPhoneWanted && attempt.phoneOptional;
  const others: Action[] = isChoice ? [button("skip-phone", speak("skip"))] : [];
  const same = shared(login, attempt, speak);
  if (phase.name === "issuing")
    return {
      ...same,
      progress: speak(phase.phone ? "verifying" : "busy"),
      actions: [...others, cancel(visit, speak)],
    };
  const { refusal, notice, rest, isPrompted } = phase;
  const lacking = lacks(phase);
  let primary = button("proceed", rest ? countdown(rest, speak) : speak(lacking.phone ? "allow" : "proceed"));
  // Here the phone prompt is offered: an open-type acts before any handler could refuse.
  if (lacking.phone && !lacking.agreement && !rest && (isPrompted || isHere(login)))
    primary = button("allow-phone", primary.label, "getPhoneNumber");
  // Whoever may go on without a number need not hear that it is needed.
  const told = refusal && !(isChoice && refusal.returned === 400) && refusal;
  return {
    ...same,
    notice: notice ? speak(notice) : told ? advised(told.cause, told.advice, speak) : "",
    actions: [primary, ...others, cancel(visit, speak, refusal && refusal.returned)],
  };
}

/** What the app learns about a person it has not met, and why. */
function shared({ visit }: Login, { needs, pool }: Attempt, speak: Say): Pick<View, "cards" | "safety"> {
  const { phone, identity } = { phone: null, identity: null, ...pool.reasons };
  const rows: Row[] = [{ icon: "person", title: speak("profile"), text: identity || "" }];
  if (needs.includes("phone")) rows.unshift({ icon: "phone", title: speak("number"), text: phone || "" });
  return { cards: [{ label: speak("shared", askerOf(visit, pool)), rows }], safety: speak("not_taken") };
}

function holding(login: Login, phase: Confirming | Renewing, speak: Say): Part {
  const { visit, rest } = login;
  const { attempt, credential, problem, isReleased, isAgain, awaits } = phase;
  const { user } = attempt;
  const label = isAgain || isReleased ? speak("return", appOf(login, speak)) : speak("confirm");
  let primary: Action;
  if (credential && isHere(login)) {
    // The trial has no app to open; code mode puts codes into the button only after a tap that confirms.
    const isHeldBack = visit.isTrial || (visit.mode.isHeldBack && !isReleased);
    primary = isHeldBack ? button("release", label) : launch("confirm", visit, label, 200, credential);
  } else {
    const isBusy = !credential && !rest && !!awaits;
    const text = isBusy ? speak("busy") : rest && !credential ? countdown(rest, speak) : label;
    primary = { ...button("proceed", text), isBusy };
  }
  const number: Row[] =
    user && user.phone ? [{ icon: "phone", title: spaced(user.phone), text: speak("verified"), isLarge: true }] : [];
  return {
    ...shared(login, attempt, speak),
    ...(number.length && { cards: [{ label: "", rows: number }] }),
    ...(user && { safety: speak("yourself") }),
    notice: !credential && problem ? describe(problem, speak) : "",
    isFailure: true,
    actions: [primary, cancel(visit, speak)],
  };
}

function returned(login: Login, phase: Returned, speak: Say): Part {
  const { visit } = login;
  const { code } = phase;
  const app = appOf(login, speak);
  const label = speak("return", app);
  return {
    heading: speak(code === 200 ? "done" : "unfinished"),
    lead: speak("by_hand", app),
    actions: [
      heldBy(phase) ? button("retry", label) : launch("return", visit, label, code === 200 ? 408 : code),
      ...ownAccount(visit, speak),
    ],
  };
}

function failed(login: Login, { problem }: Failed, speak: Say): Part {
  const { visit, rest } = login;
  const actions: Action[] =
    PROBLEMS[problem].recovery === "none" ? [] : [button("retry", rest ? countdown(rest, speak) : speak("retry"))];
  if (visit.isTrial) actions.push(button("leave", speak("close")));
  else if (visit.fromApp)
    actions.push(launch("return", visit, speak("return", appOf(login, speak)), PROBLEMS[problem].returned));
  return {
    heading: speak("unfinished"),
    lead: "",
    cards: help(visit, speak),
    notice: describe(problem, speak),
    isFailure: true,
    actions,
  };
}

/** A real home page: what this is, whose, and something to do, as reviewers ask of an applet that apps open. */
function standalone({ visit }: Login, { isTried }: Standalone, speak: Say): Part {
  const actions: Action[] = [...ownAccount(visit, speak), button("contact", speak("contact"), "contact")];
  if (visit.mode.hasServer) actions.unshift(button("try", speak("try")));
  return {
    heading: speak("home", visit.config.operatorName),
    lead: speak("purpose"),
    cards: help(visit, speak),
    notice: isTried ? speak("done") : "",
    actions,
  };
}

function ownAccount({ mode }: Visit, speak: Say): Action[] {
  return mode.hasServer ? [button("account", speak("account"))] : [];
}

/** What the server tells of the person's accounts, or what is asked about a change. */
function account({ rest }: Login, { reply, offer, awaits, problem }: Account, speak: Say): Part {
  const back = offer ? button("account", speak("cancel")) : button("leave", speak("close"));
  const cards = reply ? reply.cards : [{ label: "", rows: [TO_COME] }];
  const title = speak("account");
  const [heading, notice] = offer ? [offer.question, offer.detail] : [title, ""];
  let actions = [back];
  if (problem) actions = [button("retry", rest ? countdown(rest, speak) : speak("retry")), back];
  else if (offer && !awaits) actions = [button("apply", offer.label), back];
  return {
    title,
    heading,
    lead: "",
    cards: offer ? [] : cards,
    progress: awaits ? speak("busy") : "",
    notice: problem ? describe(problem, speak) : notice,
    isFailure: !!problem,
    actions,
  };
}

/** Whether a finger on the page means what is on it. */
function isHere(login: Login): boolean {
  return !login.isAway && !isUndecided(login);
}

/** The app to go back to, as far as anybody told its name. */
function appOf({ pool }: Login, speak: Say): string {
  return (pool && pool.caller) || speak("app");
}

function countdown({ secondsLeft }: Rest, speak: Say): string {
  return speak("wait", `${secondsLeft}`);
}

function help({ config }: Visit, speak: Say): Card[] {
  const row: Row = { icon: "person", title: speak("help"), text: config.helpContact };
  return config.helpContact ? [{ label: "", rows: [row] }] : [];
}

/** What happened and what to do about it. */
function describe(problem: Problem, speak: Say): string {
  const { returned: code, advice } = PROBLEMS[problem];
  const cause = problem in WORDS ? (problem as Extract<Problem, Key>) : (`${code}` as const);
  return advised(cause, advice, speak);
}

function advised(cause: Key, advice: Key | null, speak: Say): string {
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

/** A masked number in groups, as people read it. */
function spaced(phone: string): string {
  return phone.replace(/\*+/, " $& ");
}
