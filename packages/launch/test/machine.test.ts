import { describe, expect, test } from "@jest/globals";
import { restoreState, savedLogin, SIGNED_OUT, step, type LoginState } from "../src";
import { shuffle } from "./shuffle";
import { EVENTS, SHUFFLES, type EventVector } from "./vectors";

function apply(state: LoginState, event: EventVector["event"], now: number) {
  if (event.type === "restarted") return { state: restoreState(savedLogin(state), now), effect: null };
  return step(state, event.type === "started" ? { ...event, login: EVENTS.logins[event.login] } : event, now);
}

describe("the app's login", () => {
  test.each(EVENTS.sequences)("$name", ({ steps }) => {
    let state: LoginState = SIGNED_OUT;
    for (const { event, now = EVENTS.start, ...expected } of steps) {
      const next = apply(state, event, now);
      expect({ phase: next.state.phase, notice: next.state.notice, effect: next.effect }).toEqual(expected);
      state = next.state;
    }
  });

  test("an event changes no state that somebody still holds", () => {
    const waiting = apply(SIGNED_OUT, { type: "started", login: "A" }, EVENTS.start).state;
    const before = JSON.stringify(waiting);
    apply(waiting, { type: "answered", text: `code=400&message=no&state=state-A` }, EVENTS.start);
    expect(JSON.stringify(waiting)).toBe(before);
  });
});

test(`${SHUFFLES.orders} shuffled orders of events end signed in once, or signed out`, () => {
  const { orders, events, signedIn, signedOut, hash } = SHUFFLES;
  expect(shuffle(orders, events)).toEqual({ signedIn, signedOut, hash });
});
