import type { PoolClient, QueryConfig, QueryResult } from "pg";
import type { CompiledStatement, Statement, Value } from "./statement";
import { StoreUnavailable, type Transaction } from "./store";

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}

/** in_failed_sql_transaction: said of every statement after the one that failed. */
const FAILED_BEFORE = "25P02";

/** One job's statements, on a connection of its own meanwhile. */
export class PostgresTransaction implements Transaction {
  #now: number | undefined;
  /** What went wrong first: once that is known nothing more is sent. */
  #failure: unknown;
  #isOver = false;
  /** Whether a statement went out for the first time behind one that failed: a pooler takes it for prepared, node-postgres does not. */
  hasSkipped = false;
  readonly #written: Promise<unknown>[] = [];

  constructor(private readonly client: PoolClient) {}

  get now(): number {
    if (this.#now === undefined) throw new Error("a job that asks first has no time before its first answer");
    return this.#now;
  }

  begin(sql: string): Promise<void> {
    const begun = this.#begun(sql);
    begun.catch(() => undefined);
    return begun;
  }

  async #begun(sql: string): Promise<void> {
    const results = (await this.#watched(this.#ask({ text: sql }))) as unknown as { rows: unknown[] }[];
    const [{ now }] = results.at(-1)!.rows as [{ now: number }];
    this.#now = now;
  }

  async commit(): Promise<void> {
    const ended = this.#ask({ text: "commit" });
    ended.catch(() => undefined);
    await Promise.all(this.#written);
    // COMMIT of a transaction in which a statement failed answers ROLLBACK, without an error.
    if ((await ended).command !== "COMMIT") throw new StoreUnavailable("transaction undone");
  }

  /** Of what a job failed with. */
  causeOf(error: unknown): unknown {
    return codeOf(error) === FAILED_BEFORE ? this.#failure : error;
  }

  /** Whoever asks after this asks nobody: the connection is another's. */
  end(): void {
    this.#isOver = true;
  }

  async first<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    return (await this.#query(statement.compiled.postgres, parameters)).rows[0] as R | undefined;
  }

  async all<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    return (await this.#query(statement.compiled.postgres, parameters)).rows as R[];
  }

  async run<P extends object>(statement: Statement<P, unknown>, parameters: P): Promise<number> {
    return (await this.#query(statement.compiled.postgres, parameters)).rowCount ?? 0;
  }

  write<P extends object>(statement: Statement<P, unknown>, parameters: P): void {
    this.#unawaited(this.#query(statement.compiled.postgres, parameters));
  }

  claim<P extends object>(statement: Statement<P, unknown>, parameters: P): void {
    this.#unawaited(this.#query(statement.claiming(), parameters));
  }

  erases(): void {}

  async script(sql: string): Promise<void> {
    await this.#watched(this.#ask({ text: sql }));
  }

  /**
   * What is asked in one turn of the event loop goes out in one piece: each piece is a system call here and wakes
   * PostgreSQL.
   */
  #ask(query: QueryConfig): Promise<QueryResult> {
    const { stream } = this.client.connection;
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return this.client.query(query);
  }

  #unawaited(written: Promise<unknown>): void {
    written.catch(() => undefined);
    this.#written.push(written);
  }

  async #query(compiled: CompiledStatement, parameters: object) {
    if (this.#isOver) throw new Error("the transaction is over");
    if (this.#failure !== undefined) throw this.#failure;
    const values = compiled.values(parameters as Record<string, Value>, () => this.now);
    return this.#watched(this.#ask({ name: compiled.name, text: compiled.sql, values }), compiled.name);
  }

  #watched<T>(asked: Promise<T>, name?: string): Promise<T> {
    return asked.catch((error: unknown) => {
      this.#failure ??= error;
      if (name !== undefined && codeOf(error) === FAILED_BEFORE) this.hasSkipped ||= !this.#isPrepared(name);
      throw error;
    });
  }

  /** As node-postgres knows it; its types leave that out. */
  #isPrepared(name: string): boolean {
    return name in (this.client.connection as unknown as { parsedStatements: Record<string, string> }).parsedStatements;
  }
}
