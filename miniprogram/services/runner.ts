import type { Config } from "../config";
import type { Call, Effect } from "../flow/effect";
import type { Event, Making } from "../flow/event";
import type { Arriving } from "../flow/launch-or-return";
import type { Mode } from "../flow/mode/mode";
import { isProblem, readLaunchRefusal, readPhoneRefusal } from "../flow/problem";
import type { Login } from "../flow/state";
import { transition } from "../flow/transition";
import { view } from "../flow/view";
import type { View } from "../flow/view-shape";
import type { Entry } from "../flow/visit";
import type { CallError } from "../platform/call-error";
import type { Note } from "../platform/telemetry";
import type { AuthClient } from "./auth-client";

type Without<E, Fields extends PropertyKey> = E extends unknown ? Omit<E, Fields> : never;

/** An event as it is sent: the runner adds when. */
export type EventInput = Without<Exclude<Event, Arriving>, "at">;
/** For what opens the applet it adds what a visit is made of, too. */
type ArrivingInput = Without<Arriving, "at" | keyof Making>;

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

/** A page, which shows what it is given; of a page that was replaced nothing counts. */
export interface Page {
  setData(view: View): void;
}

/** Carries the login: feeds events to the flow, does what it orders, shows what follows. */
export interface Runner {
  /** Whether nothing has opened the applet yet. */
  isNew(): boolean;
  /** The platform told an entry (App.onShow, wx.onAppShow). */
  enter(entry: Entry): void;
  /** A page was made for `query`; from now on it is shown every change. `entry` is the platform's last. */
  attach(page: Page, query: Entry["query"], entry: Entry): void;
  /** A page came to the front, left it, or is gone. */
  showPage(page: Page): void;
  hidePage(page: Page): void;
  detach(page: Page): void;
  send(input: EventInput): void;
}

export function createRunner(environment: Environment): Runner {
  let login: Login | undefined;
  let page: Page | undefined;
  let shown = "";
  let stopTimer = () => {};

  const runner: Runner = {
    isNew: () => login === undefined,
    enter: (entry) => arrive({ type: "entered", entry }),
    attach(next, query, entry) {
      page = next;
      shown = "";
      arrive({ type: "pageMade", query, entry });
      render();
    },
    showPage(of) {
      if (of === page) arrive({ type: "pageShown" });
    },
    hidePage(of) {
      if (of === page) send({ type: "pageHidden" });
    },
    detach(of) {
      runner.hidePage(of);
      if (of === page) page = undefined;
    },
    send,
  };
  return runner;

  function arrive(input: ArrivingInput): void {
    const { mode } = environment;
    dispatch({ ...input, at: environment.now(), id: environment.newId(), config: environment.config(), mode });
  }

  function send(input: EventInput): void {
    dispatch({ ...input, at: environment.now() });
  }

  function dispatch(event: Event): void {
    const former = login;
    const [next, effects] = transition(former, event);
    login = next;
    effects.forEach(run); // before the page is shown: a request does not wait for a rendering
    if (!next || next === former) return;
    const isOther = !former || next.phase.name !== former.phase.name || next.visit.id !== former.visit.id;
    const error = errorIn(event) || (isOther && next.phase.name === "failed" ? next.phase.problem : "");
    if (error || isOther) note(next, error);
    render();
  }

  /** One `setData` for each change that can be seen. */
  function render(): void {
    if (!login || !page) return;
    const next = view(login);
    const text = JSON.stringify(next);
    if (text !== shown) page.setData(next);
    shown = text;
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case "wait":
        stopTimer();
        stopTimer = environment.wait(effect.milliseconds, () => send({ type: "timerRang", of: effect }));
        return undefined;
      case "openPrivacyContract":
        // Where it cannot be opened, WeChat shows its own consent popup before the phone prompt all the same.
        return void environment.openPrivacyContract().catch(() => {});
      case "countLostPhone":
        return note(login as Login, "phone.lost");
      default:
        return call(effect);
    }
  }

  function call(of: Call): void {
    const { type } = of;
    const sentAt = environment.now();
    environment[type](of as never).then(
      (reply) => send({ type, of, reply, sentAt } as EventInput),
      ({ message: problem, retryAfter }: CallError) =>
        send({ type: "callFailed", of, problem: isProblem(problem) ? problem : "network.failed", retryAfter }),
    );
  }

  function note({ visit, phase }: Login, error: string): void {
    environment.note({ flow: visit.id, state: phase.name, scene: visit.scene, error });
  }
}

/** Why something went wrong, as a code: texts of the platform stay out of the notes. */
function errorIn(event: Event): string {
  if ("problem" in event) return event.problem;
  if (event.type === "launchFailed") return `launch.${readLaunchRefusal(event.detail)}`;
  return event.type === "phoneAnswered" && !event.detail.code ? readPhoneRefusal(event.detail).cause : "";
}
