import { WORDS } from "../messages/languages";
import type { Words } from "../messages/words";
import { proofString, refusalString, codeOf } from "./answer";
import type { LaunchAction, PlainAction } from "./event";
import { mayPass } from "./problem";
import type { Asking, Attempt, Confirming, Failed, Renewing, Returned, Standalone, State, Stranded } from "./state";
import { isCodeMode, lacks } from "./steps";

/** A button. `open` is its open-type, or empty for a plain one; `id` is the element's and the action's. */
export type Action = { label: string; rank: "primary" | "secondary" | "quiet" } & (
  | { open: "launchApp"; id: LaunchAction; parameter: string }
  | { open: "getPhoneNumber"; id: "allow-phone" }
  | { open: "contact"; id: "contact" }
  | { open: ""; id: PlainAction; /** Nothing to do yet: said to screen readers. */ waiting?: boolean }
);

/** What the page binds, whole and in plain JSON; one `setData` shows it. */
export interface View {
  screen: State["name"] | "blank";
  /** The visit, for buttons whose events may come late. */
  visit: string;
  title: string;
  themeColor: string;
  /** Named while it lasts; empty when nothing is under way. */
  progress: string;
  brand: { name: string; logo: string; initial: string } | null;
  heading: string;
  lead: string;
  account: { nickname: string; photo: string; initial: string; phone: string } | null;
  list: { title: string; items: readonly string[]; isNumbered: boolean } | null;
  /** Something that needs the person's eye; announced when it appears. */
  notice: string;
  agreements: { label: string; hasBox: boolean; isTicked: boolean; titles: string[] } | null;
  reading: { title: string; text: string; close: string } | null;
  actions: Action[];
  privacy: string;
  footer: string[];
}

/** What the page shows before anything has opened the applet. */
export const BLANK: View = {
  screen: "blank",
  visit: "",
  title: "",
  themeColor: "",
  progress: "",
  brand: null,
  heading: "",
  lead: "",
  account: null,
  list: null,
  notice: "",
  agreements: null,
  reading: null,
  actions: [],
  privacy: "",
  footer: [],
};

type Part = Partial<View> & Pick<View, "actions">;

/** The page for a state. Every state but the home page offers a way back to the app. */
export function view(state: State | undefined): View {
  if (state === undefined) return BLANK;
  const { visit } = state;
  const words = WORDS[visit.language];
  return {
    ...BLANK,
    screen: state.name,
    visit: visit.id,
    title: words.title,
    themeColor: visit.config.themeColor,
    ...partFor(state, words),
  };
}

function partFor(state: State, words: Words): Part {
  switch (state.name) {
    case "opening":
      return { progress: words.opening, actions: [cancel(state, words)] };
    case "asking":
      return asking(state, words);
    case "issuing":
      return { ...who(state.attempt, words), progress: words.issuing, actions: [cancel(state, words)] };
    case "confirming":
      return confirming(state, words);
    case "renewing":
      return renewing(state, words);
    case "returned":
      return returned(state, words);
    case "stranded":
      return stranded(state, words);
    case "failed":
      return failed(state, words);
    case "standalone":
      return standalone(state, words);
  }
}

function asking(state: Asking, words: Words): Part {
  const { attempt, refusal, notice, pausedUntil, away } = state;
  const missing = lacks(state);
  const isPrompt = missing.phone && !missing.agreement && pausedUntil === undefined && !away;
  const proceed: Action = { open: "", id: "proceed", label: words.asking.proceed, rank: "primary" };
  const actions: Action[] = [];
  if (isPrompt)
    actions.push({ open: "getPhoneNumber", id: "allow-phone", label: words.asking.allowPhone, rank: "primary" });
  else actions.push(missing.phone ? { ...proceed, label: words.asking.allowPhone } : proceed);
  if (refusal && attempt.phoneOptional)
    actions.push({ open: "", id: "skip-phone", label: words.asking.skipPhone, rank: "secondary" });
  actions.push(cancel(state, words));
  const { shares, identity, profile, phone } = words.asking;
  const items = attempt.needs.includes("phone") ? [identity, profile, phone] : [identity, profile];
  return {
    ...who(attempt, words),
    heading: words.asking.heading(appOf(attempt)),
    lead: words.asking.lead(attempt.pool.name),
    list: { title: shares, items, isNumbered: false },
    notice: notice ? words.notices[notice] : refusal ? words.refusals[refusal] : "",
    actions,
    privacy: words.privacy,
  };
}

function confirming(state: Confirming, words: Words): Part {
  const { attempt } = state;
  return {
    ...who(attempt, words),
    heading: words.confirming.heading(appOf(attempt)),
    lead: attempt.user || isCodeMode(state.visit) ? words.confirming.lead : words.confirming.newcomer,
    account: accountOf(attempt),
    actions: [confirmAction(state, words), cancel(state, words)],
  };
}

/** The button that hands the proof over, or a plain one while that tap would be wrong. */
function confirmAction(state: Confirming, words: Words): Action {
  const { confirm, handOver, finish } = words.confirming;
  const plain = { open: "", rank: "primary" } as const;
  if (state.visit.trial) return { ...plain, id: "finish", label: finish };
  const isHeldBack = state.proof.kind === "codes" && !state.confirmed;
  if (isHeldBack) return { ...plain, id: "confirm", label: confirm };
  const label = state.again ? words.done.again : state.proof.kind === "codes" ? handOver : confirm;
  if (state.away) return { ...plain, id: "proceed", label };
  return { open: "launchApp", id: "confirm", label, rank: "primary", parameter: proofString(state, words) };
}

