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
  #isCleaning = false;
  #again = false;
  #log: FastifyBaseLogger | undefined;

  constructor(
    private readonly store: Store,
    private readonly records: LoginRecords,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly kept: Kept,
  ) {}

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
    if (!this.#log) return;
    this.#again = true;
    if (!this.#isCleaning) void this.#clean();
  }

  /** Writes what was recorded last. What is left to delete waits for the next start. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#flush();
  }

  async #clean(): Promise<void> {
    this.#isCleaning = true;
    while (this.#again) {
      this.#again = false;
      try {
        await deletePools(this.store);
        await eraseDueAccounts(this.store, this.records);
        const { rows, lagMilliseconds } = await purgeExpired(this.store, this.kept);
        this.metrics.purged(rows, lagMilliseconds);
      } catch (error) {
        this.#log?.error({ err: error }, "expired rows were not deleted");
      }
    }
    this.#isCleaning = false;
  }

  async #flush(): Promise<void> {
    await this.records.flush().catch((error: unknown) => this.#log?.error({ err: error }, "logins were not recorded"));
  }
}
