import type { Dialect } from "../statement";
import type { Transaction } from "../store";

/** SQL that both databases speak, or that of each, or what SQL alone cannot say. */
export type SchemaPart = string | Readonly<Record<Dialect, string>> | ((tx: Transaction) => Promise<void>);

/**
 * One step of the schema, part by part. A step that was released is never changed.
 *
 * Some databases that speak PostgreSQL's protocol commit each change of a table at once, and a server may end between two
 * parts. So a part comes to the same when it runs again, also after the parts that follow it: `if not exists`, `if exists`.
 * And while servers are replaced one by one, those of the version before go on with what the step leaves them: it takes
 * away nothing that they read or write.
 */
export interface SchemaStep {
  version: number;
  parts: readonly SchemaPart[];
}
