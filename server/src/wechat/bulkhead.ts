import { Refusal } from "../refusal";

/** One call that waits for a slot. */
interface Waiter {
  go(): void;
  refuse(): void;
}

/** The calls of one network within one applet. */
interface Share {
  running: number;
  waiting: Set<Waiter>;
}

interface Line {
  running: number;
  waiting: number;
  /** In the order in which they get the next slot: round robin. */
  shares: Map<string, Share>;
}

/**
 * How many calls of one applet may run at once; a bounded number more may wait. Each applet has its own slots, so that one
 * whose calls hang takes no sockets from another; and within an applet each network has a share, so that whoever sends
 * thousands of codes stands in nobody's way but their own. When no more may wait, the last one of the network with the most
 * makes room for one of a network with fewer: a flood from many networks does not fill the line for the others.
 */
export class Bulkhead {
  readonly #lines = new Map<string, Line>();

  constructor(
    private readonly most = { running: 128, waiting: 512 },
    private readonly mostOfOne = { running: 32, waiting: 128 },
  ) {}

  /** What runs and waits now, by applet. */
  get lines(): ReadonlyMap<string, Readonly<Pick<Line, "running" | "waiting">>> {
    return this.#lines;
  }

  /** Resolves with the way to give the slot back; refused when too many wait, or when the signal comes first. */
  async take(appId: string, from: string, signal: AbortSignal): Promise<() => void> {
    const line = this.#lines.get(appId) ?? { running: 0, waiting: 0, shares: new Map<string, Share>() };
    this.#lines.set(appId, line);
    const share = line.shares.get(from) ?? { running: 0, waiting: new Set<Waiter>() };
    line.shares.set(from, share);
    if (line.running < this.most.running && share.running < this.mostOfOne.running) {
      line.running++;
      share.running++;
    } else {
      await this.#wait(line, share, signal).catch((error: unknown) => {
        forgetIdle(line, from, share);
        throw error;
      });
    }
    return () => {
      line.running--;
      share.running--;
      forgetIdle(line, from, share);
      this.#next(line);
      if (line.running === 0) this.#lines.delete(appId);
    };
  }

  async #wait(line: Line, share: Share, signal: AbortSignal): Promise<void> {
    if (share.waiting.size >= this.mostOfOne.waiting) throw tooMany("rate.limited");
    if (signal.aborted) throw tooMany("server.unavailable");
    if (line.waiting >= this.most.waiting) makeRoom(line, share);
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        line.waiting--;
        share.waiting.delete(waiter);
        signal.removeEventListener("abort", waiter.refuse);
      };
      const waiter = {
        go: (): void => {
          leave();
          resolve();
        },
        refuse: (): void => {
          leave();
          reject(tooMany("server.unavailable"));
        },
      };
      signal.addEventListener("abort", waiter.refuse, { once: true });
      line.waiting++;
      share.waiting.add(waiter);
    });
  }

  /** The slot goes to who has waited longest of the next network whose share is not used up. */
  #next(line: Line): void {
    for (const [from, share] of line.shares) {
      const [waiter] = share.waiting;
      if (!waiter || share.running >= this.mostOfOne.running) continue;
      line.shares.delete(from);
      line.shares.set(from, share);
      line.running++;
      share.running++;
      waiter.go();
      return;
    }
  }
}

/** Takes a place from the network with the most in the line, unless that would leave it with no more than the newcomer's. */
function makeRoom(line: Line, newcomer: Share): void {
  let largest = newcomer;
  for (const share of line.shares.values()) if (share.waiting.size > largest.waiting.size) largest = share;
  if (largest.waiting.size <= newcomer.waiting.size + 1) throw tooMany("server.unavailable");
  [...largest.waiting].at(-1)?.refuse();
}

function forgetIdle(line: Line, from: string, share: Share): void {
  if (share.running === 0 && share.waiting.size === 0) line.shares.delete(from);
}

/** Nothing was sent to WeChat: the code is unspent, and the client may come again with it. */
function tooMany(error: "rate.limited" | "server.unavailable"): Refusal {
  return new Refusal(error, { retryAfterSeconds: 1, cause: { reason: "too many calls to WeChat" } });
}
