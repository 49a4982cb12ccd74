import { performance } from "node:perf_hooks";

/** Epoch milliseconds, whole. */
export type Clock = () => number;

/**
 * The time of day at the start of the process, carried on by the monotonic clock: a wall clock that is set back must not
 * lengthen the life of a ticket. NTP's small corrections reach the monotonic clock too; only steps are ignored.
 */
export function steadyClock(wall: Clock = Date.now, monotonic: () => number = () => performance.now()): Clock {
  const offset = wall() - monotonic();
  return () => Math.floor(offset + monotonic());
}
