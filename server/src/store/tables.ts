import { flag, number, orNull, table, text, type Row } from "./table";

// Every table as it is read and written; docs/storage.md tells what is in them. Times are epoch milliseconds, lists JSON.

export const pools = table("pools", {
  id: text,
  /** Random, and another one with every change: a parsed pool can be kept in memory and still never be stale. */
  revision: text,
  /** JSON: pools/pool-settings.ts. */
  settings: text,
  /** The AppID that stands in the settings, to find a pool by its applet. */
  wechat_app_id: orNull(text),
  /** Sealed. */
  wechat_app_secret: orNull(text),
  secret_hash: text,
  /** The key new tokens are signed with, unless the next one is due. */
  kid: text,
  /** The key that is announced, and when it begins to sign. */
  next_kid: orNull(text),
  next_key_signs_at: orNull(number),
  created_at: number,
  updated_at: number,
  /** Set while it is deleted piece by piece: to everybody it is gone. */
  deleted_at: orNull(number),
});
export type PoolRow = Row<typeof pools>;

export const tokenKeys = table("token_keys", {
  kid: text,
  pool_id: text,
  algorithm: text,
  /** Sealed: the HS256 key, or the ES256 private key as PKCS #8 in PEM. */
  secret: text,
  /** The ES256 public key as a JWK. */
  public_jwk: orNull(text),
  created_at: number,
  /** The longest life of a token it may have signed. */
  longest_ttl_seconds: number,
  /** Null while it signs; afterwards the end of the last token it may have signed. */
  retires_at: orNull(number),
});
export type TokenKeyRow = Row<typeof tokenKeys>;

export const users = table("users", {
  id: text,
  pool_id: text,
  unionid: orNull(text),
  nickname: text,
  photo: text,
  phone: orNull(text),
  /** 1 once a WeChat identity belongs to it, for ever: a phone number then no longer leads to it. */
  linked: flag,
  blocked: flag,
  logins_count: number,
  register_method: text,
  last_ip: orNull(text),
  last_login_at: orNull(number),
  created_at: number,
  /** Tokens issued before are not active: the person was signed out everywhere then. */
  tokens_valid_from: orNull(number),
  /** JSON: accounts/signed-in-apps.ts. */
  apps: text,
  /** When it will be erased, if its owner wants that and does not log in before. */
  deletes_at: orNull(number),
});
export type UserRow = Row<typeof users>;

export const identities = table("identities", {
  id: text,
  pool_id: text,
  app_id: text,
  openid: text,
  user_id: text,
  phone: orNull(text),
  phone_verified_at: orNull(number),
  created_at: number,
  /** JSON: ids of the accounts it left. */
  came_from: text,
});
export type IdentityRow = Row<typeof identities>;

export const consents = table("consents", { identity_id: text, version: text, agreed_at: number });
export type ConsentRow = Row<typeof consents>;

export const attempts = table("attempts", {
  hash: text,
  pool_id: text,
  app_id: text,
  openid: text,
  unionid: orNull(text),
  caller_app_id: orNull(text),
  code_challenge: orNull(text),
  nonce: orNull(text),
  wants_phone: flag,
  phone: orNull(text),
  phone_verified_at: orNull(number),
  /** 1 when the person went on without the phone that was asked for. */
  phone_waived: flag,
  phone_codes: number,
  agreed: text,
  ip: text,
  tickets_issued: number,
  created_at: number,
  expires_at: number,
  /** The later end of the attempt and its last ticket. */
  purge_at: number,
  consumed_at: orNull(number),
  /** Hash of the ticket that consumed it. */
  consumed_ticket: orNull(text),
  jti: orNull(text),
  token_expires_at: orNull(number),
  /** 0 no replay seen, 1 audited, 2 token revoked. */
  replay: number,
});
export type AttemptRow = Row<typeof attempts>;

/** Somebody looks at their own accounts. */
export const accountSessions = table("account_sessions", {
  hash: text,
  app_id: text,
  /** Whose openid it is, hashed. */
  person: text,
  expires_at: number,
});
export type AccountSessionRow = Row<typeof accountSessions>;

/** Of blocked people whose account was erased. */
export const tombstones = table("tombstones", { pool_id: text, person: text, user_id: text, created_at: number });
export type TombstoneRow = Row<typeof tombstones>;

export const challenges = table("challenges", { pool_id: text, challenge: text, person: text, expires_at: number });
export type ChallengeRow = Row<typeof challenges>;

export const tickets = table("tickets", {
  hash: text,
  pool_id: text,
  attempt_hash: text,
  /** The how-manieth of its attempt. */
  number,
  expires_at: number,
});
export type TicketRow = Row<typeof tickets>;

export const revocations = table("revocations", { pool_id: text, jti: text, revoked_at: number, expires_at: number });
export type RevocationRow = Row<typeof revocations>;

/** WeChat's, sealed. */
export const accessTokens = table("access_tokens", { app_id: text, token: text, expires_at: number });
export type AccessTokenRow = Row<typeof accessTokens>;

export const audit = table("audit", {
  id: text,
  at: number,
  pool_id: orNull(text),
  actor: text,
  event: text,
  subject: orNull(text),
  details: text,
});
export type AuditRow = Row<typeof audit>;

export const facts = table("facts", { name: text, value: text });
export type FactRow = Row<typeof facts>;

export const schemaMigrations = table("schema_migrations", { version: number, applied_at: number });
export type SchemaMigrationRow = Row<typeof schemaMigrations>;

export const limits = table("limits", {
  /** Who is counted and for what, unreadable. */
  key: text,
  /** The theoretical arrival time: how far ahead what was taken reaches. */
  tat: number,
});
export type LimitRow = Row<typeof limits>;
/** Of the console: who signed in with which administrator's token. */
export const consoleSessions = table("console_sessions", {
  hash: text,
  /** Of the administrator's token; when that leaves the settings, the session is over. */
  token_hash: text,
  /** The last request, to the minute. */
  seen_at: number,
  idle_at: number,
  ends_at: number,
});
export type ConsoleSessionRow = Row<typeof consoleSessions>;

export const deletions = table("deletions", {
  pool_id: text,
  name: text,
  actor: text,
  users_total: number,
  users_deleted: number,
  started_at: number,
  finished_at: orNull(number),
});
export type DeletionRow = Row<typeof deletions>;

export const loginEvents = table("login_events", {
  id: text,
  at: number,
  pool_id: text,
  user_id: orNull(text),
  caller_app_id: orNull(text),
  /** `ok`, or the error code. */
  outcome: text,
});
export type LoginEventRow = Row<typeof loginEvents>;

export const figures = table("figures", {
  /** A pool's id, `pools` for all of them together, or `wechat`. */
  scope: text,
  /** Seconds: 60 or 3600. */
  span: number,
  begins_at: number,
  topic: text,
  outcome: text,
  count: number,
  /** The sum of all durations. */
  milliseconds: number,
});
export type FigureRow = Row<typeof figures>;
