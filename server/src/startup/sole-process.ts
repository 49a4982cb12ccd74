import { DatabaseSync } from "@photostructure/sqlite";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { sqlitePath } from "./open-store";
import { SettingsError } from "./settings";

/**
 * Keeps a second server from one SQLite file: each would answer for what the other has in memory, and they would wait for
 * each other's locks. Held by a lock of the operating system on a file beside it, so that it ends with the process, however
 * that ends. PostgreSQL takes any number of servers. Returns what gives the lock back.
 */
export async function claimDatabase(databaseUrl: string): Promise<() => void> {
  if (!databaseUrl.startsWith("sqlite:")) return () => undefined;
  const path = `${sqlitePath(databaseUrl)}-server`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
  const lock = new DatabaseSync(path);
  try {
    lock.exec("pragma journal_mode = off; begin exclusive");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    throw new SettingsError([
      "DATABASE_URL: another server uses this SQLite file: stop it first, or use PostgreSQL for several",
    ]);
  }
  return () => lock.close();
}

/** https://sqlite.org/rescode.html */
const BUSY = 5;
