import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openPostgres } from "../src/store/postgres";
import { statement } from "../src/store/statement";
import type { Store } from "../src/store/store";
import { newDatabase, type TestDatabase } from "./support/databases";

const where = statement<object, { name: string }>("select current_database() as name");
const nameOf = ({ url }: TestDatabase): string => new URL(url).pathname.slice(1);

let primary: TestDatabase;
let replica: TestDatabase;
let store: Store;
beforeEach(async () => {
  [primary, replica] = [await newDatabase("postgres"), await newDatabase("postgres")];
  store = openPostgres(primary.url, { replicaUrl: replica.url });
});
afterEach(async () => {
  await store.close();
  await primary.drop();
  await replica.drop();
});

test("a replica answers what may be a moment old, and nothing else", async () => {
  const ask = { stale: store.readStale.bind(store), now: store.read.bind(store), write: store.transaction.bind(store) };
  const answers = await Promise.all(Object.values(ask).map((way) => way((tx) => tx.first(where, {}))));
  expect(answers.map((row) => row?.name)).toEqual([replica, primary, primary].map(nameOf));
});

test("what a replica cannot answer, the primary does", async () => {
  await store.readStale((tx) => tx.first(where, {}));
  await replica.drop();
  replica = await newDatabase("postgres");
  expect(await store.readStale((tx) => tx.first(where, {}))).toEqual({ name: nameOf(primary) });
});

test("what is not on the replica yet, the primary tells", async () => {
  await store.transaction((tx) => tx.script("create table late (id text); insert into late (id) values ('1')"));
  const late = statement<object, { id: string }>("select id from late");
  expect(await store.readStale((tx) => tx.all(late, {}))).toEqual([{ id: "1" }]);
});

test("nothing can be written where something is only read", async () => {
  const readOnlyTransaction = "25006"; // SQLSTATE
  await store.transaction((tx) => tx.script("create table t (id text)"));
  for (const way of [store.read.bind(store), store.readStale.bind(store)]) {
    await expect(way((tx) => tx.script("insert into t (id) values ('1')"))).rejects.toThrow(readOnlyTransaction);
  }
});
