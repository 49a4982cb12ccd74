interface Timer {
  dueAt: number;
  everyMs: number | null;
  /** Whether WeChat's client keeps it, so that it runs on while the applet's JavaScript stands still. */
  isClients: boolean;
  run: () => void;
}

/** WeChat stops an applet's JavaScript five seconds after it went to the background. */
const SUSPENDED_AFTER_MS = 5000;

/**
 * The applet's `Date` and timers, and the client's own. A test can let time pass, or set the wall clock without time
 * passing. In the background the applet's JavaScript is suspended: its timers stop, answers of the client wait, and on
 * return what is overdue comes in the order asked for.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/operating-mechanism.html
 */
export class AppletClock {
  /** How far the running time is ahead of the browser's. */
  #passed = 0;
  /** How far the wall clock is off the running time. */
  #setBy = 0;
  #isSuspended = false;
  #suspension: number | undefined;
  #lastId = 0;
  readonly #timers = new Map<number, Timer>();
  readonly #waiting: (() => void)[] = [];
  readonly #suspensionListeners = new Set<() => void>();
  #alarm: number | undefined;

  readonly Date: DateConstructor;

  constructor() {
    const wallClock = () => Math.floor(this.now() + this.#setBy);
    this.Date = new Proxy(Date, {
      construct: (target, parameters, self) =>
        Reflect.construct(target, parameters.length === 0 ? [wallClock()] : parameters, self) as Date,
      apply: () => new Date(wallClock()).toString(),
      get: (target, name) => (name === "now" ? wallClock : (Reflect.get(target, name) as unknown)),
    });
  }

  readonly setTimeout = (run: (...parameters: unknown[]) => void, ms = 0, ...parameters: unknown[]): number =>
    this.#add({ ms, everyMs: null, isClients: false, run: () => run(...parameters) });

  readonly setInterval = (run: (...parameters: unknown[]) => void, ms = 0, ...parameters: unknown[]): number =>
    this.#add({ ms, everyMs: Math.max(ms, 4), isClients: false, run: () => run(...parameters) });

  readonly clear = (id: number | undefined): void => {
    if (id !== undefined) this.#timers.delete(id);
  };

  /** The running time, in milliseconds; no setting of the wall clock moves it. */
  now(): number {
    return performance.timeOrigin + performance.now() + this.#passed;
  }

  /** The client's own timer: suspended applets do not stop it. */
  later(ms: number, run: () => void): void {
    this.#add({ ms, everyMs: null, isClients: true, run });
  }

  /** Resolves after the client waited this long. */
  wait(ms: number): Promise<void> {
    return ms > 0
      ? new Promise((done) => {
          this.later(ms, done);
        })
      : Promise.resolve();
  }

  /** Hands something to the applet's JavaScript: at once, or when it runs again. */
  deliver(run: () => void): void {
    if (this.#isSuspended) this.#waiting.push(run);
    else runGuarded(run);
  }

  /** Gives the function that ends the subscription. */
  onSuspension(listener: () => void): () => void {
    this.#suspensionListeners.add(listener);
    return () => this.#suspensionListeners.delete(listener);
  }

  passTime(milliseconds: number): void {
    this.#passed += milliseconds;
    this.#fire();
  }

  setWallClock(byMilliseconds: number): void {
    this.#setBy += byMilliseconds;
  }

  background(): void {
    this.#suspension ??= this.#add({
      ms: SUSPENDED_AFTER_MS,
      everyMs: null,
      isClients: true,
      run: () => {
        this.#isSuspended = true;
        for (const listener of this.#suspensionListeners) listener();
      },
    });
  }

  foreground(first: "timers" | "answers"): void {
    this.clear(this.#suspension);
    this.#suspension = undefined;
    this.#isSuspended = false;
    if (first === "timers") this.#fire();
    for (const run of this.#waiting.splice(0)) runGuarded(run);
    this.#fire();
  }

  #add({ ms, ...timer }: Omit<Timer, "dueAt"> & { ms: number }): number {
    this.#lastId += 1;
    this.#timers.set(this.#lastId, { ...timer, dueAt: this.now() + Math.max(ms, 0) });
    this.#wind();
    return this.#lastId;
  }

  #fire(): void {
    const now = this.now();
    const due = [...this.#timers].filter(([, timer]) => timer.dueAt <= now);
    due.sort(([, a], [, b]) => a.dueAt - b.dueAt);
    for (const [id, timer] of due) {
      if (!this.#timers.has(id) || (this.#isSuspended && !timer.isClients)) continue;
      if (timer.everyMs === null) this.#timers.delete(id);
      else timer.dueAt = this.now() + timer.everyMs;
      runGuarded(timer.run);
    }
    this.#wind();
  }

  #wind(): void {
    window.clearTimeout(this.#alarm);
    const running = [...this.#timers.values()].filter(({ isClients }) => isClients || !this.#isSuspended);
    const next = Math.min(...running.map(({ dueAt }) => dueAt));
    if (next !== Infinity) this.#alarm = window.setTimeout(() => this.#fire(), Math.max(next - this.now(), 0));
  }
}

/** What the applet's code throws ends on the console and at its onError, and stops nothing else. */
export function runGuarded(run: () => void): void {
  try {
    run();
  } catch (error) {
    reportError(error);
  }
}
