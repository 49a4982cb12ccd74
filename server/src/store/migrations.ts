import { first } from "./schema/001-first";
import { settingsAsOne } from "./schema/002-settings-as-one";
import { people } from "./schema/003-people";
import { limits } from "./schema/004-limits";
import { consoleSessions } from "./schema/005-console-sessions";
import { nextKey } from "./schema/007-next-key";
import { loginsAndGrowth } from "./schema/008-logins-and-growth";
import { peopleOfANumber } from "./schema/009-people-of-a-number";
import type { SchemaStep } from "./schema/step";
import { statement } from "./statement";
import { StoreUnavailable, type Store } from "./store";
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
];

const newestVersion = statement<object, Pick<SchemaMigrationRow, "version">>(
  "select version from schema_migrations order by version desc limit 1",
);
const recordVersion = statement<SchemaMigrationRow>(schemaMigrations.insert);

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
 * Brings the schema up to date. Several instances may start at once: each step first writes its version, whose primary
 * key makes the others wait for the commit and then see that the step is done.
 */
export async function migrate(store: Store, migrations = MIGRATIONS): Promise<void> {
  await createVersions(store);
  for (const { version, parts } of migrations) {
    await store.migration(async (tx) => {
      const newest = await tx.first(newestVersion, {});
      if (newest && newest.version >= version) return;
      await tx.run(recordVersion, { version, applied_at: tx.now });
      for (const part of parts) await (typeof part === "string" ? tx.script(part) : part(tx));
    });
  }
  const newest = await store.read((tx) => tx.first(newestVersion, {}));
  const known = migrations.at(-1)?.version ?? 0;
  if (newest && newest.version > known) {
    throw new NewerSchema(newest.version, known);
  }
}

async function createVersions(store: Store): Promise<void> {
  for (let run = 1; ; run++) {
    try {
      await store.transaction((tx) =>
        tx.script(
          "create table if not exists schema_migrations (version integer primary key, applied_at bigint not null)",
        ),
      );
      return;
    } catch (error) {
      const raced = ALREADY_THERE.has(String((error as { code?: unknown }).code)) || error instanceof StoreUnavailable;
      if (!raced || run === 5) throw error;
    }
  }
}
