import type { Transaction } from "../store";

/**
 * One step of the schema, done whole or not at all. Its parts follow one another: SQL that both databases speak, or what
 * SQL alone cannot say. A step that was released is never changed.
 */
export interface SchemaStep {
  version: number;
  parts: readonly (string | ((tx: Transaction) => Promise<void>))[];
}
