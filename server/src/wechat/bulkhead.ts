import { Refusal } from "../refusal";
import { Suspects } from "./suspects";

/** One call that waits for a slot. */
interface Waiter {
  go(end: () => void): void;
  refuse(): void;
}

/** The calls of one network within one applet. */
interface Share {
  running: number;
  waiting: Set<Waiter>;
  isSuspect(): boolean;
}

interface Line {
  running: number;
  waiting: number;
  /** Of those that run, the calls of networks that were suspect when they began. */
  suspects: number;
  /** In the order in which they get the next slot: round robin. */
  shares: Map<string, Share>;
}

/**
 * How many calls of one applet may run at once; a bounded number more may wait. Each applet has its own slots, so that one
 * whose calls hang takes no sockets from another; and within an applet each network has a share, so that whoever sends
 * thousands of codes stands in nobody's way but their own. Nor does a flood from many networks: suspects come after the
 * others and never have all slots. When no more may wait, the last call of the suspect with the most makes room, or else
 * that of the network with the most for one of a network with fewer.
 */
export class Bulkhead {
  readonly #lines = new Map<string, Line>();

  constructor(
    private readonly suspects = new Suspects(),
    private readonly most = { running: 128, suspects: 96, waiting: 512 },
    private readonly mostOfOne = { running: 32, waiting: 128 },
  ) {}

  /** What runs and waits now, by applet. */
  get lines(): ReadonlyMap<string, Readonly<Pick<Line, "running" | "waiting">>> {
    return this.#lines;
  }

  /** Resolves with the way to give the slot back; refused when too many wait, or when the signal comes first. */
  async take(appId: string, from: string, signal: AbortSignal): Promise<() => void> {
    const line = this.#lines.get(appId) ?? { running: 0, waiting: 0, suspects: 0, shares: new Map<string, Share>() };
    this.#lines.set(appId, line);
    const share = line.shares.get(from) ?? {
      running: 0,
      waiting: new Set<Waiter>(),
      isSuspect: () => this.suspects.has(appId, from),
    };
    line.shares.set(from, share);
    const end = this.#hasSlot(line, share)
      ? begin(line, share)
      : await this.#wait(line, share, signal).catch((error: unknown) => {
          forgetIdle(line, from, share);
          throw error;
        });
    return () => {
      end();
      forgetIdle(line, from, share);
      this.#next(line);
      if (line.running === 0) this.#lines.delete(appId);
    };
  }

  #hasSlot(line: Line, share: Share): boolean {
    if (line.running >= this.most.running || share.running >= this.mostOfOne.running) return false;
    return line.suspects < this.most.suspects || !share.isSuspect();
  }

  async #wait(line: Line, share: Share, signal: AbortSignal): Promise<() => void> {
    if (share.waiting.size >= this.mostOfOne.waiting) throw tooMany("rate.limited");
    if (signal.aborted) throw tooMany("server.unavailable");
    if (line.waiting >= this.most.waiting) makeRoom(line, share);
    return new Promise<() => void>((resolve, reject) => {
      const leave = (): void => {
        line.waiting--;
        share.waiting.delete(waiter);
        signal.removeEventListener("abort", waiter.refuse);
      };
      const waiter = {
        go: (end: () => void): void => {
          leave();
          resolve(end);
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

  /** The slot goes to who has waited longest of the next network that may have one; to a suspect only if no other waits. */
  #next(line: Line): void {
    let next: { from: string; share: Share; waiter: Waiter } | undefined;
    for (const [from, share] of line.shares) {
      const [waiter] = share.waiting;
      if (!waiter || !this.#hasSlot(line, share)) continue;
      const isSuspect = share.isSuspect();
      if (!isSuspect || !next) next = { from, share, waiter };
      if (!isSuspect) break;
    }
    if (!next) return;
    const { from, share, waiter } = next;
    line.shares.delete(from);
    line.shares.set(from, share);
    waiter.go(begin(line, share));
  }
}

/** Returns what is to be done at the end. */
function begin(line: Line, share: Share): () => void {
  const suspects = share.isSuspect() ? 1 : 0;
  line.running++;
  line.suspects += suspects;
  share.running++;
  return () => {
    line.running--;
    line.suspects -= suspects;
    share.running--;
  };
}

/** Takes a place from a suspect, or from the network with the most unless that would leave it with no more than the newcomer's. */
function makeRoom(line: Line, newcomer: Share): void {
  let largest = newcomer;
  for (const share of line.shares.values()) if (holdsMore(share, largest)) largest = share;
  const isWorse = largest.isSuspect() && !newcomer.isSuspect();
  if (!isWorse && largest.waiting.size <= newcomer.waiting.size + 1) throw tooMany("server.unavailable");
  [...largest.waiting].at(-1)?.refuse();
}

/** Whether the first would rather give up a place than the second. */
function holdsMore(one: Share, other: Share): boolean {
  if (one.waiting.size === 0) return false;
  if (one.isSuspect() !== other.isSuspect()) return one.isSuspect();
  return one.waiting.size > other.waiting.size;
}

function forgetIdle(line: Line, from: string, share: Share): void {
  if (share.running === 0 && share.waiting.size === 0) line.shares.delete(from);
}

/** Nothing was sent to WeChat: the code is unspent, and the client may come again with it. */
function tooMany(error: "rate.limited" | "server.unavailable"): Refusal {
  return new Refusal(error, { retryAfterSeconds: 1, cause: { reason: "too many calls to WeChat" } });
}
