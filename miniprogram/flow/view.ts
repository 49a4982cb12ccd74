import { say } from "../messages/words";
import type { Brand } from "../protocol/wire";
import { button } from "./actions";
import { isUndecided } from "./launch-or-return";
import { askerOf, type Say } from "./phrases";
import type { Login } from "./state";
import { account, failed, returned, standalone, stranded } from "./view-apart";
import { asking, holding, opening } from "./view-course";
import type { Part, View } from "./view-shape";

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
    reading: (attempt && agreements[Number(attempt.reading)]) || null,
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
  const { logo, color }: Partial<Brand> = (pool && pool.brand) || {};
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

/**
 * Nobody knows whether another app has just opened the applet: nothing that acts before a handler could refuse is on the
 * page, except the phone prompt while it is open, whose answer would be lost with its button.
 */
function withheld(whole: Part): Part {
  return {
    ...whole,
    actions: whole.actions.map((action) =>
      action.open && action.id !== "allow-phone" ? button("resume", action.label) : action,
    ),
  };
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
      return stranded(login, speak);
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

/** Stands where a picture is missing; by code points, so that a character outside the basic plane stays whole. */
function initialOf(name: string): string {
  return Array.from(name)[0] || "";
}
