import type { Clock } from "../clock";
import { Refusal } from "../refusal";
import type { Vault } from "../secrets/vault";
import { findLimit, takeOne } from "../store/limits";
import type { Store, Transaction } from "../store/store";
import { LIMITS, type LimitName } from "./limits";

/** Of so many it is remembered that they are refused; of others the database is asked. */
const MOST_KEPT = 10_000;

/**
 * Counts what is limited, for all instances together. Who is counted is stored as an HMAC under a key derived from the
 * master key: neither addresses nor openids can be read from the table.
 */
export class Limiter {
  /** Until when somebody is known to be refused. What is kept here costs no statement. */
  readonly #refusedUntil = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Counts one in the caller's transaction, whose commit counts it. Returns the refusal when there were too many. */
  async take(tx: Transaction, name: LimitName, subject: string): Promise<Refusal | undefined> {
    const { burst, intervalMilliseconds: interval } = LIMITS[name];
    const who = whoIs(name, subject);
    const key = this.vault.digest("limit", who);
    const ahead = (burst - 1) * interval;
    if (await tx.first(takeOne, { key, interval, ahead })) return undefined;
    const tat = (await tx.first(findLimit, { key }))?.tat ?? tx.now;
    return this.#refuse(who, Math.max(tat - ahead - tx.now, 1));
  }

  /** Counts a failure, in a transaction of its own: that of the failed request is undone. Throws 429 when there were too many. */
  async failed(name: LimitName, subject: string): Promise<void> {
    this.check(name, subject);
    const refusal = await this.store.transaction((tx) => this.take(tx, name, subject));
    if (refusal) throw refusal;
  }

  /** Throws 429 when it is known that there were too many; counts nothing and asks nobody. */
  check(name: LimitName, subject: string): void {
    const who = whoIs(name, subject);
    const until = this.#refusedUntil.get(who);
    if (until === undefined) return;
    const left = until - this.clock();
    if (left > 0) throw limited(left);
    this.#refusedUntil.delete(who);
  }

  #refuse(who: string, milliseconds: number): Refusal {
    if (this.#refusedUntil.size >= MOST_KEPT) {
      const [oldest = ""] = this.#refusedUntil.keys();
      this.#refusedUntil.delete(oldest);
    }
    this.#refusedUntil.set(who, this.clock() + milliseconds);
    return limited(milliseconds);
  }
}

function whoIs(name: LimitName, subject: string): string {
  return `${name}|${subject}`;
}

function limited(milliseconds: number): Refusal {
  return new Refusal("rate.limited", { retryAfterSeconds: Math.ceil(milliseconds / 1000) });
}
