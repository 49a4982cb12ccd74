interface Timer {
  dueAt: number;
  everyMs: number | null;
  run: () => void;
}

/** WeChat stops an applet's JavaScript five seconds after it went to the background. */
const SUSPENDED_AFTER_MS = 5000;

/**
 * The applet's `Date` and timers. A test can let time pass, set the wall clock without time passing, and the phone
 * suspends timers while the applet is in the background: what fell due then fires when it returns.
 */
export class AppletClock {
  /** How far the running time is ahead of the browser's. */
  #passed = 0;
  /** How far the wall clock is off the running time. */
  #setBy = 0;
  #suspendsAt = Infinity;
  #lastId = 0;
  readonly #timers = new Map<number, Timer>();
  #alarm: number | undefined;

  readonly Date: DateConstructor;

  constructor() {
    const wallClock = () => this.#running() + this.#setBy;
    this.Date = new Proxy(Date, {
      construct: (target, parameters, self) =>
        Reflect.construct(target, parameters.length === 0 ? [wallClock()] : parameters, self) as Date,
      apply: () => new Date(wallClock()).toString(),
      get: (target, name) => (name === "now" ? wallClock : (Reflect.get(target, name) as unknown)),
    });
  }

  readonly setTimeout = (run: (...parameters: unknown[]) => void, ms = 0, ...parameters: unknown[]): number =>
    this.#add(() => run(...parameters), ms, null);

  readonly setInterval = (run: (...parameters: unknown[]) => void, ms = 0, ...parameters: unknown[]): number =>
    this.#add(() => run(...parameters), ms, Math.max(ms, 4));

  readonly clear = (id: number | undefined): void => {
    if (id !== undefined) this.#timers.delete(id);
  };

  passTime(milliseconds: number): void {
    this.#passed += milliseconds;
    this.#fire();
  }

  setWallClock(byMilliseconds: number): void {
    this.#setBy += byMilliseconds;
  }

  background(): void {
    this.#suspendsAt = this.#running() + SUSPENDED_AFTER_MS;
  }

  foreground(): void {
    this.#suspendsAt = Infinity;
    this.#fire();
  }

  #running(): number {
    return Date.now() + this.#passed;
  }

  #add(run: () => void, ms: number, everyMs: number | null): number {
    this.#lastId += 1;
    this.#timers.set(this.#lastId, { dueAt: this.#running() + Math.max(ms, 0), everyMs, run });
    this.#wind();
    return this.#lastId;
  }

  #fire(): void {
    const until = Math.min(this.#running(), this.#suspendsAt);
    const due = [...this.#timers].filter(([, timer]) => timer.dueAt <= until);
    due.sort(([, a], [, b]) => a.dueAt - b.dueAt);
    for (const [id, timer] of due) {
      if (!this.#timers.has(id)) continue;
      if (timer.everyMs === null) this.#timers.delete(id);
      else timer.dueAt = this.#running() + timer.everyMs;
      timer.run();
    }
    this.#wind();
  }

  #wind(): void {
    window.clearTimeout(this.#alarm);
    const next = Math.min(...[...this.#timers.values()].map(({ dueAt }) => dueAt));
    if (next > this.#suspendsAt) return;
    if (next !== Infinity) this.#alarm = window.setTimeout(() => this.#fire(), Math.max(next - this.#running(), 0));
  }
}
