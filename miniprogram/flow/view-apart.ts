import { button, launch, ownAccount, retry } from "./actions";
import { heldBy } from "./holding";
import { appOf, describe, type Say } from "./phrases";
import { PROBLEMS } from "./problem";
import type { Account, Failed, Login, Returned, Standalone } from "./state";
import { TO_COME, type Action, type Card, type Part, type Row } from "./view-shape";
import type { Visit } from "./visit";

export function returned(login: Login, phase: Returned, speak: Say): Part {
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

export function stranded(login: Login, speak: Say): Part {
  return {
    heading: speak("stuck", appOf(login, speak)),
    lead: speak("by_hand", appOf(login, speak)),
    actions: [button("retry", speak("retry"))],
  };
}

export function failed(login: Login, { problem }: Failed, speak: Say): Part {
  const { visit, rest } = login;
  const actions: Action[] = PROBLEMS[problem].recovery === "none" ? [] : [retry(rest, speak)];
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
export function standalone({ visit }: Login, { isTried }: Standalone, speak: Say): Part {
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

/** What the server tells of the person's accounts, or what is asked about a change. */
export function account({ rest }: Login, { reply, offer, awaits, problem }: Account, speak: Say): Part {
  const back = offer ? button("account", speak("cancel")) : button("leave", speak("close"));
  const cards = reply ? reply.cards : [{ label: "", rows: [TO_COME] }];
  const title = speak("account");
  const [heading, notice] = offer ? [offer.question, offer.detail] : [title, ""];
  let actions = [back];
  if (problem) actions = [retry(rest, speak), back];
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

function help({ config }: Visit, speak: Say): Card[] {
  const row: Row = { icon: "person", title: speak("contact"), text: config.helpContact };
  return config.helpContact ? [{ label: "", rows: [row] }] : [];
}
