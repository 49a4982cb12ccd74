import { hash } from "node:crypto";

export type Dialect = "sqlite" | "postgres";
export type Value = string | number | null;

/** SQL as one database takes it, with the order of its parameters. */
export interface CompiledStatement {
  /** A hash of the SQL: names the prepared statement on a PostgreSQL connection, the same in every version that has it. */
  name: string;
  sql: string;
  values(parameters: Readonly<Record<string, Value>>): Value[];
}

/** A statement that takes parameters `P` and gives rows `R`; what it gives is the word of who wrote it. */
export interface Statement<in P, out R> {
  readonly compiled: Readonly<Record<Dialect, CompiledStatement>>;
  /** Only for the type checker. */
  readonly types?: (parameters: P) => R;
}

/** The rows a statement gives. */
export type RowOf<S> = S extends Statement<never, infer R> ? R : never;

const defined: Statement<never, unknown>[] = [];

/** Every statement of the server, for the test that prepares them on both databases. */
export const allStatements: readonly Statement<never, unknown>[] = defined;

/** `:name`, but no cast (`::bigint`). */
const PARAMETER = /(?<!:):([a-z]\w*)/gi;

/**
 * Defines a statement in the SQL that both databases speak, with parameters as `:name`. A value never stands in the text.
 * One whose columns are not named (`select *`) would break when a newer server adds a column.
 */
export function statement<P extends object, R = never>(text: string): Statement<P, R> {
  const names = [...text.matchAll(PARAMETER)].map(([, name = ""]) => name);
  const values = (parameters: Readonly<Record<string, Value>>): Value[] =>
    names.map((name) => {
      const value = parameters[name];
      if (value === undefined) throw new Error(`statement parameter ${name} is missing`);
      return value;
    });
  const compile = (placeholder: (number: number) => string): CompiledStatement => {
    let number = 0;
    const sql = text.replaceAll(PARAMETER, () => placeholder(++number));
    return { name: hash("sha256", sql, "base64url"), sql, values };
  };
  const result: Statement<P, R> = { compiled: { sqlite: compile(() => "?"), postgres: compile((n) => `$${n}`) } };
  defined.push(result);
  return result;
}
