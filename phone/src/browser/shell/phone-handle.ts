import type { Device } from "../../device";
import type { Note } from "../bridge";

/** How an app or a person opens the applet. */
export interface Opening {
  /** Path and query; missing: as from the recent list, where the last page stays. */
  path?: string;
  scene: number;
  /** The mobile app that calls. */
  caller?: string;
}

/** What tests and scripts do to the phone beyond tapping: `window.phone`. */
export interface PhoneHandle {
  readonly device: () => Device;
  readonly set: (change: Partial<Device>) => Promise<void>;
  /** Everything noted since the page was opened, with epoch milliseconds. */
  readonly notes: readonly (Note & { at: number })[];
  /** Each string an app was handed by launchApp. */
  readonly returned: readonly string[];
  /** Opens the applet from elsewhere than the host app's button. */
  readonly open: (opening: Opening) => Promise<void>;
  /** The person leaves WeChat for another app and nothing is handed over. */
  readonly hide: () => void;
  /** The person leaves WeChat for so many milliseconds and comes back: the page stays, the entry is told once more. */
  readonly comeBack: (awayMs?: number) => void;
  /** The screen goes dark until the person unlocks it. */
  readonly lock: () => Promise<void>;
  /** As new: no applet runs, nobody is signed in to the host app. */
  readonly restart: () => void;
  /** WeChat ends the applet's process. */
  readonly end: () => void;
  readonly passTime: (milliseconds: number) => void;
  readonly setClockBack: (milliseconds: number) => void;
  readonly page: () => { route: string; data: Record<string, unknown>; setDataCount: number } | undefined;
}

declare global {
  interface Window {
    phone?: PhoneHandle;
  }
}
