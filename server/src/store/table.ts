/** A column as SQL declares it; `T` is what it is in TypeScript. */
interface Column<T> {
  readonly kind: "text" | "integer";
  readonly nullable: boolean;
  readonly value?: T;
}

export const text: Column<string> = { kind: "text", nullable: false };
/** An integer or a bigint, far below 2^53. */
export const number: Column<number> = { kind: "integer", nullable: false };
/** 0 or 1. */
export const flag = number;

export function orNull<T>({ kind }: Column<T>): Column<T | null> {
  return { kind, nullable: true };
}

type Columns = Readonly<Record<string, Column<string | number | null>>>;

interface Table<C> {
  readonly name: string;
  readonly described: C;
  /** All columns, for a `select` or a `returning`. Each has the table's name before it, so that they can stand in a join. */
  readonly columns: string;
  /** The statement that writes a row, with a parameter for each column. */
  readonly insert: string;
  /** The same where a condition holds, which may name the columns' parameters. */
  insertWhere(condition: string): string;
  /** What sets each column of a row, for an `update`. */
  readonly assignments: string;
}

/** A row of a table that was described with {@link table}. */
export type Row<T> =
  T extends Table<infer C>
    ? { -readonly [Name in keyof C]: C[Name] extends Column<infer Value> ? Value : never }
    : never;

/** Describes a table once: the type of its rows, and the SQL that has to name every column. A test holds it to the schema. */
export function table<const C extends Columns>(name: string, described: C): Table<C> {
  const names = Object.keys(described);
  // PostgreSQL infers no type of a parameter that is merely selected.
  const given = (column: string): string =>
    `cast(:${column} as ${described[column]?.kind === "text" ? "text" : "bigint"})`;
  const list = (each: (column: string) => string): string => names.map(each).join(", ");
  return {
    name,
    described,
    columns: list((column) => `${name}.${column}`),
    insert: `insert into ${name} (${list((column) => column)}) values (${list((column) => `:${column}`)})`,
    insertWhere: (condition) =>
      `insert into ${name} (${list((column) => column)}) select ${list(given)} where ${condition}`,
    assignments: list((column) => `${column} = :${column}`),
  };
}
