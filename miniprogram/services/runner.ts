import type { Config } from "../config";
import type { Effect, Event } from "../flow/event";
import type { Problem } from "../flow/problem";
import type { State } from "../flow/state";
import { transition } from "../flow/transition";
import { view, type View } from "../flow/view";
import { OPENED_BY_APP, visitOf, type Entry, type Visit } from "../flow/visit";
import { readLaunch } from "../protocol/launch";
import { ServiceError, type AuthClient } from "./auth-client";

/** An event as it is sent: the runner adds when. */
export type Happening = Event extends infer E ? (E extends { at: number } ? Omit<E, "at"> : never) : never;

/** What a diagnosis may know of a state. */
export interface Note {
  flow: string;
  state: string;
  scene: number;
  error: string;
}

/** Everything the runner needs of the world, so that tests can be the world. */
export interface Rim {
  now(): number;
  newId(): string;
  /** Asked at every entry, so that it is never stale. */
  config(): Config;
  logIn(): Promise<string>;
  client: AuthClient;
  /** Rings once; the returned function stops it. */
  wait(milliseconds: number, ring: () => void): () => void;
  openPrivacyContract(): Promise<void>;
  note(note: Note): void;
}

type Query = Entry["query"];
type Show = (view: View) => void;

/** Carries the login: feeds events to the flow, does what it orders, shows what follows. */
export interface Runner {
  /** The applet came to the front, by whatever way (App.onShow). */
  enter(entry: Entry): void;
  /** A page was made for `query`; it is shown every change until the returned function is called. */
  attach(query: Query, show: Show): () => void;
  send(happening: Happening): void;
}

export function createRunner(rim: Rim): Runner {
  let state: State | undefined;
  let entry: Entry | undefined;
  let show: Show | undefined;
  let stopTimer: (() => void) | undefined;

  return {
    enter(next) {
      const isNew = entry === undefined || next.scene === OPENED_BY_APP;
      if (isNew) begin(next);
      // Back by the recent list, from another mini program and so on: the same visit, and the way back to its app, stay.
      else send({ type: "shown" });
    },
    attach(query, showPage) {
      show = showPage;
      // The page's own query is the surest word on what was asked. A page for another query than the visit's was opened
      // by another way than an app, a code or a link, while this process was alive.
      if (entry && !isSameLaunch(entry.query, query)) begin({ ...entry, query });
      else showPage(view(state));
      return () => {
        if (show === showPage) show = undefined;
      };
    },
    send,
  };

  function begin(next: Entry): void {
    entry = next;
    const visit: Visit = visitOf(rim.newId(), next, rim.config());
    send({ type: "entered", visit });
  }

  function send(happening: Happening): void {
    const former = state;
    const [next, effects] = transition(former, { ...happening, at: rim.now() } as Event);
    state = next;
    effects.forEach(run); // before the page is shown: a request should not wait for a rendering
    if (next === undefined || next === former) return;
    if (next.name !== former?.name || next.visit.id !== former.visit.id) rim.note(noteOf(next));
    show?.(view(next));
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case "logIn":
        return follow(
          rim.logIn(),
          (code) => ({ type: "loggedIn", call: effect.call, code }),
          ({ problem }) => ({ type: "loginFailed", call: effect.call, problem }),
        );
      case "openAttempt": {
        const sentAt = rim.now();
        return follow(
          rim.client.openAttempt(effect.userPoolId, effect.request),
          (reply) => ({ type: "attemptOpened", call: effect.call, reply, sentAt }),
          (refusal) => ({ type: "attemptRefused", call: effect.call, ...refusal }),
        );
      }
      case "issueTicket": {
        const sentAt = rim.now();
        return follow(
          rim.client.issueTicket(effect.userPoolId, effect.request),
          (reply) => ({ type: "ticketIssued", call: effect.call, reply, sentAt }),
          (refusal) => ({ type: "ticketRefused", call: effect.call, ...refusal }),
        );
      }
      case "wait":
        stopTimer?.();
        stopTimer = rim.wait(effect.milliseconds, () => send({ type: "timerRang", timer: effect.timer }));
        return undefined;
      case "openPrivacyContract":
        // Where it cannot be opened, the platform shows its own consent popup before the phone prompt all the same.
        rim.openPrivacyContract().catch(() => undefined);
        return undefined;
      case "countLostPhone":
        if (state) rim.note({ ...noteOf(state), error: "phone.lost" });
        return undefined;
    }
  }

  function follow<T>(
    outcome: Promise<T>,
    done: (result: T) => Happening,
    failed: (refusal: { problem: Problem; retryAfterSeconds?: number }) => Happening,
  ): void {
    outcome.then(
      (result) => send(done(result)),
      (error: unknown) => send(failed(refusalOf(error))),
    );
  }
}

function refusalOf(error: unknown): { problem: Problem; retryAfterSeconds?: number } {
  if (!(error instanceof ServiceError)) return { problem: "network.failed" };
  const { problem, retryAfterSeconds } = error;
  return retryAfterSeconds === undefined ? { problem } : { problem, retryAfterSeconds };
}

function isSameLaunch(one: Query, other: Query): boolean {
  return JSON.stringify(readLaunch(one)) === JSON.stringify(readLaunch(other));
}

function noteOf(state: State): Note {
  return {
    flow: state.visit.id,
    state: state.name,
    scene: state.visit.scene,
    error: state.name === "failed" ? state.problem : "",
  };
}
