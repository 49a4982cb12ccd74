import type { Clock } from "../clock";

const FAILURES = 5;
const OPEN_MILLISECONDS = 10_000;

/**
 * Stops calling WeChat for an applet after several failures in a row, and lets one call through now and then. Only
 * timeouts, broken connections and 5xx count: an operator's wrong secret must not stop anybody, not even that operator.
 */
export class Breakers {
  readonly #states = new Map<string, { failures: number; openUntil: number }>();

  constructor(private readonly clock: Clock) {}

  /** Whether a call may be made now. After the pause one caller is let through to try. */
  admits(appId: string): boolean {
    const state = this.#states.get(appId);
    if (!state || state.failures < FAILURES) return true;
    const now = this.clock();
    if (now < state.openUntil) return false;
    state.openUntil = now + OPEN_MILLISECONDS;
    return true;
  }

  /** How much longer calls for this applet pause; 0 when they do not. */
  pausedMilliseconds(appId: string): number {
    const state = this.#states.get(appId);
    return state && state.failures >= FAILURES ? Math.max(state.openUntil - this.clock(), 0) : 0;
  }

  /** Applets that failed lately. */
  get appIds(): Iterable<string> {
    return this.#states.keys();
  }

  succeeded(appId: string): void {
    this.#states.delete(appId);
  }

  failed(appId: string): void {
    const state = this.#states.get(appId) ?? { failures: 0, openUntil: 0 };
    state.failures++;
    if (state.failures >= FAILURES) state.openUntil = this.clock() + OPEN_MILLISECONDS;
    this.#states.set(appId, state);
  }
}
