import type { SchemaStep } from "./step";

/**
 * Finding people by their number, page by page. With the number alone in an index, SQLite prefers the one that keeps the
 * order and walks through the whole pool, which stops every login meanwhile.
 */
export const peopleOfANumber: SchemaStep = {
  version: 9,
  parts: [
    `
      create index if not exists users_by_phone_and_id on users (pool_id, phone, id);
      drop index if exists users_by_phone;
    `,
  ],
};
