import type { Device } from "../../device";
import type { Entry } from "../bridge";

/** How the applet was started, and how it came to the front last. */
export interface Entries {
  launch: Entry;
  enter: Entry;
}

/** Who is told of an entry: the two calls that ask for it, or whoever listens to it. */
type Listener = "launch" | "enter" | "event";

/** An entry as this phone tells of it; the shapes are those that developers have met. */
export function entryAsTold(entry: Entry, { entry: shape, referrer }: Device, to: Listener): Entry | null | undefined {
  if (to === "event" && shape === "undefined") return undefined;
  if (to === "event" && shape === "null") return null;
  const told: Record<string, unknown> = structuredClone({ ...entry });
  if (to === "event" && shape === "noQuery") delete told["query"];
  if (to === "event" && shape === "nullQuery") told["query"] = null;
  if (referrer === "missing" || (referrer === "launchOnly" && to !== "launch")) delete told["referrerInfo"];
  if (referrer === "null") told["referrerInfo"] = null;
  if (referrer === "empty") told["referrerInfo"] = {};
  return told as unknown as Entry;
}
