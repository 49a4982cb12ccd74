import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import type { Dialect } from "../../src/store/statement";
import { POSTGRES_URL } from "../postgres-setup";

/** Both databases the server runs on; one of them where mutants are tried, of which there are a thousand. */
export const DIALECTS: readonly Dialect[] = process.env["SQLITE_ONLY"] === "1" ? ["sqlite"] : ["sqlite", "postgres"];

export interface TestDatabase {
  /** As DATABASE_URL wants it. */
  url: string;
  /** The folder of an SQLite file. */
  folder: string | undefined;
  drop(): Promise<void>;
}

/** An empty database of its own. */
export async function newDatabase(dialect: Dialect): Promise<TestDatabase> {
  if (dialect === "sqlite") {
    const folder = mkdtempSync(path.join(tmpdir(), "app2wxapp-server-"));
    const drop = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
    return { url: `sqlite:${path.join(folder, "server.db")}`, folder, drop };
  }
  const server = process.env[POSTGRES_URL];
  if (server === undefined) throw new Error("PostgreSQL was not started by jest's globalSetup");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await asAdministrator(server, `create database ${name}`);
  return {
    url: `${server}/${name}`,
    folder: undefined,
    drop: () => asAdministrator(server, `drop database ${name} with (force)`),
  };
}

async function asAdministrator(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
