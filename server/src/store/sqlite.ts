import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import type { Clock } from "../clock";
import { isLocked, translated } from "./sqlite-errors";
import { prepare, type Prepared } from "./sqlite-prepared";
import { Traces } from "./sqlite-traces";
import { SqliteTransaction } from "./sqlite-transaction";
import { StoreUnavailable, type Job, type Store, type StoreObserver } from "./store";
import { WriteAheadLog } from "./write-ahead-log";

interface SqliteOptions {
  clock: Clock;
  /** How long a job waits for another process that holds the write lock. */
  lockTimeoutMilliseconds?: number;
  observer?: StoreObserver;
  /** Puts what was written to the log's file descriptor on the disk. */
  sync?: (log: number) => Promise<void>;
}

/** One queued job with its caller's promise. */
interface Entry {
  job: Job<unknown>;
  writes: boolean;
  /** By the monotonic clock. */
  queuedAt: number;
  resolve(value: never): void;
  reject(error: unknown): void;
}

/** At most so many jobs share a commit, so that the event loop is not held for longer than a few milliseconds. */
const LARGEST_GROUP = 256;

/** https://sqlite.org/pragma.html#pragma_auto_vacuum */
const INCREMENTAL = 2;

/** 1 MB. */
const FREE_PAGES = 256;
const SHRINK_PAGES = 100;

/** Opens a database file, creating it readable by its owner only. */
export function openSqlite(path: string, options: SqliteOptions): Store & { readonly database: DatabaseSyncInstance } {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
  const database = new DatabaseSync(path);
  // A commit survives a power cut because nobody is answered before the log is on the disk (see WriteAheadLog); FULL would
  // do that too, but hold the event loop meanwhile. secure_delete overwrites what is deleted, in pages that become free as
  // well (see Traces). The busy timeout is short because SQLite waits without giving the event loop back. Savepoints keep the pages
  // they may have to restore in memory, not in a file. The log shrinks again after something large.
  database.exec(`
    pragma busy_timeout = 2000;
    pragma auto_vacuum = incremental;
    pragma journal_mode = wal;
    pragma busy_timeout = 20;
    pragma synchronous = normal;
    pragma secure_delete = on;
    pragma temp_store = memory;
    pragma cache_size = -65536;
    pragma wal_autocheckpoint = 4000;
    pragma journal_size_limit = 16777216;
    pragma foreign_keys = on;
  `);
  // A file of a server that did not yet give room back is written anew, once.
  const [mode] = Object.values(database.prepare("pragma auto_vacuum").get() ?? {});
  if (mode !== INCREMENTAL) database.exec("vacuum");
  const traces = new Traces(database, path);
  // The first look at the file makes its log.
  const [tables] = Object.values(database.prepare("select count(*) from sqlite_schema").get() ?? {});
  if (tables === 0) traces.none();
  return new SqliteStore(database, new WriteAheadLog(`${path}-wal`, options.sync), traces, options);
}

/**
 * Group commit: all jobs queued in one turn of the event loop run in one transaction, each inside a savepoint so that one
 * that fails fails alone, and are answered when the commit is on the disk. One fsync then serves them all, and the next
 * group is at work meanwhile.
 */
class SqliteStore implements Store {
  readonly dialect = "sqlite";
  readonly #prepared = new Map<string, Prepared>();
  readonly #clock: Clock;
  readonly #lockTimeout: number;
  readonly #observer: StoreObserver | undefined;
  #queue: Entry[] = [];
  #scheduled = false;
  #closed: (() => void) | undefined;

  constructor(
    readonly database: DatabaseSyncInstance,
    private readonly log: WriteAheadLog,
    readonly traces: Traces,
    options: SqliteOptions,
  ) {
    this.#clock = options.clock;
    this.#lockTimeout = options.lockTimeoutMilliseconds ?? 5000;
    this.#observer = options.observer;
  }

  transaction<T>(job: Job<T>): Promise<T> {
    return this.#enqueue(job, true);
  }

  read<T>(job: Job<T>): Promise<T> {
    return this.#enqueue(job, false);
  }

  readStale<T>(job: Job<T>): Promise<T> {
    return this.read(job);
  }

  migration<T>(job: Job<T>): Promise<T> {
    return this.#enqueue(job, true);
  }

  /** Some free pages stay, since the next logins need them. At the end the log is emptied, which holds what was erased. */
  async shrink(): Promise<boolean> {
    const more = await this.transaction(async () => {
      const free = (this.prepared("pragma freelist_count").statement.get() as number[])[0] ?? 0;
      if (free <= FREE_PAGES) return false;
      this.database.exec(`pragma incremental_vacuum(${SHRINK_PAGES})`);
      return true;
    });
    if (!more) this.#emptyLog();
    return more;
  }