function renewing(state: Renewing, words: Words): Part {
  const { attempt, awaits, problem } = state;
  const isWaiting = awaits !== undefined;
  const renew: Action = { open: "", id: "proceed", label: words.renewal.renew, rank: "primary" };
  return {
    ...who(attempt, words),
    heading: words.renewal.heading,
    lead: words.renewal.lead,
    account: accountOf(attempt),
    progress: isWaiting ? words.renewing : "",
    notice: !isWaiting && problem ? words.problems[problem] : "",
    actions: [isWaiting ? { ...renew, waiting: true } : renew, cancel(state, words)],
  };
}

function returned(state: Returned, words: Words): Part {
  const { heading, lead, again, spent } = words.done;
  if (state.attempt) return { heading, lead, actions: [{ open: "", id: "again", label: again, rank: "primary" }] };
  const text = state.spent ? { heading: words.cancelled.heading, lead: spent } : words.cancelled;
  return { ...text, actions: [giveBack(state, words, "primary")] };
}

function stranded({ failure }: Stranded, words: Words): Part {
  return {
    heading: words.stranded.heading,
    lead: words.stranded[failure],
    actions: [{ open: "", id: "retry", label: words.retry, rank: "primary" }],
  };
}

function failed(state: Failed, words: Words): Part {
  const { problem, notice, retryAt, visit } = state;
  const actions: Action[] = [];
  if (mayPass(problem)) {
    const waiting = retryAt !== undefined;
    actions.push({ open: "", id: "retry", label: words.retry, rank: "primary", ...(waiting && { waiting }) });
  }
  if (visit.fromApp || visit.trial) actions.push(giveBack(state, words, actions.length > 0 ? "secondary" : "primary"));
  return {
    heading: words.failed.heading,
    notice: notice ? words.notices[notice] : words.problems[problem],
    actions,
    footer: helpOf(state, words),
  };
}

/** A real home page: reviewers refuse one that is nothing without an app. */
function standalone(state: Standalone, words: Words): Part {
  const { config } = state.visit;
  const { heading, lead, steps, stepsTitle, tried, contact, operatedBy } = words.standalone;
  const actions: Action[] = [{ open: "contact", id: "contact", label: contact, rank: "secondary" }];
  if (!isCodeMode(state.visit) && state.visit.userPoolId !== "")
    actions.unshift({ open: "", id: "try", label: words.standalone.try, rank: "primary" });
  return {
    brand: { name: config.operatorName, logo: "", initial: initialOf(config.operatorName) },
    heading: heading(config.operatorName),
    lead,
    list: { title: stepsTitle, items: steps, isNumbered: true },
    notice: state.tried ? tried : "",
    actions,
    privacy: words.privacy,
    footer: [...helpOf(state, words), operatedBy(config.operatorName)],
  };
}

/** The pool whose account it is, and its agreements. */
function who(attempt: Attempt, words: Words): Pick<View, "brand" | "agreements" | "reading"> {
  const { pool, needs, agreed, reading } = attempt;
  const hasBox = needs.includes("agreements");
  const open = reading === undefined ? undefined : pool.agreements[reading];
  return {
    brand: { name: pool.name, logo: pool.logo ?? "", initial: initialOf(pool.name) },
    agreements:
      pool.agreements.length === 0
        ? null
        : {
            label: hasBox ? words.asking.agree : words.asking.agreed,
            hasBox,
            isTicked: agreed,
            titles: pool.agreements.map(({ title }) => title),
          },
    reading: open ? { title: open.title, text: open.text, close: words.close } : null,
  };
}

function accountOf({ user }: Attempt): View["account"] {
  return user && { ...user, initial: initialOf(user.nickname), phone: user.phone ?? "" };
}

/** The app that asks, or the pool where it is not named. */
function appOf({ pool }: Attempt): string {
  return pool.caller ?? pool.name;
}

/** Cancel is never gated. Without an app behind, it leads back to the home page. */
function cancel(state: State, words: Words): Action {
  if (state.visit.trial) return { open: "", id: "leave", label: words.cancel, rank: "secondary" };
  const parameter = refusalString(state, codeOf(state, "cancel") ?? 400, words);
  return { open: "launchApp", id: "cancel", label: words.cancel, rank: "secondary", parameter };
}

function giveBack(state: Failed | Returned, words: Words, rank: Action["rank"]): Action {
  if (state.visit.trial) return { open: "", id: "leave", label: words.leave, rank };
  const parameter = refusalString(state, codeOf(state, "return") ?? 500, words);
  return { open: "launchApp", id: "return", label: words.back, rank, parameter };
}

function helpOf({ visit }: State, words: Words): string[] {
  return visit.config.helpContact === "" ? [] : [words.standalone.help(visit.config.helpContact)];
}

/** Stands in for an image; by code points, so that a character outside the basic plane stays whole. */
function initialOf(name: string): string {
  return Array.from(name)[0] ?? "";
}
