import { Refusal } from "../refusal";
import { Suspects } from "./suspects";

/** One call that waits for a slot. */
interface Waiter {
  /** By the monotonic clock: when its caller's time is over. */
  endsAt: number;
  go(end: () => void): void;
  refuse(): void;
}

/** The calls of one network within one applet. */
interface Share {
  from: string;
  running: number;
  waiting: Set<Waiter>;
  isSuspect(): boolean;
}

interface Line {
  running: number;
  waiting: number;
  /** Of those that run, the calls of networks that were suspect when they began. */
  suspects: number;
  /** How long most calls take, in milliseconds; 0 until the first one ended. */
  duration: number;
  /** In the order in which they get the next slot: round robin. */
  shares: Map<string, Share>;
}

/** So much is believed of a call that took longer than those before, or less: one that hung is not yet how it is. */
const LONGER = 0.3;
const SHORTER = 0.1;

/**
 * How many calls of one applet may run at once; a bounded number more may wait. Each applet has its own slots, so that one
 * whose calls hang takes no sockets from another; and within an applet each network has a share, so that whoever sends
 * thousands of codes stands in nobody's way but their own. Nor does a flood from many networks: suspects come after the
 * others and never have all slots. When no more may wait, the last call of the suspect with the most makes room, or else
 * that of the network with the most for one of a network with fewer.
 *
 * Nobody waits until too little time is left for an answer: such a call would spend the code, hold a slot, and tell nothing.
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

  /** Resolves with the way to give the slot back; refused when too many wait, or when the call could not end in time any more. */
  async take(appId: string, from: string, milliseconds: number): Promise<() => void> {
    const line = this.#lines.get(appId) ?? newLine();
    this.#lines.set(appId, line);
    const share = line.shares.get(from) ?? {
      from,
      running: 0,
      waiting: new Set<Waiter>(),
      isSuspect: () => this.suspects.has(appId, from),
    };
    line.shares.set(from, share);
    const end = this.#hasSlot(line, share)
      ? begin(line, share)
      : await this.#wait(line, share, milliseconds).finally(() => forgetIdle(line, share));
    return () => {
      end();
      forgetIdle(line, share);
      this.#fill(line);
      if (line.running === 0) this.#lines.delete(appId);
    };
  }

  /** WeChat refused a login code of this network. */
  refused(appId: string, from: string): void {
    this.suspects.refused(appId, from);
  }

  /** WeChat took one: who waits there may have a slot now. */
  accepted(appId: string, from: string): void {
    this.suspects.accepted(appId, from);
    const line = this.#lines.get(appId);
    if (line) this.#fill(line);
  }

  #hasSlot(line: Line, share: Share): boolean {
    if (line.running >= this.most.running || share.running >= this.mostOfOne.running) return false;
    return line.suspects < this.most.suspects || !share.isSuspect();
  }

  async #wait(line: Line, share: Share, milliseconds: number): Promise<() => void> {
    if (share.waiting.size >= this.mostOfOne.waiting) throw tooMany("rate.limited");
    const patience = milliseconds - line.duration;
    if (patience <= 0) throw tooMany("server.unavailable");
    if (line.waiting >= this.most.waiting) makeRoom(line, share);
    return new Promise<() => void>((resolve, reject) => {
      const leave = (): void => {
        line.waiting--;
        share.waiting.delete(waiter);
        clearTimeout(timer);
      };
      const waiter = {
        endsAt: performance.now() + milliseconds,
        go: (end: () => void): void => {
          leave();
          resolve(end);
        },
        refuse: (): void => {
          leave();
          reject(tooMany("server.unavailable"));
        },
      };
      const timer = setTimeout(waiter.refuse, patience).unref(); // the caller's connection is what keeps the process
      line.waiting++;
      share.waiting.add(waiter);
    });
  }

  #fill(line: Line): void {
    while (line.waiting > 0 && line.running < this.most.running) {
      const next = this.#next(line);
      if (!next) return;
      const { share, waiter } = next;
      line.shares.delete(share.from);
      line.shares.set(share.from, share);
      waiter.go(begin(line, share));
    }
  }

  /** Who has waited longest of the next network that may have a slot; of a suspect only if no other waits. */
  #next(line: Line): { share: Share; waiter: Waiter } | undefined {
    let next: { share: Share; waiter: Waiter } | undefined;
    for (const share of line.shares.values()) {
      const waiter = firstInTime(line, share);
      if (!waiter || !this.#hasSlot(line, share)) continue;
      if (!share.isSuspect()) return { share, waiter };
      next ??= { share, waiter };
    }
    return next;
  }
}

function newLine(): Line {
  return { running: 0, waiting: 0, suspects: 0, duration: 0, shares: new Map() };
}

/** Returns what is to be done at the end. */
function begin(line: Line, share: Share): () => void {
  const suspects = share.isSuspect() ? 1 : 0;
  line.running++;
  line.suspects += suspects;
  share.running++;
  const begun = performance.now();
  return () => {
    const took = performance.now() - begun;
    const difference = took - line.duration;
    line.duration = line.duration === 0 ? took : line.duration + difference * (difference > 0 ? LONGER : SHORTER);
    line.running--;
    line.suspects -= suspects;
    share.running--;
  };
}

/** Who has waited longest, without those whose calls could not end in time any more. */
function firstInTime(line: Line, share: Share): Waiter | undefined {
  const latest = performance.now() + line.duration;
  for (const waiter of share.waiting) {
    if (waiter.endsAt >= latest) return waiter;
    waiter.refuse();
  }
  return undefined;
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

/** Another share of the same network may stand in its place by now. */
function forgetIdle(line: Line, share: Share): void {
  const isIdle = share.running === 0 && share.waiting.size === 0;
  if (isIdle && line.shares.get(share.from) === share) line.shares.delete(share.from);
}

/** Nothing was sent to WeChat: the code is unspent, and the client may come again with it. */
function tooMany(error: "rate.limited" | "server.unavailable"): Refusal {
  return new Refusal(error, { retryAfterSeconds: 1, cause: { reason: "too many calls to WeChat" } });
}
