import type { SchemaStep } from "./step";

/** Who works in the console. */
export const consoleSessions: SchemaStep = {
  version: 5,
  parts: [
    `
      create table if not exists console_sessions (
        hash text primary key,
        token_hash text not null,
        seen_at bigint not null,
        idle_at bigint not null,
        ends_at bigint not null
      );
      create index if not exists console_sessions_by_idle on console_sessions (idle_at);
    `,
  ],
};
