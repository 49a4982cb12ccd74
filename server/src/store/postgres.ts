import { Pool, types as pgTypes, type PoolClient } from "pg";
import type { Statement, Value } from "./statement";
import { LostRace, StoreUnavailable, type Job, type Store, type Transaction } from "./store";

interface PostgresOptions {
  /** Connections of this process. */
  connections?: number;
}

/** A job that lost a race so many times gives up. */
const MOST_RUNS = 8;

/**
 * serialization_failure, deadlock_detected, and unique_violation: two first logins of one person at once. The second run
 * sees what the winner committed. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const LOST_RACE = new Set(["40001", "40P01", "23505"]);

/** 08 connection, 25006 read-only, 53 no resources, 57 operator (shutdown, statement timeout), 58 system; and the socket's own. */
const UNAVAILABLE =
  /^(08...|25006|53...|57...|58...|ECONN[A-Z]+|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** node-postgres gives these no code. */
const UNAVAILABLE_MESSAGE =
  /connection (terminated|ended)|timeout (exceeded|expired)|not queryable|query read timeout/i;

const NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

/** Connects when first used. */
export function openPostgres(url: string, options: PostgresOptions = {}): Store {
  const pool = new Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 3000,
    statement_timeout: 5000,
    query_timeout: 6000,
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

  const repeated = async <T>(job: Job<T>): Promise<T> => {
    for (let run = 1; ; run++) {
      try {
        return await runOnce(pool, job);
      } catch (error) {
        const lost = error instanceof LostRace || LOST_RACE.has(codeOf(error));
        if (!lost) throw translated(error);
        if (run === MOST_RUNS) throw new StoreUnavailable("too many conflicting transactions");
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * run));
      }
    }
  };
  const transaction = <T>(job: Job<T>): Promise<T> => {
    const result = repeated(job).finally(() => running.delete(result));
    running.add(result);
    return result;
  };
  const close = async (): Promise<void> => {
    await Promise.allSettled(running);
    await pool.end();
  };
  return { dialect: "postgres", transaction, read: transaction, close };
}

async function runOnce<T>(pool: Pool, job: Job<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    // Both in one message, so that the clock costs no round trip of its own.
    const started = (await client.query(`begin; select ${NOW} as now`)) as unknown as { rows: { now: number }[] }[];
    const value = await job(new PostgresTransaction(started[1]!.rows[0]!.now, client));
    const ended = await client.query("commit");
    // COMMIT of a transaction in which a statement failed answers ROLLBACK, without an error.
    if (ended.command !== "COMMIT") throw new StoreUnavailable("transaction undone");
    broken = false;
    return value;
  } catch (error) {
    broken = await client.query("rollback").then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.release(broken);
  }
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
