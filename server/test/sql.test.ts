import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
// Everything that defines statements.
import "../src/app";
import "../src/housekeeping/purge";
import "../src/wechat/client";
import { createVault } from "../src/secrets/vault";
import { openStore } from "../src/startup/open-store";
import { listUsersByPhone } from "../src/store/accounts";
import { MIGRATIONS } from "../src/store/migrations";
import type { SchemaPart } from "../src/store/schema/step";
import { allStatements, statement } from "../src/store/statement";
import type { Store } from "../src/store/store";
import * as tables from "../src/store/tables";
import { DIALECTS, newDatabase, type TestDatabase } from "./support/databases";

const sqlOf = (part: SchemaPart): string[] =>
  typeof part === "function" ? [] : typeof part === "string" ? [part] : Object.values(part);

/** The server's own, without those this file defines below. */
const own = [...allStatements];

describe("the SQL", () => {
  const sqls = DIALECTS.flatMap((dialect) => own.map(({ compiled }) => compiled[dialect].sql));
  // What CockroachDB or YugabyteDB lack, or do otherwise; and what would make the two databases differ.
  const FORBIDDEN =
    /advisory|\block table\b|\blisten\b|\bnotify\b|\bserial\b|autoincrement|generated always|\btrigger\b|\bdeferrable\b|\bctid\b|\browid\b|\bunlogged\b|\bvacuum\b|\bregexp\b|\bjsonb?\b|\bskip locked\b|\bcreate (extension|function|domain|type)\b|\bwithout rowid\b|\bstrict\b/i;

  test("of every statement and of the schema is plain: it runs on databases that only speak PostgreSQL's protocol", () => {
    expect(sqls.length).toBeGreaterThan(80);
    const plain = [...sqls, ...MIGRATIONS.flatMap(({ parts }) => parts.flatMap(sqlOf))];
    expect(plain.filter((sql) => FORBIDDEN.test(sql))).toEqual([]);
  });

  test("holds no value: everything that comes from outside is a parameter", () => {
    expect(sqls.filter((sql) => /'[^']*'/.test(sql))).toEqual([]);
  });

  test("names its columns: a newer server may add one while this one runs", () => {
    expect(sqls.filter((sql) => /select \*/i.test(sql))).toEqual([]);
  });

  test("the control: the search finds what it forbids", () => {
    expect("select pg_advisory_lock(1)").toMatch(FORBIDDEN);
    expect("create table t (id bigserial, SERIAL serial)").toMatch(FORBIDDEN);
  });
});

test("people are found by their number without a walk through the whole pool, which would stop every login", async () => {
  const database = await newDatabase("sqlite");
  const store = await openStore(database.url, Date.now, createVault("a master key of at least 32 bytes!"));
  const { sql } = listUsersByPhone.compiled.sqlite;
  const plan = statement<object, { detail: string }>(`explain query plan ${sql.replaceAll("?", "''")}`);
  const steps = await store.read((tx) => tx.all(plan, {}));
  expect(steps.map(({ detail }) => detail)).toEqual([
    "SEARCH users USING INDEX users_by_phone_and_id (pool_id=? AND phone=? AND id>?)",
  ]);
  await store.close();
  await database.drop();
});

describe("a statement", () => {
  const { compiled } = statement<{ id: string; at: number }>(
    "update t set at = :at where id = :id and at < cast(:at as bigint) and kind = id::text",
  );

  test("gives its parameters their places, each time it names one, and leaves casts alone", () => {
    expect(compiled.sqlite.sql).toBe("update t set at = ? where id = ? and at < cast(? as bigint) and kind = id::text");
    expect(compiled.postgres.sql).toContain("at = $1 where id = $2 and at < cast($3 as bigint)");
    expect(compiled.sqlite.values({ id: "a", at: 7 }, () => 1)).toEqual([7, "a", 7]);
  });

  test("takes the time of its transaction as a parameter on SQLite, and from PostgreSQL itself there", () => {
    const { compiled: timed } = statement<{ id: string }>("update t set at = {now} where id = :id");
    expect(timed.sqlite.sql).toBe("update t set at = ? where id = ?");
    expect(timed.sqlite.values({ id: "a" }, () => 7)).toEqual([7, "a"]);
    expect(timed.postgres.sql).toMatch(/^update t set at = \(extract.*transaction_timestamp.* where id = \$1$/);
    expect(timed.postgres.values({ id: "a" }, () => NaN)).toEqual(["a"]);
  });

  test("is prepared under a name that only its SQL decides, short enough for PostgreSQL", () => {
    const names = own.map((one) => one.compiled.postgres.name);
    const sqls = own.map((one) => one.compiled.postgres.sql);
    expect(new Set(names).size).toBe(new Set(sqls).size);
    expect(names.filter((name) => name.length > 63)).toEqual([]);
    expect(statement("select 1").compiled.postgres.name).toBe(statement("select 1").compiled.postgres.name);
  });
});

describe.each(DIALECTS)("on %s", (dialect) => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await newDatabase(dialect);
    store = await openStore(database.url, Date.now, createVault("a master key of at least 32 bytes!"));
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  /** Has the database look at a statement without running it. */
  const prepared = (sql: string): Promise<string> =>
    store
      .transaction((tx) => tx.script(dialect === "sqlite" ? `explain ${sql}` : `prepare it as ${sql}; deallocate it`))
      .then(
        () => "accepted",
        (error: unknown) => `${(error as Error).message}: ${sql}`,
      );

  test("every statement of the server is one the database accepts: what it names exists", async () => {
    for (const { compiled } of own) expect(await prepared(compiled[dialect].sql)).toBe("accepted");
    expect(await prepared("select nothing from pools")).toMatch(/nothing/);
  });

  test("every table is as it is described: each column, its type, and whether it may be null", async () => {
    const columns = statement<object, { table_name: string; name: string; type: string; nullable: string | number }>(
      dialect === "sqlite"
        ? `select m.name as table_name, c.name, c.type, c."notnull" = 0 and c.pk = 0 as nullable
           from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'`
        : `select table_name, column_name as name, data_type as type, is_nullable = 'YES' as nullable
           from information_schema.columns where table_schema = 'public'`,
    );
    const found: Record<string, Record<string, { kind: string; nullable: boolean }>> = {};
    for (const { table_name: table, name, type, nullable } of await store.read((tx) => tx.all(columns, {}))) {
      const kind = /int/i.test(type) ? "integer" : type.toLowerCase();
      (found[table] ??= {})[name] = { kind, nullable: Boolean(nullable) };
    }
    const described = Object.values(tables).map((table) => [table.name, table.described] as const);
    // What only the version before reads may be there, and nobody has to write it.
    for (const [table, names] of described) {
      for (const [name, { nullable }] of Object.entries(found[table] ?? {})) {
        if (dialect === "postgres" && nullable && !(name in names)) delete found[table]?.[name];
      }
    }
    expect(found).toEqual(Object.fromEntries(described));
  });
});
