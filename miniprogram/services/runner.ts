import type { Config } from "../config";
import type { Call, Effect } from "../flow/effect";
import type { Event } from "../flow/event";
import { isProblem, readLaunchRefusal, readPhoneRefusal } from "../flow/problem";
import type { Mode } from "../flow/mode/mode";
import type { Login } from "../flow/state";
import { transition } from "../flow/transition";
import { view, type View } from "../flow/view";
import { OPENED_BY_APP, visitOf, type Entry } from "../flow/visit";
import type { CallError } from "../platform/call-error";
import type { Note } from "../platform/telemetry";
import { readLaunch } from "../protocol/launch";
import type { AuthClient } from "./auth-client";

/** An event as it is sent: the runner adds when. */
export type EventInput = Event extends infer E ? (E extends { at: number } ? Omit<E, "at"> : never) : never;

/** Everything the runner needs of the world, so that a test can be the world. */
export interface Environment extends AuthClient {
  now(): number;
  newId(): string;
  config(): Config;
  mode: Mode;
  logIn(): Promise<string>;
  /** Rings once; the returned function stops it. */
  wait(milliseconds: number, ring: () => void): () => void;
  openPrivacyContract(): Promise<unknown>;
  note(note: Note): void;
}

/** Carries the login: feeds events to the flow, does what it orders, shows what follows. */
export interface Runner {
  /** The applet came to the front, by whatever way (App.onShow). */
  enter(entry: Entry): void;
  /** A page was made for `query`; from now on it is shown every change. */
  attach(query: Entry["query"], show: (view: View) => void): void;
  send(input: EventInput): void;
}

export function createRunner(environment: Environment): Runner {
  let login: Login | undefined;
  let entry: Entry | undefined;
  let asked = "";
  let show: ((view: View) => void) | undefined;
  let shown = "";
  let stopTimer = () => {};

  return {
    enter(next) {
      const isFirst = entry === undefined;
      entry = next;
      // Back by the recent list, from another mini program and so on: the same visit goes on.
      if (isFirst || next.scene === OPENED_BY_APP) begin(next);
      else send({ type: "shown" });
    },
    attach(query, showOnPage) {
      show = showOnPage;
      shown = "";
      // A page for another query than the visit's was opened by a code or a link while this process was alive.
      if (entry && launchText(query) !== asked) begin({ ...entry, query });
      else render();
    },
    send,
  };

  function begin(next: Entry): void {
    asked = launchText(next.query);
    send({ type: "entered", visit: visitOf(environment.newId(), next, environment.config(), environment.mode) });
  }

  function send(input: EventInput): void {
    const former = login;
    const [next, effects] = transition(former, { ...input, at: environment.now() });
    login = next;
    effects.forEach(run); // before the page is shown: a request does not wait for a rendering
    if (!next || next === former) return;
    const error = errorIn(input) || (next.phase.name === "failed" ? next.phase.problem : "");
    if (error || !former || next.phase.name !== former.phase.name || next.visit.id !== former.visit.id)
      note(next, error);
    render();
  }

  /** One `setData` for each change that can be seen. */
  function render(): void {
    if (!login || !show) return;
    const next = view(login);
    const text = JSON.stringify(next);
    if (text !== shown) show(next);
    shown = text;
  }

  function run(effect: Effect): void {
    const sentAt = environment.now();
    switch (effect.type) {
      case "logIn":
        return follow(effect, environment.logIn(), (code) => ({ type: "loggedIn", of: effect, code }));
      case "openAttempt":
        return follow(effect, environment.openAttempt(effect), (reply) => ({
          type: "attemptOpened",
          of: effect,
          reply,
          sentAt,
        }));
      case "issueTicket":
        return follow(effect, environment.issueTicket(effect), (reply) => ({
          type: "ticketIssued",
          of: effect,
          reply,
          sentAt,
        }));
      case "wait":
        stopTimer();
        stopTimer = environment.wait(effect.milliseconds, () => send({ type: "timerRang", of: effect }));
        return undefined;
      case "openPrivacyContract":
        // Where it cannot be opened, WeChat shows its own consent popup before the phone prompt all the same.
        return void environment.openPrivacyContract().catch(() => {});
      default:
        return note(login as Login, "phone.lost");
    }
  }

  function follow<T>(call: Call, outcome: Promise<T>, success: (result: T) => EventInput): void {
    outcome.then(
      (result) => send(success(result)),
      ({ problem }: CallError) =>
        send({ type: "callFailed", of: call, problem: isProblem(problem) ? problem : "network.failed" }),
    );
  }

  function note({ visit, phase }: Login, error: string): void {
    environment.note({ flow: visit.id, state: phase.name, scene: visit.scene, error });
  }
}

/** Why something went wrong, as a code: texts of the platform stay out of the notes. */
function errorIn(input: EventInput): string {
  if ("problem" in input) return input.problem;
  if ("errMsg" in input) return `launch.${readLaunchRefusal(input.errMsg)}`;
  return "detail" in input && !input.detail.code ? readPhoneRefusal(input.detail).cause : "";
}

function launchText(query: Entry["query"]): string {
  return JSON.stringify(readLaunch(query));
}
