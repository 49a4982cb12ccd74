import { afterEach, expect, test } from "@jest/globals";
import { openPostgres } from "../src/store/postgres";
import { statement } from "../src/store/statement";
import { newDatabase, type TestDatabase } from "./support/databases";
import { Pooler } from "./support/pooler";
import { startComplaint } from "./support/server-process";
import { stranger, World } from "./support/world";

let pooler: Pooler | undefined;
afterEach(() => pooler?.stop());

const through = async (database: TestDatabase, remembers: boolean): Promise<string> => {
  pooler = await Pooler.start({ target: database.url, connections: 3, remembers });
  return pooler.url;
};

test("a pooler that forgets prepared statements, as PgBouncer before 1.21, is refused at the start in one line", async () => {
  const database = await newDatabase("postgres");
  expect(await startComplaint({ DATABASE_URL: await through(database, false) })).toBe(
    "the server ended: DATABASE_URL: the pooler in front of PostgreSQL loses prepared statements: " +
      "it takes PgBouncer 1.21 or newer with max_prepared_statements above 0, or pool_mode = session",
  );
  await pooler?.stop();
  await database.drop();
});

test("behind a pooler that gives every transaction another connection, logins of many at once all succeed", async () => {
  const world = await World.open({ dialect: "postgres", reach: (database) => through(database, true) });
  // A server of another version beside it: other statements, in another order.
  const other = openPostgres(String(pooler?.url));
  const numbers = Array.from({ length: 20 }, (_, n) =>
    statement<object, { n: number }>(`select cast(${n} as integer) as n`),
  );
  const [logins, read] = await Promise.all([
    Promise.all(Array.from({ length: 40 }, () => world.login(stranger()))),
    Promise.all(numbers.map((one) => other.read((tx) => tx.first(one, {})))),
  ]);
  expect(new Set(logins.map(({ _id: id }) => id)).size).toBe(40);
  expect(read).toEqual(numbers.map((_, n) => ({ n })));
  await other.close();
  await world.close();
});
