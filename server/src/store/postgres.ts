import { Pool, types as pgTypes, type PoolClient } from "pg";
import type { Statement, Value } from "./statement";
import { LostRace, StoreUnavailable, type Job, type Store, type StoreObserver, type Transaction } from "./store";

interface PostgresOptions {
  /** Connections of this process. */
  connections?: number;
  /** See {@link JOB_MILLISECONDS}. */
  jobMilliseconds?: number;
  observer?: StoreObserver;
}

/** Whoever asked has given up by then: for a connection, its statements, the commit, and runs that lost a race. */
const JOB_MILLISECONDS = 5500;
const CONNECT_MILLISECONDS = 3000;

/** A job that lost a race so many times gives up. */
const MOST_RUNS = 8;

/**
 * serialization_failure, deadlock_detected, unique_violation: two first logins of one person at once, and
 * foreign_key_violation: a login in a pool that is deleted meanwhile. The second run sees what the winner committed.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const LOST_RACE = new Set(["40001", "40P01", "23505", "23503"]);

/** 08 connection, 25006 read-only, 53 no resources, 57 operator (shutdown, statement timeout), 58 system; and the socket's own. */
const UNAVAILABLE =
  /^(08...|25006|53...|57...|58...|ECONN[A-Z]+|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** node-postgres gives these no code. */
const UNAVAILABLE_MESSAGE = /connection (terminated|ended)|timeout (exceeded|expired)|not queryable/i;

const NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

/** Connects when first used. */
export function openPostgres(url: string, options: PostgresOptions = {}): Store {
  const { jobMilliseconds = JOB_MILLISECONDS } = options;
  const pool = new Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    statement_timeout: jobMilliseconds,
    idle_in_transaction_session_timeout: 10_000,
    // bigint columns hold epoch milliseconds and counters, far below 2^53.
    types: {
      getTypeParser: (id, format) => (id === pgTypes.builtins.INT8 ? Number : pgTypes.getTypeParser(id, format)),
    },
  });
  // Without listeners a connection that breaks, idle or in use, would end the process. Who uses it is told by its query.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const running = new Set<Promise<unknown>>();

  const repeated = async <T>(job: Job<T>, limited: boolean): Promise<T> => {
    const deadline = limited ? performance.now() + jobMilliseconds : Infinity;
    for (let run = 1; ; run++) {
      try {
        return await runOnce(pool, job, deadline, options.observer);
      } catch (error) {
        const lost = error instanceof LostRace || LOST_RACE.has(codeOf(error));
        if (!lost) throw translated(error);
        if (run === MOST_RUNS) throw new StoreUnavailable("too many conflicting transactions");
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * run));
      }
    }
  };
  const kept = <T>(job: Job<T>, limited = true): Promise<T> => {
    const result = repeated(job, limited).finally(() => running.delete(result));
    running.add(result);
    return result;
  };
  const close = async (): Promise<void> => {
    await Promise.allSettled(running);
    await pool.end();
  };
  return {
    dialect: "postgres",
    transaction: (job) => kept(job),
    read: (job) => kept(job),
    migration: (job) => kept(job, false),
    shrink: async () => false,
    close,
  };
}

async function runOnce<T>(pool: Pool, job: Job<T>, deadline: number, observer: StoreObserver | undefined): Promise<T> {
  const askedAt = performance.now();
  const client = await pool.connect();
  const startedAt = performance.now();
  observer?.("wait", (startedAt - askedAt) / 1000);
  let alarm: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    if (deadline === Infinity) return;
    alarm = setTimeout(() => reject(new StoreUnavailable("no answer in time")), deadline - startedAt);
  });
  const inTime = <R>(work: Promise<R>): Promise<R> => Promise.race([work, tooLate]);
  let usable = false;
  try {
    const value = await inTime(committed(client, job, deadline === Infinity));
    usable = true;
    return value;
  } catch (error) {
    // Nothing more is asked of a connection that broke or did not answer: it goes, and its transaction with it.
    usable = !(translated(error) instanceof StoreUnavailable) && (await undone(inTime(client.query("rollback"))));
    throw error;
  } finally {
    clearTimeout(alarm);
    client.release(!usable);
    observer?.("run", (performance.now() - startedAt) / 1000);
  }
}

async function committed<T>(client: PoolClient, job: Job<T>, unlimited: boolean): Promise<T> {
  const limits = unlimited ? "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;" : "";
  // All in one message, so that the clock costs no round trip of its own.
  const started = (await client.query(`begin; ${limits} select ${NOW} as now`)) as unknown as { rows: unknown[] }[];
  const [{ now }] = started[started.length - 1]!.rows as [{ now: number }];
  const value = await job(new PostgresTransaction(now, client));
  const ended = await client.query("commit");
  // COMMIT of a transaction in which a statement failed answers ROLLBACK, without an error.
  if (ended.command !== "COMMIT") throw new StoreUnavailable("transaction undone");
  return value;
}

function undone(rollback: Promise<unknown>): Promise<boolean> {
  return rollback.then(
    () => true,
    () => false,
  );
}

class PostgresTransaction implements Transaction {
  constructor(
    readonly now: number,
    private readonly client: PoolClient,
  ) {}

  async first<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    return (await this.#query(statement, parameters)).rows[0] as R | undefined;
  }

  async all<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    return (await this.#query(statement, parameters)).rows as R[];
  }

  async run<P extends object>(statement: Statement<P, unknown>, parameters: P): Promise<number> {
    return (await this.#query(statement, parameters)).rowCount ?? 0;
  }

  async script(sql: string): Promise<void> {
    await this.client.query(sql);
  }

  #query<P extends object>(statement: Statement<P, unknown>, parameters: P) {
    const compiled = statement.compiled.postgres;
    return this.client.query({
      name: compiled.name,
      text: compiled.sql,
      values: compiled.values(parameters as Record<string, Value>),
    });
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "";
}

function translated(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  if (UNAVAILABLE.test(code)) return new StoreUnavailable(code);
  // Not the message itself: PostgreSQL's may quote a value.
  if (error instanceof Error && code === "" && UNAVAILABLE_MESSAGE.test(error.message)) {
    return new StoreUnavailable("connection lost");
  }
  return error;
}
