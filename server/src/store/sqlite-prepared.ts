import type { DatabaseSyncInstance, StatementSyncInstance } from "@photostructure/sqlite";
import type { Value } from "./statement";

/** A statement that gives rows as lists, which takes a third less time than objects made across the border to C. */
export interface Prepared {
  statement: StatementSyncInstance;
  named(row: Value[]): Record<string, Value>;
}

export function prepare(database: DatabaseSyncInstance, sql: string): Prepared {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  const names = statement.columns().map(({ name }) => name);
  const named = (row: Value[]): Record<string, Value> => {
    const object: Record<string, Value> = {};
    for (let column = 0; column < names.length; column++) object[names[column] as string] = row[column] as Value;
    return object;
  };
  return { statement, named };
}
