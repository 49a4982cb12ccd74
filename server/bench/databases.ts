import { DatabaseSync } from "@photostructure/sqlite";
import path from "node:path";
import { Client } from "pg";

export type Dialect = "sqlite" | "postgres";

export interface BenchDatabase {
  dialect: Dialect;
  /** As DATABASE_URL wants it. */
  url: string;
}

/** Makes empty databases in a folder, or on a running PostgreSQL. */
export class Databases {
  #count = 0;
  constructor(
    readonly folder: string,
    readonly postgres: string,
  ) {}

  async create(dialect: Dialect): Promise<BenchDatabase> {
    const name = `bench_${++this.#count}`;
    if (dialect === "sqlite") return { dialect, url: `sqlite:${path.join(this.folder, `${name}.db`)}` };
    await run({ dialect, url: `${this.postgres}/postgres` }, [`create database ${name}`]);
    return { dialect, url: `${this.postgres}/${name}` };
  }
}

/**
 * Multiplies the one login that is in the database until there are so many users, each with an identity, a live attempt and
 * a live ticket. What is unique becomes random; every other column is as the server wrote it.
 */
export async function multiply(database: BenchDatabase, count: number): Promise<void> {
  const { dialect } = database;
  const series =
    dialect === "sqlite"
      ? `(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) select i from n)`
      : `(select i from generate_series(1, ${count}) as i)`;
  const hash = (salt: string): string =>
    dialect === "sqlite" ? `lower(hex(randomblob(32)))` : `encode(sha256(('${salt}' || n.i)::bytea), 'hex')`;
  const numbered = (letter: string): string =>
    dialect === "sqlite" ? `printf('${letter}%023d', n.i)` : `'${letter}' || lpad(n.i::text, 23, '0')`;
  // Late enough for the whole bench, though an attempt ends after ten minutes.
  const later = (Date.now() + 3_600_000).toString();
  await copy(database, "users", series, { id: numbered("a"), unionid: `'u' || ${hash("u")}` });
  await copy(database, "identities", series, {
    id: numbered("b"),
    openid: `'o' || ${hash("o")}`,
    user_id: numbered("a"),
  });
  await copy(database, "attempts", series, {
    hash: numbered("c"),
    openid: `'o' || ${hash("p")}`,
    purge_at: later,
    expires_at: later,
    consumed_at: "null",
  });
  await copy(database, "tickets", series, { hash: hash("t"), attempt_hash: numbered("c"), expires_at: later });
  await run(database, ["analyze"]);
}

/** Makes every attempt one that has ended. */
export function expire(database: BenchDatabase): Promise<void> {
  return run(database, ["update attempts set purge_at = 1"]);
}

async function copy(
  database: BenchDatabase,
  table: string,
  series: string,
  fresh: Record<string, string>,
): Promise<void> {
  const names = await columnsOf(database, table);
  const values = names.map((name) => fresh[name] ?? `t.${name}`).join(", ");
  const one = `(select * from ${table} limit 1)`;
  await run(database, [`insert into ${table} (${names.join(", ")}) select ${values} from ${one} as t, ${series} as n`]);
}

async function columnsOf(database: BenchDatabase, table: string): Promise<string[]> {
  if (database.dialect === "sqlite") {
    const sqlite = new DatabaseSync(fileOf(database));
    const rows = sqlite.prepare(`pragma table_info(${table})`).all() as { name: string }[];
    sqlite.close();
    return rows.map(({ name }) => name);
  }
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { fields } = await client.query(`select * from ${table} limit 0`);
  await client.end();
  return fields.map(({ name }) => name);
}

async function run({ dialect, url }: BenchDatabase, commands: readonly string[]): Promise<void> {
  if (dialect === "sqlite") {
    const sqlite = new DatabaseSync(fileOf({ dialect, url }));
    // Rows that are copies need no check of what they refer to, and nobody misses them after a power cut.
    sqlite.exec("pragma foreign_keys = off; pragma synchronous = off; pragma cache_size = -262144");
    for (const command of commands) sqlite.exec(command);
    sqlite.close();
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("set session_replication_role = replica; set synchronous_commit = off");
  for (const command of commands) await client.query(command);
  await client.end();
}

function fileOf({ url }: BenchDatabase): string {
  return url.slice("sqlite:".length);
}
