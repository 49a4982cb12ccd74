import type { AskAccount } from "./effect";
import type { Event } from "./event";
import type { Account } from "./state";
import type { Step } from "./steps";
import type { Visit } from "./visit";

/** Looks, or makes the change that was decided: each begins with a code of its own. */
export function askAccount(phase: Account): Step {
  const awaits = { type: "logIn" } as const;
  return [{ ...phase, awaits, problem: undefined }, [awaits]];
}

/** From a look at one's own accounts to a change, which is asked about first. A change that got lost can be sent again. */
export function account({ appId, language }: Visit, phase: Account, event: Event): Step {
  const { from, reply, offer, awaits } = phase;
  switch (event.type) {
    case "logIn": {
      const { reply: code } = event;
      const call: AskAccount =
        reply && offer
          ? { type: "askAccount", what: "changes", language, request: { ...offer.order, account: reply.account, code } }
          : { type: "askAccount", what: "sessions", language, request: { appId, code } };
      return [{ ...phase, awaits: call }, [call]];
    }
    case "askAccount":
      return [{ name: "account", from, reply: event.reply }, []];
    case "callFailed": {
      const { problem } = event;
      // The look is over: another try begins with a new one.
      const isOver = problem === "attempt.expired";
      return [isOver ? { name: "account", from, problem } : { ...phase, awaits: undefined, problem }, []];
    }
    case "tapped":
      switch (event.action) {
        case "account":
          // Whoever gives up a change that is under way has to be told what came of it.
          return awaits ? askAccount({ name: "account", from }) : [{ name: "account", from, reply }, []];
        case "change":
          return [{ ...phase, offer: reply && reply.offers[Number(event.of)] }, []];
        case "apply":
          return offer && !awaits ? askAccount(phase) : [phase, []];
        case "retry":
          return phase.problem ? askAccount(phase) : [phase, []];
        case "leave":
          return [from, []];
      }
  }
  return [phase, []];
}
