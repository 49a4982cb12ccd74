import type { Clock } from "../clock";

/** How long the same error is counted in silence after it was logged. */
const SILENCE_MILLISECONDS = 10_000;
const MOST_KEPT = 500;

/** A full disk fails thousands of requests a second in the same way: one line of each kind in ten seconds says as much. */
export class RepeatedErrors {
  readonly #silent = new Map<string, { until: number; kept: number }>();

  constructor(private readonly clock: Clock = () => performance.now()) {}

  /** How many of its kind were kept back since the last line; undefined: keep this one back too. */
  keptBack(kind: string): number | undefined {
    const now = this.clock();
    const silent = this.#silent.get(kind);
    if (silent && now < silent.until) {
      silent.kept++;
      return undefined;
    }
    if (!silent && this.#silent.size >= MOST_KEPT) this.#silent.clear();
    this.#silent.set(kind, { until: now + SILENCE_MILLISECONDS, kept: 0 });
    return silent?.kept ?? 0;
  }
}
