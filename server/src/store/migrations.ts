import { first } from "./schema/001-first";
import { settingsAsOne } from "./schema/002-settings-as-one";
import { people } from "./schema/003-people";
import { limits } from "./schema/004-limits";
import { consoleSessions } from "./schema/005-console-sessions";
import { nextKey } from "./schema/007-next-key";
import { loginsAndGrowth } from "./schema/008-logins-and-growth";
import { peopleOfANumber } from "./schema/009-people-of-a-number";
import { myAccount } from "./schema/010-my-account";
import { formerAccounts } from "./schema/011-former-accounts";
import type { SchemaPart, SchemaStep } from "./schema/step";
import { statement, type Dialect } from "./statement";
import { StoreUnavailable, type Store, type Transaction } from "./store";
import { schemaMigrations, type SchemaMigrationRow } from "./tables";

/** The schema, step by step. */
export const MIGRATIONS: readonly SchemaStep[] = [
  first,
  settingsAsOne,
  people,
  limits,
  consoleSessions,
  nextKey,
  loginsAndGrowth,
  peopleOfANumber,
  myAccount,
  formerAccounts,
];

const newestVersion = statement<object, Pick<SchemaMigrationRow, "version">>(
  "select version from schema_migrations order by version desc limit 1",
);
const recordVersion = statement<SchemaMigrationRow>(schemaMigrations.insert);
const forgetVersion = statement<{ version: number }>("delete from schema_migrations where version = :version");

/** PostgreSQL's answers when two instances create the same table at once. */
const ALREADY_THERE = new Set(["23505", "42710", "42P07"]);

/** A later version of the server used this database; an older one would misread it. */
export class NewerSchema extends Error {
  constructor(found: number, known: number) {
    super(`the database has schema ${found}, this server knows ${known}: a newer one used it`);
    this.name = "NewerSchema";
  }
}

/**
 * Brings the schema up to date, and tells from which version to which. Several servers, of several versions, may start at
 * once: whoever works on a step first writes its version, whose primary key makes the others wait for the commit. That is
 * a lock of a transaction, so it holds through a pooler, too.
 */
export async function migrate(store: Store, migrations = MIGRATIONS): Promise<{ from: number; to: number }> {
  const from = await currentVersion(store);
  for (const { version, parts } of migrations) {
    if (version <= from) continue;
    // SQLite takes a step whole or not at all. PostgreSQL would, too, but others of its protocol only seem to.
    const pieces = store.dialect === "sqlite" ? [parts] : parts.map((part) => [part]);
    for (const [index, piece] of pieces.entries()) {
      await store.migration(async (tx) => {
        const newest = await tx.first(newestVersion, {});
        if (newest && newest.version >= version) return;
        await tx.run(recordVersion, { version, applied_at: tx.now });
        for (const part of piece) await apply(tx, store.dialect, part);
        if (index < pieces.length - 1) await tx.run(forgetVersion, { version });
      });
    }
  }
  const known = migrations.at(-1)?.version ?? 0;
  const newest = await store.read((tx) => tx.first(newestVersion, {}));
  const to = newest?.version ?? 0;
  if (to > known) throw new NewerSchema(to, known);
  return { from, to };
}

async function apply(tx: Transaction, dialect: Dialect, part: SchemaPart): Promise<void> {
  if (typeof part === "function") return part(tx);
  return tx.script(typeof part === "string" ? part : part[dialect]);
}

/** 0 for an empty database, which then has the table of versions. */
async function currentVersion(store: Store): Promise<number> {
  for (let run = 1; ; run++) {
    try {
      return (await store.read((tx) => tx.first(newestVersion, {})))?.version ?? 0;
    } catch (error) {
      if (run === 5) throw error;
      // Only now: a server that need not change the schema may be one that is not allowed to.
      if (!(error instanceof StoreUnavailable)) await createVersions(store);
    }
  }
}

async function createVersions(store: Store): Promise<void> {
  try {
    await store.transaction((tx) =>
      tx.script(
        "create table if not exists schema_migrations (version integer primary key, applied_at bigint not null)",
      ),
    );
  } catch (error) {
    const raced = ALREADY_THERE.has(String((error as { code?: unknown }).code)) || error instanceof StoreUnavailable;
    if (!raced) throw error;
  }
}
