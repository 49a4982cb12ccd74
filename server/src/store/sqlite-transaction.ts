import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import type { Prepared } from "./sqlite-prepared";
import type { Traces } from "./sqlite-traces";
import type { CompiledStatement, Statement, Value } from "./statement";
import { LostRace, type Transaction } from "./store";

interface Connection {
  readonly database: DatabaseSyncInstance;
  readonly traces: Traces;
  /** Each statement is prepared once. */
  prepared(sql: string): Prepared;
}

/** One job's statements, on the connection that all share. */
export class SqliteTransaction implements Transaction {
  #isOver = false;

  constructor(
    readonly now: number,
    private readonly connection: Connection,
  ) {}

  /** Whoever asks after this asks nobody: others are at work. */
  end(): void {
    this.#isOver = true;
  }

  // These are async so that a failing statement rejects, as on PostgreSQL; they never wait.
  async first<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    const [prepared, values] = this.#bound(statement, parameters);
    const row = prepared.statement.get(...values) as Value[] | undefined;
    return row && (prepared.named(row) as R);
  }

  async all<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    const [prepared, values] = this.#bound(statement, parameters);
    return (prepared.statement.all(...values) as Value[][]).map((row) => prepared.named(row) as R);
  }

  async run<P extends object>(statement: Statement<P, unknown>, parameters: P): Promise<number> {
    const [prepared, values] = this.#bound(statement, parameters);
    return prepared.statement.run(...values).changes;
  }

  write<P extends object>(statement: Statement<P, unknown>, parameters: P): void {
    const [prepared, values] = this.#bound(statement, parameters);
    prepared.statement.run(...values);
  }

  claim<P extends object>(statement: Statement<P, unknown>, parameters: P): void {
    const [prepared, values] = this.#bound(statement, parameters);
    if (prepared.statement.run(...values).changes !== 1) throw new LostRace("what was read is not so any more");
  }

  erases(): void {
    this.connection.traces.left();
  }

  async script(sql: string): Promise<void> {
    // SQLite knows `if not exists` of tables and indexes, not of columns.
    this.connection.database.exec(sql.replaceAll(/\b(add column) if not exists\b/gi, "$1"));
  }

  #bound<P extends object, R>(statement: Statement<P, R>, parameters: P): [Prepared, Value[]] {
    if (this.#isOver) throw new Error("the transaction is over");
    const compiled: CompiledStatement = statement.compiled.sqlite;
    return [
      this.connection.prepared(compiled.sql),
      compiled.values(parameters as Record<string, Value>, () => this.now),
    ];
  }
}
