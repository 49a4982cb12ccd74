import type { SchemaStep } from "./step";

/** How often something was tried, by a key nobody can read. */
export const limits: SchemaStep = {
  version: 4,
  parts: [
    `
      create table limits (key text primary key, tat bigint not null);
      create index limits_by_end on limits (tat);
    `,
  ],
};
