import type { SchemaStep } from "./step";

/** How often something was tried, by a key nobody can read. */
export const limits: SchemaStep = {
  version: 4,
  parts: [
    `
      create table if not exists limits (key text primary key, tat bigint not null);
      create index if not exists limits_by_end on limits (tat);
    `,
  ],
};
