import { statement } from "./statement";
import { consoleSessions, type ConsoleSessionRow } from "./tables";

export const insertSession = statement<ConsoleSessionRow>(consoleSessions.insert);

export const findSession = statement<{ hash: string }, ConsoleSessionRow>(
  `select ${consoleSessions.columns} from console_sessions where hash = :hash`,
);

export const touchSession = statement<{ hash: string; seenAt: number; idleAt: number }>(
  "update console_sessions set seen_at = :seenAt, idle_at = :idleAt where hash = :hash and seen_at < :seenAt",
);

export const deleteSession = statement<{ hash: string }>("delete from console_sessions where hash = :hash");

export const purgeSessions = statement<{ now: number; limit: number }>(
  "delete from console_sessions where hash in (select hash from console_sessions where idle_at <= :now limit :limit)",
);
