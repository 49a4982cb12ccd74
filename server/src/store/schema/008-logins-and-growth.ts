import type { SchemaStep } from "./step";

/** What operators look at, signing somebody out everywhere, pools that are deleted piece by piece, erasing by an index. */
export const loginsAndGrowth: SchemaStep = {
  version: 8,
  parts: [
    `
      alter table users add column if not exists tokens_valid_from bigint;
      alter table pools add column if not exists deleted_at bigint;
      create table if not exists deletions (
        pool_id text primary key,
        name text not null,
        actor text not null,
        users_total bigint not null,
        users_deleted bigint not null,
        started_at bigint not null,
        finished_at bigint
      );
      create table if not exists login_events (
        id text primary key,
        at bigint not null,
        pool_id text not null,
        user_id text,
        caller_app_id text,
        outcome text not null
      );
      create index if not exists login_events_by_pool on login_events (pool_id, id);
      create index if not exists login_events_by_user on login_events (user_id, id);
      create table if not exists figures (
        scope text not null,
        span integer not null,
        begins_at bigint not null,
        topic text not null,
        outcome text not null,
        count bigint not null,
        milliseconds bigint not null,
        primary key (scope, span, begins_at, topic, outcome)
      );
      create index if not exists figures_by_time on figures (span, begins_at);
      create index if not exists attempts_by_openid on attempts (pool_id, openid);
      create index if not exists attempts_by_unionid on attempts (pool_id, unionid);
    `,
  ],
};
