import { readLaunch } from "../protocol/launch";
import type { Event } from "./event";
import type { Login } from "./state";
import { OPENED_BY_APP, type Entry, type Visit } from "./visit";

/*
 * Phones tell the entry of a launch again when the person merely comes back, some of them even around the phone sheet;
 * neither scene nor referrer tells the two apart. The page does: a launch with a path makes it anew, a return never does.
 * https://developers.weixin.qq.com/community/develop/doc/000408c9f502d832c54bf6e3251000
 */

/** What the login knows of the last opening, to tell what the next one is. */
export interface Arrival {
  /** The last entry the platform told. */
  entry: Entry;
  /** When it was told, epoch ms; -Infinity once something else has happened since. */
  at: number;
  /** What of a launch that began is still to come: it begins no other. */
  expects: "page" | "entry" | undefined;
  /** No page has followed the entry yet. */
  isPending: boolean;
}

/** `launch`: a login begins. `return`: the present one is looked at again. `neither`: told before, or the page will tell. */
export type Verdict = { is: "launch" | "return" | "neither"; arrival: Arrival };

/** Told again within this time, an entry is the same telling; without a page after it, nobody was launched. */
const A_MOMENT = 1_000;

/** What tells that somebody opened the applet or came back to it. */
export type Arriving = Extract<Event, { type: "entered" | "pageMade" | "pageShown" }>;

export function tell(login: Login | undefined, arriving: Arriving): Verdict {
  switch (arriving.type) {
    case "entered":
      return byEntry(login, arriving.entry, arriving.at);
    case "pageMade":
      return byNewPage(login, arriving);
    default:
      return bySamePage(login as Login);
  }
}

function byEntry(login: Login | undefined, entry: Entry, at: number): Verdict {
  if (!login) return launch(entry, "page");
  const { visit, arrival } = login;
  const told: Arrival = { entry, at, expects: arrival.expects, isPending: true };
  // Back by the recent list, from another mini program and so on.
  if (entry.scene !== OPENED_BY_APP) return { is: "return", arrival: told };
  const isByAnother = !!entry.referrerAppId && !!visit.callerAppId && entry.referrerAppId !== visit.callerAppId;
  if (isByAnother || asksElse(entry.query, visit)) return launch(entry, "page", at);
  if (arrival.expects && entry.scene === visit.scene) return { is: "neither", arrival: decided(told) };
  const isEcho = at - arrival.at < A_MOMENT && JSON.stringify(entry) === JSON.stringify(arrival.entry);
  return { is: "neither", arrival: isEcho ? arrival : told };
}

function byNewPage(login: Login | undefined, { query, entry }: Extract<Event, { type: "pageMade" }>): Verdict {
  const arrival = login && login.arrival;
  const isFollowing = arrival && (arrival.isPending || arrival.expects === "page");
  if (isFollowing && !arrival.isPending && !asksElse(query, login.visit))
    return { is: "return", arrival: settled(arrival) };
  const by = isFollowing ? arrival.entry : entry;
  // The query that the page got is this opening's own.
  return launch({ ...by, query: isEmpty(query) ? by.query : query }, isFollowing ? undefined : "entry");
}

/** The page that was there already is in front: nobody launched, or an app did without a path, as Guard does. */
function bySamePage({ visit, arrival, phase }: Login): Verdict {
  const { entry, isPending } = arrival;
  const { name } = phase.name === "account" ? phase.from : phase;
  const isOver = name === "returned" || name === "failed";
  // What an app that nobody could name was to get must not go to one that has a name.
  const isNamed = !!entry.referrerAppId && !visit.callerAppId;
  const isAnew = name === "standalone" || (isEmpty(entry.query) && (isOver || isNamed));
  if (isPending && entry.scene === OPENED_BY_APP && isAnew) return launch(entry, undefined);
  return { is: "return", arrival: decided(arrival) };
}

function launch(entry: Entry, expects: Arrival["expects"], at = -Infinity): Verdict {
  return { is: "launch", arrival: { entry, at, expects, isPending: false } };
}

/** The last entry was a mere return. */
export function decided(arrival: Arrival): Arrival {
  return { ...arrival, at: -Infinity, isPending: false };
}

/** Nothing more is to come of the last opening. */
export function settled(arrival: Arrival): Arrival {
  return { ...decided(arrival), expects: undefined };
}

/** Whether it is open if an app has just launched: until it is told, nothing may be handed to an app. */
export function isUndecided({ arrival }: Pick<Login, "arrival">): boolean {
  return arrival.isPending && arrival.entry.scene === OPENED_BY_APP;
}

/** Whether a tap by now shows that the person merely came back. */
export function isOverdue({ arrival }: Login, at: number): boolean {
  return at - arrival.at >= A_MOMENT;
}

function asksElse(query: Entry["query"], { launch: asked }: Visit): boolean {
  return !isEmpty(query) && JSON.stringify(readLaunch(query)) !== JSON.stringify(asked);
}

function isEmpty(query: Entry["query"]): boolean {
  return Object.keys(query).length === 0;
}
