import { Pool, types as pgTypes } from "pg";
import { isLostRace, translated } from "./postgres-errors";
import { PostgresTransaction } from "./postgres-transaction";
import { POSTGRES_NOW } from "./statement";
import { StoreUnavailable, type Job, type JobOptions, type Store, type StoreObserver } from "./store";

export interface PostgresOptions {
  /** Connections of this process, and as many to the replica. */
  connections?: number;
  /** A standby that answers {@link Store.readStale}. */
  replicaUrl?: string | undefined;
  /** See {@link JOB_MILLISECONDS}. */
  jobMilliseconds?: number;
  observer?: StoreObserver;
}

/** Whoever asked has given up by then: for a connection, its statements, the commit, and runs that lost a race. */
const JOB_MILLISECONDS = 5500;
const CONNECT_MILLISECONDS = 3000;
/** A server that stands still in the middle of a transaction keeps others from its rows for so long. */
const IDLE_MILLISECONDS = 10_000;
export const CONNECTIONS = 10;

/** A job that lost a race so many times gives up. */
const MOST_RUNS = 8;

/** Connects when first used. */
export function openPostgres(url: string, options: PostgresOptions = {}): Store {
  const { jobMilliseconds = JOB_MILLISECONDS, connections = CONNECTIONS, replicaUrl, observer } = options;
  const primary = connect(url, connections);
  const replica = replicaUrl === undefined ? undefined : connect(replicaUrl, connections);
  const running = new Set<Promise<unknown>>();

  const repeated = async <T>(job: Job<T>, run: Run): Promise<T> => {
    const deadline = performance.now() + run.milliseconds;
    for (let nth = 1; ; nth++) {
      try {
        return await runOnce(job, run, deadline, observer);
      } catch (error) {
        if (!isLostRace(error)) throw translated(error);
        if (nth === MOST_RUNS) throw new StoreUnavailable("too many conflicting transactions");
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * nth));
      }
    }
  };
  const kept = <T>(job: Job<T>, run: Run): Promise<T> => {
    const result = repeated(job, run).finally(() => running.delete(result));
    running.add(result);
    return result;
  };
  const writing: Run = { pool: primary, begin: beginning("begin", jobMilliseconds), milliseconds: jobMilliseconds };
  const reading: Run = { ...writing, begin: beginning("begin read only", jobMilliseconds) };
  const changing: Run = { pool: primary, begin: beginning("begin", Infinity), milliseconds: Infinity };
  return {
    dialect: "postgres",
    transaction: (job, wishes) => kept(job, { ...writing, ...wishes }),
    read: (job, wishes) => kept(job, { ...reading, ...wishes }),
    async readStale(job) {
      if (!replica) return kept(job, reading);
      // Both have to be over in the time of one. Whatever goes wrong there, be it that something is not there yet.
      const milliseconds = jobMilliseconds / 2;
      return kept(job, { ...reading, pool: replica, milliseconds }).catch(() =>
        kept(job, { ...reading, milliseconds }),
      );
    },
    migration: (job) => kept(job, changing),
    shrink: async () => false,
    removeTraces: async () => undefined,
    async close() {
      await Promise.allSettled(running);
      await primary.end();
      await replica?.end();
    },
  };
}

/** How a job runs: where, what its transaction begins with, and how long it may take. */
interface Run extends JobOptions {
  pool: Pool;
  begin: string;
  milliseconds: number;
}

/**
 * One message, so that limits and clock cost no round trip. The limits are the transaction's: a pooler takes none with the
 * connection, and gives what is set on it to others, too. Nobody else waits longer for a server that stands still.
 */
function beginning(begin: string, milliseconds: number): string {
  const [statement, idle] = milliseconds === Infinity ? [0, 0] : [milliseconds, IDLE_MILLISECONDS];
  const limits = Object.entries({ statement_timeout: statement, idle_in_transaction_session_timeout: idle });
  const set = limits.map(([name, limit]) => `set_config('${name}', '${limit}', true)`).join(", ");
  return `${begin}; select ${POSTGRES_NOW} as now, ${set}`;
}

function connect(url: string, connections: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    // What is asked together is sent together. Each answers for itself: only a transaction makes one fail with another.
    pipeline: true,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    // bigint columns hold epoch milliseconds and counters, far below 2^53.
    types: {
      getTypeParser: (id, format) => (id === pgTypes.builtins.INT8 ? Number : pgTypes.getTypeParser(id, format)),
    },
  });
  // Without listeners a connection that breaks, idle or in use, would end the process. Who uses it is told by its query.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

async function runOnce<T>(job: Job<T>, run: Run, deadline: number, observer: StoreObserver | undefined): Promise<T> {
  const askedAt = performance.now();
  const client = await run.pool.connect();
  const startedAt = performance.now();
  observer?.("wait", (startedAt - askedAt) / 1000);
  let alarm: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    if (deadline === Infinity) return;
    alarm = setTimeout(() => reject(new StoreUnavailable("no answer in time")), deadline - startedAt);
  });
  const inTime = <R>(work: Promise<R>): Promise<R> => Promise.race([work, tooLate]);
  const transaction = new PostgresTransaction(client);
  let usable = false;
  try {
    const value = await inTime(committed(transaction, job, run));
    usable = true;
    return value;
  } catch (error) {
    // Nothing more is asked of a connection that broke or did not answer: it goes, and its transaction with it.
    usable = !(translated(error) instanceof StoreUnavailable) && (await undone(inTime(client.query("rollback"))));
    usable &&= !transaction.hasSkipped;
    throw error;
  } finally {
    clearTimeout(alarm);
    client.release(!usable);
    observer?.("run", (performance.now() - startedAt) / 1000);
  }
}

async function committed<T>(transaction: PostgresTransaction, job: Job<T>, { begin, asksFirst }: Run): Promise<T> {
  const begun = transaction.begin(begin);
  try {
    if (asksFirst !== true) await begun;
    const value = await job(transaction);
    await begun;
    await transaction.commit();
    return value;
  } catch (error) {
    throw transaction.causeOf(error);
  } finally {
    transaction.end();
  }
}

function undone(rollback: Promise<unknown>): Promise<boolean> {
  return rollback.then(
    () => true,
    () => false,
  );
}
