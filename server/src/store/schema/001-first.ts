import type { SchemaStep } from "./step";

export const first: SchemaStep = {
  version: 1,
  parts: [
    `
      create table if not exists facts (name text primary key, value text not null);
      create table if not exists pools (
        id text primary key,
        revision text not null,
        name text not null,
        logo text,
        agreements text not null,
        wechat_app_id text,
        wechat_app_secret text,
        exchange text not null,
        require_pkce integer not null,
        allowed_apps text not null,
        missing_caller text not null,
        phone text not null,
        phone_optional integer not null,
        phone_max_age_days integer not null,
        ticket_ttl_seconds integer not null,
        response_style text not null,
        login_only integer not null,
        token_algorithm text not null,
        token_ttl_seconds integer not null,
        secret_hash text not null,
        kid text not null,
        created_at bigint not null,
        updated_at bigint not null
      );
      create table if not exists token_keys (
        kid text primary key,
        pool_id text not null references pools (id) on delete cascade,
        algorithm text not null,
        secret text not null,
        public_jwk text,
        created_at bigint not null,
        longest_ttl_seconds integer not null,
        retires_at bigint
      );
      create index if not exists token_keys_by_pool on token_keys (pool_id);
      create table if not exists users (
        id text primary key,
        pool_id text not null references pools (id) on delete cascade,
        unionid text,
        nickname text not null,
        photo text not null,
        phone text,
        linked integer not null,
        blocked integer not null,
        logins_count bigint not null,
        register_method text not null,
        last_ip text,
        last_login_at bigint,
        created_at bigint not null
      );
      create unique index if not exists users_by_unionid on users (pool_id, unionid);
      create index if not exists users_by_phone on users (pool_id, phone);
      create index if not exists users_by_pool on users (pool_id, id);
      create table if not exists identities (
        id text primary key,
        pool_id text not null references pools (id) on delete cascade,
        app_id text not null,
        openid text not null,
        user_id text not null references users (id) on delete cascade,
        phone text,
        phone_verified_at bigint,
        created_at bigint not null
      );
      create unique index if not exists identities_by_openid on identities (pool_id, app_id, openid);
      create index if not exists identities_by_user on identities (user_id);
      create table if not exists consents (
        identity_id text not null references identities (id) on delete cascade,
        version text not null,
        agreed_at bigint not null,
        primary key (identity_id, version)
      );
      create table if not exists attempts (
        hash text primary key,
        pool_id text not null references pools (id) on delete cascade,
        app_id text not null,
        openid text not null,
        unionid text,
        caller_app_id text,
        code_challenge text,
        wants_phone integer not null,
        phone text,
        phone_verified_at bigint,
        phone_waived integer not null,
        phone_codes integer not null,
        agreed text not null,
        ip text not null,
        tickets_issued integer not null,
        created_at bigint not null,
        expires_at bigint not null,
        purge_at bigint not null,
        consumed_at bigint,
        consumed_ticket text,
        jti text,
        token_expires_at bigint,
        replay integer not null
      );
      create index if not exists attempts_by_purge on attempts (purge_at);
      create table if not exists tickets (
        hash text primary key,
        pool_id text not null,
        attempt_hash text not null references attempts (hash) on delete cascade,
        number integer not null,
        expires_at bigint not null
      );
      create index if not exists tickets_by_attempt on tickets (attempt_hash);
      create table if not exists revocations (
        pool_id text not null references pools (id) on delete cascade,
        jti text not null,
        revoked_at bigint not null,
        expires_at bigint not null,
        primary key (pool_id, jti)
      );
      create index if not exists revocations_by_expiry on revocations (expires_at);
      create table if not exists access_tokens (app_id text primary key, token text not null, expires_at bigint not null);
      create table if not exists audit (
        id text primary key,
        at bigint not null,
        pool_id text,
        actor text not null,
        event text not null,
        subject text,
        details text not null
      );
      create index if not exists audit_by_pool on audit (pool_id, id);
      create index if not exists audit_by_time on audit (at);
    `,
  ],
};
