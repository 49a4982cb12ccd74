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
  device(): Device;
  set(change: Partial<Device>): void;
  /** Everything noted since the page was opened, with epoch milliseconds. */
  readonly notes: readonly (Note & { at: number })[];
  /** Each string an app was handed by launchApp. */
  readonly returned: readonly string[];
  /** Opens the applet from elsewhere than the host app's button. */
  open(opening: Opening): Promise<void>;
  /** The person leaves WeChat for another app and nothing is handed over. */
  hide(): void;
  /** As new: no applet runs, nobody is signed in to the host app. */
  restart(): void;
  /** WeChat ends the applet's process. */
  end(): void;
  passTime(milliseconds: number): void;
  setClockBack(milliseconds: number): void;
  page(): { route: string; data: Record<string, unknown>; setDataCount: number } | undefined;
}

declare global {
  interface Window {
    phone?: PhoneHandle;
  }
}
