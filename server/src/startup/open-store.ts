import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import type { Clock } from "../clock";
import type { Vault } from "../secrets/vault";
import type { DatabaseSettings } from "./database-settings";
import { SettingsError } from "./settings";
import { migrate, NewerSchema } from "../store/migrations";
import { openPostgres } from "../store/postgres";
import { openSqlite } from "../store/sqlite";
import { CANARY } from "../store/resealing";
import { statement } from "../store/statement";
import type { Store, StoreObserver } from "../store/store";
import { facts, type FactRow } from "../store/tables";

/** How the database is used; see {@link DatabaseSettings}. */
type Use = Partial<Omit<DatabaseSettings, "databaseUrl">> & { observer?: StoreObserver };

/** Opens the database that `DATABASE_URL` names, brings its schema up to date and checks that the master key fits. */
export async function openStore(databaseUrl: string, clock: Clock, vault: Vault, use: Use = {}): Promise<Store> {
  const store = connectStore(databaseUrl, clock, use);
  try {
    await migrate(store);
    await checkMasterKey(store, vault);
  } catch (error) {
    await store.close();
    throw error instanceof NewerSchema ? new SettingsError([error.message]) : error;
  }
  return store;
}

/** The same as it is. */
export function connectStore(databaseUrl: string, clock: Clock, use: Use = {}): Store {
  return databaseUrl.startsWith("sqlite:")
    ? openSqlite(sqlitePath(databaseUrl), { clock, ...use })
    : openPostgres(databaseUrl, use);
}

/** `sqlite:data/server.db`, `sqlite:/var/lib/server.db` and `sqlite:///var/lib/server.db`. */
export function sqlitePath(databaseUrl: string): string {
  const rest = databaseUrl.slice("sqlite:".length);
  return rest.startsWith("//") ? fileURLToPath(`file:${rest}`) : resolve(rest);
}

const insertFact = statement<FactRow>(`${facts.insert} on conflict do nothing`);
const findFact = statement<{ name: string }, Pick<FactRow, "value">>("select value from facts where name = :name");

/** A wrong master key would only show when the first AppSecret is needed; a sealed word tells at once. */
async function checkMasterKey(store: Store, vault: Vault): Promise<void> {
  const fact = await store.transaction(async (tx) => {
    await tx.run(insertFact, { name: CANARY.row, value: vault.seal(CANARY, "app2wxapp") });
    return tx.first(findFact, { name: CANARY.row });
  });
  try {
    vault.open(CANARY, fact?.value ?? "");
  } catch {
    throw new SettingsError([
      "MASTER_KEY is not the one this database was made with (to replace it, set MASTER_KEY_FORMER to the former one)",
    ]);
  }
}
