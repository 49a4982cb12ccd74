import type { Reasons } from "../protocol/wire";
import { button, cancel, launch } from "./actions";
import { isUndecided } from "./launch-or-return";
import { advised, appOf, askerOf, countdown, describe, type Say } from "./phrases";
import type { Asking, Attempt, Confirming, Issuing, Login, Renewing } from "./state";
import { lacks } from "./steps";
import { TO_COME, type Action, type Part, type Row, type View } from "./view-shape";

/** Cards as they may come, without words; the button that tells what is going on. */
export function opening({ visit }: Login, speak: Say): Part {
  return {
    cards: [{ label: "", rows: visit.launch.getPhone ? [TO_COME, TO_COME] : [TO_COME] }],
    progress: speak("busy"),
    actions: [cancel(visit, speak)],
  };
}

/** While the answer is under way, everything stays as it was but for the primary button. */
export function asking(login: Login, phase: Asking | Issuing, speak: Say): Part {
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
  const { phone, identity }: Partial<Reasons> = pool.reasons || {};
  const rows: Row[] = [{ icon: "person", title: speak("profile"), text: identity || "" }];
  if (needs.includes("phone")) rows.unshift({ icon: "phone", title: speak("number"), text: phone || "" });
  return { cards: [{ label: speak("shared", askerOf(visit, pool)), rows }], safety: speak("not_taken") };
}

export function holding(login: Login, phase: Confirming | Renewing, speak: Say): Part {
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

/** Whether a finger on the page means what is on it. */
function isHere(login: Login): boolean {
  return !login.isAway && !isUndecided(login);
}

/** A masked number in groups, as people read it. */
function spaced(phone: string): string {
  return phone.replace(/\*+/, " $& ");
}
