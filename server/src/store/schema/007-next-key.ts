import type { SchemaStep } from "./step";

/** The key a pool has announced, and when it begins to sign. */
export const nextKey: SchemaStep = {
  version: 7,
  parts: [
    "alter table pools add column if not exists next_kid text",
    "alter table pools add column if not exists next_key_signs_at bigint",
  ],
};
