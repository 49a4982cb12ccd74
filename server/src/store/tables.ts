/** Every table as a row is read and written. Times are epoch milliseconds, flags 0 or 1, lists JSON. */
export interface Tables {
  pools: PoolRow;
  token_keys: TokenKeyRow;
  users: UserRow;
  identities: IdentityRow;
  consents: { identity_id: string; version: string; agreed_at: number };
  attempts: AttemptRow;
  tickets: TicketRow;
  revocations: { jti: string; pool_id: string; revoked_at: number; expires_at: number };
  access_tokens: { app_id: string; token: string; expires_at: number };
  audit: AuditRow;
  facts: { name: string; value: string };
  schema_migrations: { version: number; applied_at: number };
}

export interface PoolRow {
  id: string;
  /** Random, and another one with every change: a parsed pool can be kept in memory and still never be stale. */
  revision: string;
  name: string;
  logo: string | null;
  agreements: string;
  wechat_app_id: string | null;
  /** Sealed. */
  wechat_app_secret: string | null;
  exchange: string;
  require_pkce: number;
  allowed_apps: string;
  missing_caller: string;
  phone: string;
  phone_optional: number;
  phone_max_age_days: number;
  ticket_ttl_seconds: number;
  response_style: string;
  login_only: number;
  token_algorithm: string;
  token_ttl_seconds: number;
  secret_hash: string;
  /** The key new tokens are signed with. */
  kid: string;
  created_at: number;
  updated_at: number;
}

export interface TokenKeyRow {
  kid: string;
  pool_id: string;
  algorithm: string;
  /** Sealed: the HS256 key, or the ES256 private key as PKCS #8 in PEM. */
  secret: string;
  /** The ES256 public key as a JWK. */
  public_jwk: string | null;
  created_at: number;
  /** The longest life of a token it may have signed. */
  longest_ttl_seconds: number;
  /** Null while it signs; afterwards the end of the last token it may have signed. */
  retires_at: number | null;
}

export interface UserRow {
  id: string;
  pool_id: string;
  unionid: string | null;
  nickname: string;
  photo: string;
  phone: string | null;
  /** 1 once a WeChat identity belongs to it, for ever: a phone number then no longer leads to it. */
  linked: number;
  blocked: number;
  logins_count: number;
  register_method: string;
  last_ip: string | null;
  last_login_at: number | null;
  created_at: number;
}

export interface IdentityRow {
  id: string;
  pool_id: string;
  app_id: string;
  openid: string;
  user_id: string;
  phone: string | null;
  phone_verified_at: number | null;
  created_at: number;
}

export interface AttemptRow {
  hash: string;
  pool_id: string;
  app_id: string;
  openid: string;
  unionid: string | null;
  caller_app_id: string | null;
  code_challenge: string | null;
  wants_phone: number;
  phone: string | null;
  phone_verified_at: number | null;
  /** 1 when the person went on without the phone that was asked for. */
  phone_waived: number;
  phone_codes: number;
  agreed: string;
  ip: string;
  tickets_issued: number;
  created_at: number;
  expires_at: number;
  /** The later end of the attempt and its last ticket. */
  purge_at: number;
  consumed_at: number | null;
  /** Hash of the ticket that consumed it. */
  consumed_ticket: string | null;
  jti: string | null;
  token_expires_at: number | null;
  /** 0 no replay seen, 1 audited, 2 token revoked. */
  replay: number;
}

export interface TicketRow {
  hash: string;
  pool_id: string;
  attempt_hash: string;
  /** The how-manieth of its attempt. */
  number: number;
  expires_at: number;
}

export interface AuditRow {
  id: string;
  at: number;
  pool_id: string | null;
  actor: string;
  event: string;
  subject: string | null;
  details: string;
}
