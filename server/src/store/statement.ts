import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Compilable,
} from "kysely";
import type { Tables } from "./tables";

export type Dialect = "sqlite" | "postgres";
export type Value = string | number | null;

/** SQL of one dialect with the order of its parameters, ready to be prepared once and run often. */
export interface CompiledStatement {
  /** Unique in the process: names the prepared statement on a PostgreSQL connection. */
  name: string;
  sql: string;
  values(parameters: Readonly<Record<string, Value>>): Value[];
}

/**
 * A query written once with Kysely's builder, checked against the tables both ways, and compiled once per dialect.
 * Building and compiling it anew for each request took longer than SQLite needs to run it.
 */
export interface Statement<in P, out R> {
  compiled(dialect: Dialect): CompiledStatement;
  /** Only for the type checker. */
  readonly types?: (parameters: P) => R;
}

/** Stands in the query where a parameter's value will be. */
class Slot {
  constructor(readonly parameter: string) {}
}

const builders: Record<Dialect, Kysely<Tables>> = {
  sqlite: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
};

const defined: Statement<never, unknown>[] = [];

/** Every statement of the server, for the test that reads their SQL. */
export const allStatements: readonly Statement<never, unknown>[] = defined;

/** Defines a statement. `build` must use each parameter as a value only: it sees stand-ins. */
export function statement<P extends object, R>(
  build: (db: Kysely<Tables>, parameters: P) => Compilable<R>,
): Statement<P, R> {
  const number = defined.length + 1;
  const compiled: Partial<Record<Dialect, CompiledStatement>> = {};
  const slots = new Proxy({}, { get: (_target, name) => new Slot(String(name)) });
  const result: Statement<P, R> = {
    compiled: (dialect) =>
      (compiled[dialect] ??= compile(`s${number}`, build(builders[dialect], slots as P).compile())),
  };
  defined.push(result);
  return result;
}

function compile(name: string, query: { sql: string; parameters: readonly unknown[] }): CompiledStatement {
  const sources = query.parameters;
  return {
    name,
    sql: query.sql,
    values: (parameters) =>
      sources.map((source) => {
        if (!(source instanceof Slot)) return source as Value;
        const value = parameters[source.parameter];
        if (value === undefined) throw new Error(`statement parameter ${source.parameter} is missing`);
        return value;
      }),
  };
}
