import type { AllowedApp, PoolSettings as StoredSettings } from "../../../server/src/pools/pool-settings";

// What administration answers with. What a pool's settings are is said by the server, once.

export type Agreement = StoredSettings["agreements"][number];
export type CallingApp = AllowedApp;
export type Reasons = StoredSettings["reasons"];
/** A text for people: one for everybody, or one for each language. */
export type LocalText = StoredSettings["name"];

/** What an operator may change of a pool. */
export type PoolSettings = Omit<StoredSettings, "tokenAlgorithm">;

export interface Pool extends StoredSettings {
  id: string;
  /** The key that signs, until the next one does. */
  kid: string;
  nextKid: string | null;
  nextKeySignsAt: number | null;
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
  /** When the account will be erased, since its owner asked for it. */
  deletesAt: number | null;
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

/** When a new token key begins to sign: announced until then, or at once. */
export type Rotation = { signsAt: number } | { activateNow: true } | { dropFormer: true };

export interface RotatedKey {
  kid: string;
  /** Of an HS256 pool, shown once. */
  tokenKey: string | null;
  signsAt: number;
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
  phoneOrigin: string | null;
  /** Whether WeChat is a stand-in for tests. */
  standIn: boolean;
}
