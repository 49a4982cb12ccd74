import { ask } from "./client";
import type {
  AppletHealth,
  AuditEntry,
  CreatedPool,
  Deletion,
  Figure,
  Identity,
  Login,
  Person,
  Pool,
  PoolChange,
  PoolCreation,
  RotatedKey,
  Rotation,
  Session,
  Step,
  Surroundings,
  WeChatCheck,
} from "./types";

const PAGE = 50;

export interface Part<T> {
  items: T[];
  /** Where the next page begins; undefined: this was the last. */
  next: string | undefined;
}

function part<T>(items: T[], key: (item: T) => string, limit = PAGE): Part<T> {
  const last = items.at(-1);
  return { items, next: last !== undefined && items.length === limit ? key(last) : undefined };
}

export const session = {
  read: (signal?: AbortSignal) => ask<Session>("/session", signal ? { signal } : {}),
  open: (token: string) => ask<Session>("/session", { method: "POST", body: { token } }),
  close: () => ask<void>("/session", { method: "DELETE" }),
};

export const surroundings = (signal: AbortSignal) => ask<Surroundings>("/surroundings", { signal });

export const pools = {
  async list(after: string | undefined, signal: AbortSignal): Promise<Part<Pool>> {
    const { pools: items } = await ask<{ pools: Pool[] }>("/pools", { query: { after, limit: PAGE }, signal });
    return part(items, ({ id }) => id);
  },
  /** Enough for a menu to choose from. */
  async names(signal: AbortSignal): Promise<Pool[]> {
    return (await ask<{ pools: Pool[] }>("/pools", { query: { limit: 500 }, signal })).pools;
  },
  async read(id: string, signal: AbortSignal): Promise<Pool> {
    return (await ask<{ pool: Pool }>(`/pools/${id}`, { signal })).pool;
  },
  create: (body: PoolCreation) => ask<CreatedPool>("/pools", { method: "POST", body }),
  change: (id: string, body: PoolChange, former: Pool) =>
    ask<{ pool: Pool; warnings: string[] }>(`/pools/${id}`, {
      method: "PATCH",
      body,
      ifMatch: `"${former.updatedAt}"`,
    }),
  remove: (id: string) => ask<{ deletion: Deletion }>(`/pools/${id}`, { method: "DELETE" }),
  deletion: async (id: string, signal: AbortSignal) =>
    (await ask<{ deletion: Deletion }>(`/pools/${id}/deletion`, { signal })).deletion,
  deletions: async (signal: AbortSignal) =>
    (await ask<{ deletions: Deletion[] }>("/deletions", { query: { limit: 20 }, signal })).deletions,
  replaceSecret: (id: string) => ask<{ secret: string }>(`/pools/${id}/secret`, { method: "POST" }),
  rotateKey: (id: string, body: Rotation) => ask<RotatedKey>(`/pools/${id}/token-key`, { method: "POST", body }),
  checkWeChat: (id: string) => ask<WeChatCheck>(`/pools/${id}/wechat-check`, { method: "POST" }),
};

/** How people are looked for: one of these. */
export type Search =
  { by: "all" } | { by: "phone" | "unionid" | "id"; value: string } | { by: "openid"; value: string; appId: string };

export interface ImportRow {
  phone: string;
  nickname?: string;
  photo?: string;
}

export interface ImportReply {
  results: { outcome: "new" | "known" | "invalid"; reason?: string }[];
}

export const people = {
  async list(pool: string, search: Search, after: string | undefined, signal: AbortSignal): Promise<Part<Person>> {
    const found = search.by === "all" ? {} : { [search.by]: search.value };
    const applet = search.by === "openid" ? { appId: search.appId } : {};
    const { users } = await ask<{ users: Person[] }>(`/pools/${pool}/users`, {
      query: { after, limit: PAGE, masked: true, ...found, ...applet },
      signal,
    });
    return part(users, ({ id }) => id);
  },
  read: (pool: string, id: string, signal: AbortSignal) =>
    ask<{ user: Person; identities: Identity[] }>(`/pools/${pool}/users/${id}`, { query: { masked: true }, signal }),
  async logins(pool: string, id: string, before: string | undefined, signal: AbortSignal): Promise<Part<Login>> {
    const query = { before, limit: 20 };
    const { logins } = await ask<{ logins: Login[] }>(`/pools/${pool}/users/${id}/logins`, { query, signal });
    return part(logins, (login) => login.id, 20);
  },
  showPhone: (pool: string, id: string) =>
    ask<{ phone: string | null }>(`/pools/${pool}/users/${id}/phone`, { method: "POST" }),
  block: (pool: string, id: string, blocked: boolean) =>
    ask<{ user: Person }>(`/pools/${pool}/users/${id}`, { method: "PATCH", body: { blocked } }),
  signOut: (pool: string, id: string) =>
    ask<{ user: Person }>(`/pools/${pool}/users/${id}/sign-out`, { method: "POST" }),
  erase: (pool: string, id: string) => ask<void>(`/pools/${pool}/users/${id}`, { method: "DELETE" }),
  bring: (pool: string, users: ImportRow[], dryRun: boolean, signal: AbortSignal) =>
    ask<ImportReply>(`/pools/${pool}/users/import`, { method: "POST", body: { users, dryRun }, signal }),
};

export interface Span {
  from: number;
  to: number;
  step: Step;
}

export const figures = {
  async logins(pool: string | undefined, span: Span, signal: AbortSignal): Promise<Figure[]> {
    const path = pool === undefined ? "/figures" : `/pools/${pool}/figures`;
    return (await ask<{ figures: Figure[] }>(path, { query: { ...span }, signal })).figures;
  },
  async wechat(span: Span, signal: AbortSignal): Promise<Figure[]> {
    return (await ask<{ figures: Figure[] }>("/wechat/figures", { query: { ...span }, signal })).figures;
  },
  async applets(signal: AbortSignal): Promise<AppletHealth[]> {
    return (await ask<{ applets: AppletHealth[] }>("/wechat", { signal })).applets;
  },
};

export interface AuditFilter {
  pool?: string;
  actor?: string;
  event?: string;
  subject?: string;
  from?: number;
  to?: number;
}

export async function audit(
  filter: AuditFilter,
  before: string | undefined,
  signal: AbortSignal,
  limit = PAGE,
): Promise<Part<AuditEntry>> {
  const query = { ...filter, before, limit };
  const { entries, next } = await ask<{ entries: AuditEntry[]; next: string | null }>("/audit", { query, signal });
  return { items: entries, next: next ?? undefined };
}
