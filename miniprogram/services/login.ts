import { CONFIG, type Config } from "../config";
import { withOverrides } from "../config-overrides";
import { MODE } from "../mode";
import { readDevice } from "../platform/device";
import { listen, readEnterOptions, type Told } from "../platform/lifecycle";
import { logIn } from "../platform/login-code";
import { openPrivacyContract } from "../platform/privacy";
import { postJson } from "../platform/request";
import { record } from "../platform/telemetry";
import { LAUNCH_PATH } from "../protocol/launch";
import { createAuthClient } from "./auth-client";
import { readEntry, textsOf } from "./entry";
import { createRunner, type EventInput, type Page } from "./runner";

/** The login as its page, and an applet around it, speak to it. */
export interface AppletLogin {
  /** The applet was opened, or came back to the front; what is told twice counts once. */
  enter(told: Told | null | undefined): void;
  leave(): void;
  /** A page was made; it is shown every change. */
  attach(page: Page, query: Told["query"]): void;
  showPage(page: Page): void;
  hidePage(page: Page): void;
  detach(page: Page): void;
  send(input: EventInput): void;
}

/**
 * The login of this process on the real platform: it outlives pages, because a warm start replaces them. It hears by
 * itself of openings and leaving, in whatever applet it stands.
 */
export function createLogin(): AppletLogin {
  const config = (): Config => withOverrides(CONFIG, readDevice().overrides);
  const runner = createRunner({
    ...createAuthClient(() => config().authOrigin, postJson),
    now: Date.now,
    newId: () => `${Math.random()}`,
    config,
    mode: MODE,
    logIn,
    wait(milliseconds, ring) {
      const timer = setTimeout(ring, milliseconds);
      return () => clearTimeout(timer);
    },
    openPrivacyContract,
    note: (note) => record(note, CONFIG.realtimeLog, CONFIG.reportEventId),
  });
  let latest: Told | null | undefined;

  function enter(told: Told | null | undefined): void {
    latest = told;
    // Of an entry without a query the page tells what is asked for.
    if (runner.isNew() && ![told, readEnterOptions()].some((entry) => entry && entry.query)) return;
    runner.enter(readEntry(told, runner.isNew()));
  }
  function leave(): void {
    runner.send({ type: "hidden" });
  }

  // The other pages of the applet are not the login's.
  listen((told) => (isOurs(told) ? enter(told) : void (latest = told)), leave);

  return {
    ...runner,
    enter,
    leave,
    attach(page, query) {
      runner.attach(page, textsOf(query), readEntry(readEnterOptions() || latest, runner.isNew()));
    },
  };
}

function isOurs(told: Told | undefined): boolean {
  return !told || !told.path || told.path.replace(/^\//, "") === LAUNCH_PATH;
}

/** One for the page and for the applet around it. */
export const login = createLogin();
