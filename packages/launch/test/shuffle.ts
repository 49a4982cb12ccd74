import { restoreState, savedLogin, SIGNED_OUT, step, type LoginEvent, type LoginState } from "../src";
import { EVENTS } from "./vectors";

const { A, B } = EVENTS.logins;
const [TICKET_A, TICKET_B] = ["a".repeat(43), "b".repeat(43)];
const granted = (login: string, ticket: string) => `code=200&message=ok&ticket=${ticket}&state=${login}`;

const NAMED: Record<string, LoginEvent> = {
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
};

/** The same numbers in every language: a linear congruential generator, its upper 16 bits. */
function numbers(seed: number) {
  let x = seed;
  return (below: number): number => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return (x >>> 16) % below;
  };
}

/**
 * Runs so many orders. Each keeps three of four events, shuffles them, and puts what the backend answers to an exchange
 * at a random place among those that are left; the app comes to the front at the end. Throws where a ticket goes out
 * twice, or with another login's verifier. The hash (FNV-1a) is of every phase and effect on the way.
 */
export function shuffle(orders: number, events: readonly string[]) {
  const ends = { signedIn: 0, signedOut: 0 };
  let hash = 0x811c9dc5;
  for (let order = 1; order <= orders; order++) {
    const next = numbers(order);
    const kept = events.filter((name) => next(4) !== 0 || name === "startA");
    for (let i = kept.length - 1; i > 0; i--) {
      const j = next(i + 1);
      [kept[i], kept[j]] = [kept[j]!, kept[i]!];
    }
    const queue: (LoginEvent | "restart")[] = kept.map((name) => (name === "restart" ? name : NAMED[name]!));
    queue.push(NAMED["front"]!);
    const exchanged: string[] = [];
    let state: LoginState = SIGNED_OUT;
    while (queue.length > 0) {
      const event = queue.shift()!;
      let mark = ".";
      if (event === "restart") state = restoreState(savedLogin(state), EVENTS.start);
      else {
        const { state: after, effect } = step(state, event, EVENTS.start);
        state = after;
        if (effect) mark = { open: "o", exchange: "x", ignore: "-" }[effect.type];
        if (effect?.type === "exchange") {
          const own = effect.state === A.state ? [TICKET_A, A.codeVerifier] : [TICKET_B, B.codeVerifier];
          if (effect.ticket !== own[0] || effect.codeVerifier !== own[1]) throw new Error(`order ${order}: mixed up`);
          if (exchanged.includes(effect.state)) throw new Error(`order ${order}: exchanged twice`);
          exchanged.push(effect.state);
          const type = next(8) === 0 ? "refused" : "exchanged";
          queue.splice(next(queue.length + 1), 0, { type, state: effect.state });
        }
      }
      for (const letter of state.phase.slice(0, 7) + mark) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    }
    if (state.phase !== "signedIn" && state.phase !== "signedOut") throw new Error(`order ${order}: ${state.phase}`);
    ends[state.phase]++;
  }
  return { ...ends, hash: (hash >>> 0).toString(16).padStart(8, "0") };
}
