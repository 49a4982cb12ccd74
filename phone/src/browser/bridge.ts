import type { Device } from "../device";
import type { RelayReply, RelayRequest } from "../relay-format";

/** How the applet is entered: what App.onLaunch and App.onShow get. */
export interface Entry {
  /** Without leading slash. */
  path: string;
  query: Record<string, string>;
  scene: number;
  /** Of the app or applet this one was opened by. */
  referrerInfo?: { appId: string; extraData?: Record<string, unknown> };
  apiCategory: string;
}

/** One line of what happened on the phone; nothing secret in it. */
export interface Note {
  kind: "wx" | "life" | "system" | "error";
  /** `wx.login`, `App.onShow`. */
  name: string;
  /** A few words: the result, masked. */
  detail?: string;
}

/** The bar above the page. */
export interface NavigationBar {
  title: string;
  background: string;
  text: "black" | "white";
  custom: boolean;
}

export type Outcome<T> = T | { failed: { errMsg: string; errno?: number } };

/** WeChat's client, as the applet's frame sees it. */
export interface PhoneSide {
  readonly appId: string;
  /** What ext.json would hold. */
  readonly ext: Record<string, unknown>;
  device(): Device;
  note(note: Note): void;
  /** A new login code of the person. */
  loginCode(): Promise<string>;
  /** Whether the person has yet to agree to the privacy guidelines. */
  needsPrivacyConsent(): boolean;
  /** Asks for that consent, unless it is there or was refused a moment ago. */
  privacyConsent(): Promise<boolean>;
  /** The sheet that asks for the phone number; null means no event will come. */
  phoneNumber(): Promise<Outcome<{ code: string }> | null>;
  /** Opens the app that opened the applet; null means no event will come. */
  launchApp(parameter: string): Promise<Outcome<Record<string, never>> | null>;
  relay(request: RelayRequest): Promise<RelayReply>;
  setNavigationBar(bar: NavigationBar): void;
  toast(title: string | null): void;
  /** WeChat's modal question; true for its right button. */
  modal(question: { title: string; content: string; confirm: string; cancel: string | null }): Promise<boolean>;
  openPrivacyContract(): void;
  openCustomerService(): void;
  exit(): void;
}

/** The applet's frame, as WeChat's client sees it. */
export interface AppletSide {
  coldStart(entry: Entry): void;
  /** Coming to the front again, or being told so; with a path the pages are replaced (`autoReLaunch`). */
  warmStart(entry: Entry, withPath: boolean): void;
  /** The person saw the phone sheet. */
  sheetWasShown(): void;
  hide(): void;
  /** The theme, the text size or the width is another. */
  deviceChanged(before: Device): void;
  /** The time an hour hand would show, moved; timers do not notice. */
  setClockBack(milliseconds: number): void;
  /** Time passes at once: timers fire when they are due, unless the applet is suspended. */
  passTime(milliseconds: number): void;
  /** For tests: the page in front. */
  page(): { route: string; data: Record<string, unknown>; setDataCount: number } | undefined;
}

declare global {
  interface Window {
    /** Set by the applet's frame once its scripts are there. */
    startApplet?: (phone: PhoneSide) => AppletSide;
  }
}