  async removeTraces(): Promise<void> {
    // Else the log is as empty as shrinking left it.
    if (await this.traces.remove()) this.#emptyLog();
  }

  /** While another process reads the file the log stays until the next time. */
  #emptyLog(): void {
    this.#succeeds("pragma wal_checkpoint(truncate)");
  }

  /** Waits for the jobs already queued. */
  async close(): Promise<void> {
    if (this.#scheduled) await new Promise<void>((resolve) => (this.#closed = resolve));
    await this.traces.rests();
    await this.log.close();
    // Closing would do so, if the library ended its prepared statements.
    this.#emptyLog();
    this.#prepared.clear();
    this.database.close();
  }

  #enqueue<T>(job: Job<T>, writes: boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ job, writes, queuedAt: performance.now(), resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    const group = this.#queue.splice(0, LARGEST_GROUP);
    const free = this.#begin(group);
    if (free) await this.#runGroup(group);
    if (this.#queue.length > 0) {
      if (free) setImmediate(() => void this.#flush());
      else setTimeout(() => void this.#flush(), 2 + Math.random() * 10);
      return;
    }
    this.#scheduled = false;
    this.#closed?.();
  }

  /** False when another process holds the lock: the group is queued again, but for those that waited long enough. */
  #begin(group: Entry[]): boolean {
    try {
      this.#execute(group.some((entry) => entry.writes) ? "begin immediate" : "begin");
      return true;
    } catch (error) {
      const locked = isLocked(error);
      const now = performance.now();
      const patient = group.filter((entry) => locked && now - entry.queuedAt < this.#lockTimeout);
      for (const entry of group) if (!patient.includes(entry)) entry.reject(translated(error));
      this.#queue.unshift(...patient);
      return false;
    }
  }

  async #runGroup(group: Entry[]): Promise<void> {
    const startedAt = performance.now();
    for (const { queuedAt } of group) this.#observer?.("wait", (startedAt - queuedAt) / 1000);
    const done: { entry: Entry; value: unknown }[] = [];
    const alone = group.length === 1;
    for (const [index, entry] of group.entries()) {
      try {
        if (!alone) this.#execute("savepoint job");
        const transaction = new SqliteTransaction(this.#clock(), this);
        const value = await entry.job(transaction).finally(() => transaction.end());
        if (!alone) this.#execute("release job");
        done.push({ entry, value });
      } catch (error) {
        entry.reject(translated(error));
        // A full disk and some other failures undo the whole transaction, not only the savepoint.
        const undone = alone || !this.database.isTransaction || !this.#succeeds("rollback to job", "release job");
        if (!undone) continue;
        this.#abandon([...done.map((one) => one.entry), ...group.slice(index + 1)], error);
        return;
      }
    }
    try {
      this.#execute("commit");
    } catch (error) {
      this.#abandon(
        done.map((one) => one.entry),
        error,
      );
      return;
    }
    void this.#answer(done, startedAt);
  }

  /** Who only read waits too, for what those before wrote. */
  async #answer(done: readonly { entry: Entry; value: unknown }[], startedAt: number): Promise<void> {
    try {
      await (done.some(({ entry }) => entry.writes) ? this.log.reachesDisk() : this.log.rests());
    } catch {
      for (const { entry } of done) entry.reject(new StoreUnavailable("input or output error"));
      return;
    }
    const seconds = (performance.now() - startedAt) / 1000;
    for (const { entry, value } of done) {
      entry.resolve(value as never);
      this.#observer?.("run", seconds);
    }
  }

  #abandon(entries: Entry[], error: unknown): void {
    if (this.database.isTransaction) this.#succeeds("rollback");
    const reason = translated(error);
    const unavailable = reason instanceof StoreUnavailable ? reason : new StoreUnavailable("transaction undone");
    for (const entry of entries) entry.reject(unavailable);
  }

  #succeeds(...commands: string[]): boolean {
    try {
      for (const command of commands) this.#execute(command);
      return true;
    } catch {
      return false;
    }
  }

  #execute(command: string): void {
    this.prepared(command).statement.run();
  }

  prepared(sql: string): Prepared {
    let prepared = this.#prepared.get(sql);
    if (!prepared) this.#prepared.set(sql, (prepared = prepare(this.database, sql)));
    return prepared;
  }
}
