import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import { statement } from "./statement";
import type { Store } from "./store";
import { facts, type FactRow } from "./tables";

const insert = statement<FactRow>(facts.insert);
const remove = statement<Pick<FactRow, "name">>("delete from facts where name = :name");

/** Needs fresh pages of a file, so that a full one is noticed although a row could still be changed in its place. */
const ROOM = "x".repeat(16_384);
/** Whoever asks more often than that hears the same. */
const KEPT_MILLISECONDS = 1000;

/**
 * Whether the database takes writes: a full disk, a lost lock and a standby all still answer reads. Rejects with what the
 * store says. However many ask, there is one write a second.
 */
export class Readiness {
  #last: Promise<void> | undefined;
  #keptUntil = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  check(): Promise<void> {
    // A write that has no answer yet is waited for, or each second would take a connection more.
    if (this.#last && this.clock() < this.#keptUntil) return this.#last;
    this.#keptUntil = Infinity;
    this.#last = this.#write().finally(() => (this.#keptUntil = this.clock() + KEPT_MILLISECONDS));
    return this.#last;
  }

  async #write(): Promise<void> {
    const name = `readiness ${randomUUID()}`;
    await this.store.transaction(async (tx) => {
      await tx.run(insert, { name, value: ROOM });
      await tx.run(remove, { name });
    });
  }
}
