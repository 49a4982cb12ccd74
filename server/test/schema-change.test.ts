import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { migrate, MIGRATIONS } from "../src/store/migrations";
import { openPostgres } from "../src/store/postgres";
import { statement } from "../src/store/statement";
import type { Store } from "../src/store/store";
import { newDatabase, type TestDatabase } from "./support/databases";

const COMMAND = path.resolve(__dirname, "../dist/migrate.js");
const FORMER = readFileSync(path.join(__dirname, "fixtures/schema-1.sql"), "utf8");
const NEWEST = MIGRATIONS.at(-1)?.version ?? 0;

let database: TestDatabase;
let store: Store;
beforeEach(async () => {
  database = await newDatabase("postgres");
  store = openPostgres(database.url);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const columns = statement<object, { name: string }>(`
  select table_name || '.' || column_name as name from information_schema.columns
  where table_schema = current_schema() order by name`);
const schema = (): Promise<{ name: string }[]> => store.read((tx) => tx.all(columns, {}));
const settings = statement<object, { settings: string }>("select settings from pools order by id");

test("where each change of the schema is committed at once, a server that ends at any point leaves one that the next goes on with", async () => {
  await store.transaction((tx) => tx.script(FORMER));
  await migrate(store);
  const [whole, pools] = [await schema(), await store.read((tx) => tx.all(settings, {}))];

  await store.transaction((tx) => tx.script("drop schema public cascade; create schema public"));
  await store.transaction((tx) => tx.script(FORMER));
  // As often as a server could end: after each part, with nothing written of the step.
  for (const [nth, { version, parts }] of MIGRATIONS.slice(1).entries()) {
    for (const done of parts.keys()) {
      const cut = { version, parts: [...parts.slice(0, done + 1), "this is the end"] };
      await expect(migrate(store, [...MIGRATIONS.slice(0, nth + 1), cut])).rejects.toThrow("syntax error");
    }
  }
  await migrate(store);
  expect(await schema()).toEqual(whole);
  expect(await store.read((tx) => tx.all(settings, {}))).toEqual(pools);
});

test("servers that start at once do a step of several parts once, whatever each finds", async () => {
  await migrate(store);
  const others = [1, 2, 3].map(() => openPostgres(database.url));
  let runs = 0;
  const step = {
    version: 999,
    parts: ["create table if not exists more (id text)", async () => void runs++, "insert into more (id) values ('1')"],
  };
  const ways = await Promise.all([store, ...others].map((one) => migrate(one, [...MIGRATIONS, step])));
  expect(ways.map(({ to }) => to)).toEqual([999, 999, 999, 999]);
  expect(runs).toBeGreaterThan(0);
  const rows = statement<object, { id: string }>("select id from more");
  expect(await store.read((tx) => tx.all(rows, {}))).toEqual([{ id: "1" }]);
  for (const other of others) await other.close();
});

test("a server whose schema is there needs no right to change it", async () => {
  await migrate(store);
  const user = `server_${path.basename(new URL(database.url).pathname)}`;
  await store.transaction((tx) =>
    tx.script(
      `create role ${user} login password 'secret';
       grant select, insert, update, delete on all tables in schema public to ${user}`,
    ),
  );
  const limited = openPostgres(Object.assign(new URL(database.url), { username: user, password: "secret" }).href);
  await expect(limited.transaction((tx) => tx.script("create table mine (id text)"))).rejects.toThrow(
    "permission denied",
  );
  expect(await migrate(limited)).toEqual({ from: NEWEST, to: NEWEST });
  await limited.close();
  await store.transaction((tx) => tx.script(`drop owned by ${user}; drop role ${user}`));
});

test("the command changes the schema without starting a server, and says from what to what", async () => {
  const run = async () => {
    const env = { PATH: process.env["PATH"], DATABASE_URL: database.url };
    return (await promisify(execFile)(process.execPath, [COMMAND], { env })).stdout;
  };
  expect(await run()).toBe(`the schema was 0, and is ${NEWEST} now\n`);
  expect(await run()).toBe(`the schema is ${NEWEST} already\n`);
});
