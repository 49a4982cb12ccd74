import type { Dialect, Statement } from "./statement";

/** What a job may do inside a transaction. */
export interface Transaction {
  /**
   * Epoch milliseconds when the job began: the database's clock on PostgreSQL, the injected one on SQLite. A job that
   * {@link JobOptions.asksFirst} does not know it before its first answer.
   */
  readonly now: number;
  first<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined>;
  all<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R[]>;
  /** How many rows were written. */
  run<P extends object>(statement: Statement<P, unknown>, parameters: P): Promise<number>;
  /** Writes what the job does not wait for: if it fails, so does the job, with what was wrong. */
  write<P extends object>(statement: Statement<P, unknown>, parameters: P): void;
  /** The same for a row that others may take as well: if it is no longer as it was read, the job has {@link LostRace}. */
  claim<P extends object>(statement: Statement<P, unknown>, parameters: P): void;
  /** What the job deletes is somebody's who is erased: {@link Store.removeTraces} has something to do. */
  erases(): void;
  /** SQL without parameters, for migrations. */
  script(sql: string): Promise<void>;
}

/**
 * Work on the database that is committed whole or not at all. It awaits nothing but its statements, since others wait for
 * it on SQLite, and has no other effect, since PostgreSQL may ask to run it again. Statements that do not need each other's
 * answers are best asked together (`Promise.all`): they then share a round trip to PostgreSQL.
 */
export type Job<T> = (transaction: Transaction) => Promise<T>;

export interface JobOptions {
  /** The transaction begins with the job's first statements, which only ask and need no {@link Transaction.now}: a round trip less. */
  asksFirst?: boolean;
}

/** Is told how long a job waited for its turn, and then took. */
export type StoreObserver = (phase: "wait" | "run", seconds: number) => void;

export interface Store {
  readonly dialect: Dialect;
  /** Resolves after the commit. Rejects with what the job threw, or with {@link StoreUnavailable}. */
  transaction<T>(job: Job<T>, options?: JobOptions): Promise<T>;
  /** The same for a job that only reads. */
  read<T>(job: Job<T>, options?: JobOptions): Promise<T>;
  /** The same where what was committed a moment ago may be missing: a replica may answer. */
  readStale<T>(job: Job<T>): Promise<T>;
  /** The same as `transaction` for a change of the schema: it may take as long as it needs. */
  migration<T>(job: Job<T>): Promise<T>;
  /** Gives a piece of the room that deleted rows had back to the disk; false when there is no more. PostgreSQL does so itself. */
  shrink(): Promise<boolean>;
  /** Removes what the files still hold of those who were erased, now or at a later call. PostgreSQL does so itself, when it vacuums. */
  removeTraces(): Promise<void>;
  close(): Promise<void>;
}

/** The database is full, read-only, locked or gone. Nothing was committed, or at worst nobody was told that it was. */
export class StoreUnavailable extends Error {
  constructor(readonly reason: string) {
    super(`the database cannot be used: ${reason}`);
    this.name = "StoreUnavailable";
  }
}

/** Thrown by a job that lost a race: it is run again and then sees what the winner wrote. */
export class LostRace extends Error {
  override name = "LostRace";
}
