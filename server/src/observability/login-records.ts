import type { ServerErrorCode } from "@app2wxapp/protocol";
import type { Clock } from "../clock";
import { Refusal } from "../refusal";
import { ID, newId } from "../secrets/handles";
import { addFigure, addFigureOfPool } from "../store/figures";
import { insertLoginEvent } from "../store/login-events";
import { StoreUnavailable, type Store } from "../store/store";
import type { FigureRow, LoginEventRow } from "../store/tables";

/** The steps of a login that are counted. */
export type Topic = "attempt" | "ticket" | "exchange";

/** What a step finds out while it runs. */
export interface Seen {
  /** Whether the pool exists: of others nothing is kept, or anybody could fill the tables. */
  pool: boolean;
  /** Whether it is known who the person is: then it is an event of theirs. */
  person: boolean;
  userId: string | null;
  callerAppId: string | null;
  /** Set where a refusal is an answer and not thrown. */
  refusedAs?: ServerErrorCode;
}

/** Scopes beside the pools' ids. */
export const ALL_POOLS = "pools";
export const WECHAT = "wechat";

const MINUTE = 60;
const HOUR = 3600;
/** What waits for the database; more is dropped, and counted as such. */
const MOST_WAITING = 10_000;
const BATCH = 200;

/** Refusals before the exchange that an operator looks for in a person's logins. */
const TOLD: ReadonlySet<string> = new Set(["user.blocked", "registration.closed", "phone.mismatch", "rate.limited"]);

/**
 * Who logged in, through which app, with which outcome; and sums of it by minute and hour. Kept in memory for a second and
 * then written together, so that a login costs no statement more; a crash loses that second. What must not be lost is in
 * the audit log.
 */
export class LoginRecords {
  #events: LoginEventRow[] = [];
  #figures = new Map<string, FigureRow>();
  #flushing: Promise<void> = Promise.resolve();
  /** How many records were dropped because the database did not take them. */
  dropped = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** Runs a step of a login and records how it ended. */
  async watch<T>(topic: Topic, poolId: string, work: (seen: Seen) => Promise<T>): Promise<T> {
    const seen: Seen = { pool: false, person: false, userId: null, callerAppId: null };
    const startedAt = performance.now();
    const note = (outcome: string): void => this.#note(topic, poolId, seen, outcome, performance.now() - startedAt);
    try {
      const value = await work(seen);
      note(seen.refusedAs ?? "ok");
      return value;
    } catch (error) {
      note(outcomeOf(error));
      throw error;
    }
  }

  /** A call to WeChat: outcome is `ok`, an errcode, or `no_answer`. */
  wechat(appId: string, endpoint: string, outcome: string, milliseconds: number): void {
    for (const scope of [WECHAT, `${WECHAT} ${appId}`]) this.#count(scope, endpoint, outcome, milliseconds);
  }

  /** Writes what was recorded until now. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(
      () => this.#write(),
      () => this.#write(),
    );
    return this.#flushing;
  }

  #note(topic: Topic, poolId: string, seen: Seen, outcome: string, milliseconds: number): void {
    if (!seen.pool) return;
    for (const scope of [poolId, ALL_POOLS]) this.#count(scope, topic, outcome, milliseconds);
    if (!seen.person || (topic !== "exchange" && !TOLD.has(outcome))) return;
    if (this.#events.length >= MOST_WAITING) return void this.dropped++;
    const at = this.clock();
    const { userId, callerAppId } = seen;
    this.#events.push({ id: newId(at), at, pool_id: poolId, user_id: userId, caller_app_id: callerAppId, outcome });
  }

  #count(scope: string, topic: string, outcome: string, milliseconds: number): void {
    const now = this.clock();
    for (const span of [MINUTE, HOUR]) {
      const begins_at = Math.floor(now / (span * 1000)) * span * 1000;
      this.#add({ scope, span, begins_at, topic, outcome, count: 1, milliseconds: Math.round(milliseconds) });
    }
  }

  #add(figure: FigureRow): void {
    const { scope, span, begins_at: at, topic, outcome } = figure;
    const key = `${scope}|${span}|${at}|${topic}|${outcome}`;
    const known = this.#figures.get(key);
    if (known) {
      known.count += figure.count;
      known.milliseconds += figure.milliseconds;
    } else if (this.#figures.size < MOST_WAITING) this.#figures.set(key, figure);
    else this.dropped++;
  }

  async #write(): Promise<void> {
    const events = this.#events;
    // In one order everywhere, so that two instances that add to the same rows do not wait for each other in a circle.
    const figures = [...this.#figures].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, figure]) => figure);
    this.#events = [];
    this.#figures = new Map();
    while (events.length > 0 || figures.length > 0) {
      const [someEvents, someFigures] = [events.slice(0, BATCH), figures.slice(0, BATCH)];
      try {
        await this.store.transaction(async (tx) => {
          for (const row of someEvents) tx.write(insertLoginEvent, row);
          for (const row of someFigures) tx.write(ID.test(row.scope) ? addFigureOfPool : addFigure, row);
        });
      } catch (error) {
        this.#keep(events, figures);
        throw error;
      }
      events.splice(0, BATCH);
      figures.splice(0, BATCH);
    }
  }

  /** For the next time, as far as there is room. */
  #keep(events: LoginEventRow[], figures: FigureRow[]): void {
    const room = MOST_WAITING - this.#events.length;
    this.#events.unshift(...events.slice(0, room));
    this.dropped += Math.max(events.length - room, 0);
    for (const figure of figures) this.#add(figure);
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof Refusal) return error.error;
  return error instanceof StoreUnavailable ? "server.unavailable" : "server.unexpected";
}
