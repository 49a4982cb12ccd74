// What administration answers with. A test holds these equal to the server's schemas.

/** A text for people: one for everybody, or one for each language. */
export type LocalText = string | { "zh-CN": string; "zh-TW"?: string; en?: string };

export interface Reasons {
  phone?: LocalText;
  identity?: LocalText;
}

export interface CallingApp {
  appId: string;
  name: LocalText;
  logo?: string;
  color?: string;
  reasons?: Reasons;
}

export interface Agreement {
  title: string;
  text: string;
  version: string;
  required: boolean;
}

/** What an operator may change of a pool. */
export interface PoolSettings {
  name: LocalText;
  logo: string | null;
  color: string | null;
  reasons: Reasons;
  agreements: Agreement[];
  wechatAppId: string | null;
  wechatUserName: string | null;
  exchange: "secret" | "pkce" | "open";
  requirePkce: boolean;
  allowedApps: CallingApp[] | "*";
  missingCaller: "deny" | "allow";
  phone: "never" | "onRequest" | "always";
  phoneOptional: boolean;
  phoneMaxAgeDays: number;
  ticketTtlSeconds: number;
  responseStyle: "user" | "envelope";
  loginOnly: boolean;
  tokenTtlSeconds: number;
}

export interface Pool extends PoolSettings {
  id: string;
  tokenAlgorithm: "HS256" | "ES256";
  createdAt: number;
  updatedAt: number;
}

export interface CreatedPool {
  pool: Pool;
  secret: string;
  tokenKey: string | null;
  warnings: string[];
}

export type PoolCreation = Partial<PoolSettings> &
  Pick<PoolSettings, "name" | "allowedApps"> & {
    id?: string;
    wechatAppSecret?: string;
    tokenAlgorithm?: Pool["tokenAlgorithm"];
  };

export type PoolChange = Partial<PoolSettings> & { wechatAppSecret?: string | null };

export interface Deletion {
  poolId: string;
  name: string;
  actor: string;
  state: "running" | "done";
  usersDeleted: number;
  usersTotal: number;
  startedAt: number;
  finishedAt: number | null;
}

export interface Person {
  id: string;
  nickname: string;
  photo: string;
  phone: string | null;
  unionid: string | null;
  blocked: boolean;
  loginsCount: number;
  registerMethod: string;
  lastLoginAt: number | null;
  createdAt: number;
  tokensValidFrom: number | null;
}

export interface Identity {
  appId: string;
  openid: string;
  createdAt: number;
}

export interface Login {
  id: string;
  at: number;
  userId: string | null;
  callerAppId: string | null;
  /** `ok`, or the error code it was refused with. */
  outcome: string;
}

export interface AuditEntry {
  id: string;
  at: number;
  poolId: string | null;
  actor: string;
  event: string;
  subject: string | null;
  details: Record<string, unknown>;
}

export interface Figure {
  at: number;
  topic: string;
  outcome: string;
  count: number;
  /** The sum of all durations. */
  milliseconds: number;
}

export type Step = "minute" | "hour" | "day";

export interface AppletHealth {
  appId: string;
  state: "open" | "paused";
  running: number;
  waiting: number;
}

export type WeChatCheck =
  { appId: string; ok: true } | { appId: string; ok: false; error: string; errcode: number | null; ip?: string };

export interface Session {
  name: string;
  role: "owner" | "reader";
  /** Sent with each request of the page: see client.ts. */
  proof: string;
  /** When nothing happens until then, it is over; epoch ms. */
  idleAt: number;
}

/** What the console says of the server itself. */
export interface Surroundings {
  /** Begins the issuer, and what the applet and backends call. */
  publicOrigin: string;
  /** The applet of pools without one of their own. */
  sharedApplet: { appId: string; userName: string | null } | null;
  /** The browser phone, when it runs on this machine. */
  phone: { origin: string; hostAppId: string } | null;
  /** Whether WeChat is a stand-in for tests. */
  standIn: boolean;
}
