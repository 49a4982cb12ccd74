import { attempt } from "./attempt";

/** What the platform says about an opening; phones leave out or null any part of it. */
export interface Told {
  path?: string | null | undefined;
  scene?: number | null | undefined;
  query?: Record<string, unknown> | null | undefined;
  referrerInfo?: { appId?: string | null | undefined } | null | undefined;
  apiCategory?: string | null | undefined;
}

/** This opening, and the one that started the process; both may be missing. */
export const readEnterOptions = (): Told | undefined => attempt(() => wx.getEnterOptionsSync());
export const readLaunchOptions = (): Told | undefined => attempt(() => wx.getLaunchOptionsSync());

/** Hears of openings and of leaving beside the `App()` of whatever applet this is. */
export function listen(entered: (told: Told | undefined) => void, left: () => void): void {
  attempt(() => wx.onAppShow(entered));
  attempt(() => wx.onAppHide(left));
}
