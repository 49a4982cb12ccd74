import { restoreState, savedLogin, SIGNED_OUT, step, type LoginEffect, type LoginEvent, type LoginState } from "../src";
import { EVENTS } from "./vectors";

const { A, B } = EVENTS.logins;
const [TICKET_A, TICKET_B] = ["a".repeat(43), "b".repeat(43)];
const granted = (login: string, ticket: string) => `code=200&message=ok&ticket=${ticket}&state=${login}`;

const NAMED: Record<string, Trace["event"]> = {
  startA: { type: "started", login: A },
  startB: { type: "started", login: B },
  grantA: { type: "answered", text: granted(A.state, TICKET_A) },
  grantB: { type: "answered", text: granted(B.state, TICKET_B) },
  grantX: { type: "answered", text: granted("state-X", TICKET_B) },
  declineA: { type: "answered", text: `code=400&message=no&state=${A.state}` },
  failB: { type: "answered", text: `code=503&message=no&state=${B.state}` },
  stateless: { type: "answered", text: `code=200&message=ok&ticket=${TICKET_A}` },
  junk: { type: "answered", text: "{}" },
  notOpenedA: { type: "notOpened", state: A.state },
  front: { type: "foregrounded" },
  restart: { type: "restarted" },
};

/** The same numbers in every language: a linear congruential generator, its upper 16 bits. */
function numbers(seed: number) {
  let x = seed;
  return (below: number): number => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return (x >>> 16) % below;
  };
}

export interface Trace {
  event: LoginEvent | { type: "restarted" };
  state: LoginState;
  effect: LoginEffect | null;
}

/**
 * So many orders, and what the machine makes of each. An order keeps three of four events, shuffles them, and puts what
 * the backend answers to an exchange at a random place among those that are left; the app comes to the front at the end.
 */
export function* shuffledOrders(orders: number, events: readonly string[]): Generator<Trace[]> {
  for (let order = 1; order <= orders; order++) {
    const next = numbers(order);
    const kept = events.filter((name) => next(4) !== 0 || name === "startA");
    for (let i = kept.length - 1; i > 0; i--) {
      const j = next(i + 1);
      [kept[i], kept[j]] = [kept[j]!, kept[i]!];
    }
    const queue = [...kept, "front"].map((name) => NAMED[name]!);
    const trace: Trace[] = [];
    let state = SIGNED_OUT;
    for (let event = queue.shift(); event; event = queue.shift()) {
      const after = event.type === "restarted" ? restarted(state) : step(state, event, EVENTS.start);
      trace.push({ event, ...after });
      state = after.state;
      if (after.effect?.type !== "exchange") continue;
      const type = next(8) === 0 ? "refused" : "exchanged";
      queue.splice(next(queue.length + 1), 0, { type, state: after.effect.state });
    }
    yield trace;
  }
}

const restarted = (state: LoginState) => ({ state: restoreState(savedLogin(state), EVENTS.start), effect: null });

/**
 * How the orders ended, and a hash (FNV-1a) of every phase and effect on the way. Throws where a ticket went out twice,
 * or with another login's verifier.
 */
export function shuffle(orders: number, events: readonly string[]) {
  const ends = { signedIn: 0, signedOut: 0 };
  let hash = 0x811c9dc5;
  for (const trace of shuffledOrders(orders, events)) {
    const exchanged: string[] = [];
    for (const { state, effect } of trace) {
      const mark = effect ? { open: "o", exchange: "x", ignore: "-" }[effect.type] : ".";
      for (const letter of state.phase.slice(0, 7) + mark) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
      if (effect?.type !== "exchange") continue;
      const own = effect.state === A.state ? [TICKET_A, A.codeVerifier] : [TICKET_B, B.codeVerifier];
      if (effect.ticket !== own[0] || effect.codeVerifier !== own[1]) throw new Error("mixed up");
      if (exchanged.includes(effect.state)) throw new Error("exchanged twice");
      exchanged.push(effect.state);
    }
    const { phase } = trace[trace.length - 1]!.state;
    if (phase !== "signedIn" && phase !== "signedOut") throw new Error(`ended ${phase}`);
    ends[phase]++;
  }
  return { ...ends, hash: (hash >>> 0).toString(16).padStart(8, "0") };
}
