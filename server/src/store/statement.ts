import { hash } from "node:crypto";

export type Dialect = "sqlite" | "postgres";
export type Value = string | number | null;

/** SQL as one database takes it, with the order of its parameters. */
export interface CompiledStatement {
  /** A hash of the SQL: names the prepared statement on a PostgreSQL connection, the same in every version that has it. */
  name: string;
  sql: string;
  /** `now` is the transaction's. */
  values(parameters: Readonly<Record<string, Value>>, now: () => number): Value[];
}

/** A statement that takes parameters `P` and gives rows `R`; what it gives is the word of who wrote it. */
export interface Statement<in P, out R> {
  readonly compiled: Readonly<Record<Dialect, CompiledStatement>>;
  /** For PostgreSQL: the same, failing by a division by zero when it writes no row. */
  claiming(): CompiledStatement;
  /** Only for the type checker. */
  readonly types?: (parameters: P) => R;
}

/** The rows a statement gives. */
export type RowOf<S> = S extends Statement<never, infer R> ? R : never;

const defined: Statement<never, unknown>[] = [];

/** Every statement of the server, for the test that prepares them on both databases. */
export const allStatements: readonly Statement<never, unknown>[] = defined;

/** `:name`, but no cast (`::bigint`), and `{now}`. */
const PARAMETER = /(?<!:):([a-z]\w*)|\{now\}/gi;
const NOW = /\{now\}/g;
/** When the transaction began, in PostgreSQL's own words. */
export const POSTGRES_NOW = "(extract(epoch from transaction_timestamp()) * 1000)::bigint";

/**
 * Defines a statement in the SQL that both databases speak, with parameters as `:name`, and `{now}` for the transaction's
 * time, which a job then need not know yet. A value never stands in the text.
 * One whose columns are not named (`select *`) would break when a newer server adds a column.
 */
export function statement<P extends object, R = never>(text: string): Statement<P, R> {
  const compile = (ofDialect: string, placeholder: (number: number) => string): CompiledStatement => {
    const names = [...ofDialect.matchAll(PARAMETER)].map(([, name]) => name);
    let number = 0;
    const sql = ofDialect.replaceAll(PARAMETER, () => placeholder(++number));
    return {
      name: hash("sha256", sql, "base64url"),
      sql,
      values: (parameters, now) =>
        names.map((name) => {
          const value = name === undefined ? now() : parameters[name];
          if (value === undefined) throw new Error(`statement parameter ${name} is missing`);
          return value;
        }),
    };
  };
  const postgres = (sql: string): CompiledStatement => compile(sql.replaceAll(NOW, POSTGRES_NOW), (n) => `$${n}`);
  let claiming: CompiledStatement | undefined;
  const result: Statement<P, R> = {
    compiled: { sqlite: compile(text, () => "?"), postgres: postgres(text) },
    claiming: () => (claiming ??= postgres(`with written as (${text} returning 1) select 1 / count(*) from written`)),
  };
  defined.push(result);
  return result;
}
