import { Refusal } from "../refusal";

interface Waiter {
  go(): void;
}

interface Line {
  running: number;
  waiting: Set<Waiter>;
}

/**
 * How many calls of one applet may run at once; a bounded number more may wait. Each applet has its own share, so that one
 * whose calls hang takes no sockets from another.
 */
export class Slots {
  readonly #lines = new Map<string, Line>();

  constructor(
    private readonly running = 128,
    private readonly waiting = 512,
  ) {}

  /** Resolves with the way to give the slot back; refused when too many wait, or when the signal comes first. */
  async take(appId: string, signal: AbortSignal): Promise<() => void> {
    const line = this.#lines.get(appId) ?? { running: 0, waiting: new Set<Waiter>() };
    this.#lines.set(appId, line);
    if (line.running < this.running) line.running++;
    else await this.#wait(line, signal);
    return () => this.#giveBack(appId, line);
  }

  #wait(line: Line, signal: AbortSignal): Promise<void> {
    if (line.waiting.size >= this.waiting || signal.aborted) throw busy();
    return new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        line.waiting.delete(waiter);
        reject(busy());
      };
      const waiter: Waiter = {
        go: () => {
          signal.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      line.waiting.add(waiter);
    });
  }

  /** The slot goes to who has waited longest. */
  #giveBack(appId: string, line: Line): void {
    const [next] = line.waiting;
    if (next) {
      line.waiting.delete(next);
      next.go();
    } else if (--line.running === 0) this.#lines.delete(appId);
  }
}

/** Nothing was sent to WeChat: the code is unspent, and the client may come again with it. */
function busy(): Refusal {
  return new Refusal("server.unavailable", { retryAfterSeconds: 1, cause: { reason: "too many calls to WeChat" } });
}
