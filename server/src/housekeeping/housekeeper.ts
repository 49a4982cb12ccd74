import type { FastifyBaseLogger } from "fastify";
import type { Clock } from "../clock";
import type { LoginRecords } from "../observability/login-records";
import type { Metrics } from "../observability/metrics";
import type { Store } from "../store/store";
import { eraseDueAccounts } from "./account-deletion";
import { deletePools } from "./pool-deletion";
import { purgeExpired, type Kept } from "./purge";

const FLUSH_MILLISECONDS = 1000;
const PURGE_MILLISECONDS = 60_000;

/** What the server does beside answering: it writes what it recorded, deletes what has expired and what people and operators deleted. */
export class Housekeeper {
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #chores: readonly Chore[];
  #log: FastifyBaseLogger | undefined;

  constructor(
    private readonly store: Store,
    private readonly records: LoginRecords,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly kept: Kept,
  ) {
    // Beside each other: who deletes an account does not wait for a pool of a million.
    this.#chores = [
      new Chore(() => eraseDueAccounts(store, records), this.#reports("accounts that are due were not erased")),
      new Chore(() => this.#clean(), this.#reports("what has expired or was deleted is not gone")),
    ];
  }

  start(log: FastifyBaseLogger): void {
    this.#log = log;
    const every = (milliseconds: number, work: () => void) => this.#timers.push(setInterval(work, milliseconds));
    every(FLUSH_MILLISECONDS, () => void this.#flush());
    every(PURGE_MILLISECONDS, () => {
      this.wake();
      if (Math.abs(Date.now() - this.clock()) > PURGE_MILLISECONDS) {
        const message = "the wall clock was set; this process keeps its own until it is restarted";
        log.warn({ event: "clock.stepped" }, message);
      }
    });
    // A deletion that a crash cut short goes on.
    this.wake();
  }

  /** There is something to delete: now, not in a minute. Before {@link start} nothing is done. */
  wake(): void {
    if (this.#log) for (const chore of this.#chores) chore.wake();
  }

  /** Writes what was recorded last. What is left to delete waits for the next start. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#flush();
  }

  async #clean(): Promise<void> {
    await deletePools(this.store);
    const { rows, lagMilliseconds } = await purgeExpired(this.store, this.kept);
    this.metrics.purged(rows, lagMilliseconds);
    await this.store.removeTraces();
  }

  async #flush(): Promise<void> {
    await this.records.flush().catch(this.#reports("logins were not recorded"));
  }

  #reports(what: string): (error: unknown) => void {
    return (error) => this.#log?.error({ err: error }, what);
  }
}

/** Is done once more when it is wanted meanwhile, and never twice at once. */
class Chore {
  #isRunning = false;
  #again = false;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  wake(): void {
    this.#again = true;
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#again) {
      this.#again = false;
      await this.work().catch(this.failed);
    }
    this.#isRunning = false;
  }
}
