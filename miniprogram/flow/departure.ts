import type { ReturnCode } from "../protocol/return-string";
import type { ActionId, Event } from "./event";

/**
 * Whether an app was opened. WeChat says so even where the person declined, may say it only when the applet is back, or
 * never; the app got the answer where WeChat says so and the applet left the screen.
 * https://developers.weixin.qq.com/community/develop/doc/0008ee3eae887858126b59d3550000
 */
export interface Departure {
  /** A launchApp button was tapped, and what follows is of this tap. */
  isTapped: boolean;
  /** The applet left the screen since. */
  hasLeft: boolean;
  /** When it came back, epoch ms. */
  backAt: number;
  /** What WeChat says the app was opened with, and when it said so. */
  told?: { code: ReturnCode; at: number };
}

/** Leaving later than this is another leaving than the one that WeChat spoke of. */
const LEAVES_WITHIN = 10_000;
/** What comes so soon after the return has waited for it: nobody taps that fast. */
const WAITED = 1_000;

/** The buttons that open the app. */
const LAUNCHING: ReadonlySet<ActionId> = new Set(["confirm", "cancel", "return"]);

export const NO_DEPARTURE: Departure = { isTapped: false, hasLeft: false, backAt: -Infinity };

/** What an event of this visit tells about it; with `told` and `hasLeft` the app has the answer. */
export function depart(departure: Departure, event: Event, isAway: boolean): Departure {
  const { isTapped, hasLeft, backAt, told } = departure;
  switch (event.type) {
    case "tapped":
      return LAUNCHING.has(event.action) ? { ...NO_DEPARTURE, isTapped: true } : departure;
    case "hidden":
    case "pageHidden":
      if (told && event.at - told.at > LEAVES_WITHIN) return { ...NO_DEPARTURE, hasLeft: true };
      return hasLeft && isAway ? departure : { ...departure, hasLeft: true };
    case "launched": {
      const isOfThisLeaving = hasLeft && (isAway || isTapped || event.at - backAt < WAITED);
      return { ...departure, hasLeft: isOfThisLeaving, told: { code: event.code, at: event.at } };
    }
    case "launchFailed":
      return NO_DEPARTURE;
    default:
      return departure;
  }
}
