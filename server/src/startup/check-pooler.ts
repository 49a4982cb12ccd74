import { randomUUID } from "node:crypto";
import { Client } from "pg";
import type { DatabaseSettings } from "./database-settings";
import { SettingsError } from "./settings";

/** What a connection answers that is another one than the statement was prepared on: it lacks it, or has it already. */
const MIXED_UP = new Set(["26000", "42P05"]);
const ROUNDS = 5;

/**
 * Finds out whether a pooler stands before PostgreSQL that gives each transaction another connection and forgets what was
 * prepared on the former one, as PgBouncer in transaction mode does before 1.21. It tells its version only where it is
 * administered. But of two clients that prepare a statement of the same name, the second one gets the connection of the
 * first, which has that statement already; or the first one gets another connection the second time, which lacks it.
 */
export async function checkPooler({ databaseUrl, replicaUrl }: DatabaseSettings): Promise<void> {
  if (databaseUrl.startsWith("sqlite:")) return;
  await checkOne("DATABASE_URL", databaseUrl);
  if (replicaUrl !== undefined) await checkOne("DATABASE_REPLICA_URL", replicaUrl);
}

async function checkOne(setting: string, url: string): Promise<void> {
  const name = `check_${randomUUID()}`;
  const clients = [0, 1].map(() => new Client({ connectionString: url, connectionTimeoutMillis: 3000 }));
  for (const client of clients) client.on("error", () => undefined);
  const [one, other] = clients as [Client, Client];
  try {
    await one.connect();
    await other.connect();
    for (let round = 0; round < ROUNDS; round++) {
      for (const client of [one, one, other]) await client.query({ name, text: "select 1" });
    }
  } catch (error) {
    // What else may be wrong is told where the database is used; a replica may even be gone.
    if (!MIXED_UP.has(String((error as { code?: unknown }).code))) return;
    throw new SettingsError([
      `${setting}: the pooler in front of PostgreSQL loses prepared statements: it takes PgBouncer 1.21 or newer with ` +
        "max_prepared_statements above 0, or pool_mode = session",
    ]);
  } finally {
    for (const client of clients) client.end().catch(() => undefined);
  }
}
