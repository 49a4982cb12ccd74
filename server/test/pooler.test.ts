import { createHash } from "node:crypto";
import { afterEach, expect, test } from "@jest/globals";
import type { AttemptReply } from "@app2wxapp/protocol";
import { openPostgres } from "../src/store/postgres";
import { statement } from "../src/store/statement";
import { newDatabase, type TestDatabase } from "./support/databases";
import { Pooler } from "./support/pooler";
import { startComplaint } from "./support/server-process";
import { stranger, World } from "./support/world";

let pooler: Pooler | undefined;
afterEach(() => pooler?.stop());

const findCount = statement<object, { count: number }>("select count from counter");
const increase = statement<{ former: number }>("update counter set count = count + 1 where count = :former");
const log = statement<{ count: number }>("insert into log (count) values (:count)");
const listLog = statement<object, { count: number }>("select count from log order by count");

const challengeOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

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

test("behind a pooler whoever loses a race succeeds in the end, also with a statement that was never sent before", async () => {
  const database = await newDatabase("postgres");
  const url = await through(database, true);
  const winner = openPostgres(url);
  // What it asks next it asks on the same connection, unless that was given up.
  const loser = openPostgres(url, { connections: 1 });
  await winner.migration((tx) =>
    tx.script("create table counter as select 0 as count; create table log (count integer)"),
  );
  let runs = 0;
  await loser.transaction(async (tx) => {
    const former = (await tx.first(findCount, {}))?.count ?? NaN;
    if (runs++ === 0) await winner.transaction((other) => other.run(increase, { former }));
    tx.claim(increase, { former });
    // In the first run the claim fails, and PostgreSQL skips this: the pooler takes it for prepared, node-postgres does not.
    tx.write(log, { count: former });
  });
  await loser.transaction((tx) => tx.run(log, { count: 2 }));
  expect([runs, await loser.read((tx) => tx.all(listLog, {}))]).toEqual([2, [{ count: 1 }, { count: 2 }]]);
  await loser.close();
  await winner.close();
  await database.drop();
});

test("a login asks PostgreSQL as rarely as it can: what needs no other answer goes together, and the last with the commit", async () => {
  const world = await World.open({ dialect: "postgres", reach: (database) => through(database, true) });
  const agreements = [{ version: "1", title: "协议", text: "……", required: true }];
  const careful = await world.createPool({ agreements, requirePkce: true });
  const person = stranger();
  const roundTrips = async <T>(work: Promise<T>): Promise<[number, T]> => {
    const before = pooler?.roundTrips ?? NaN;
    const value = await work;
    return [(pooler?.roundTrips ?? NaN) - before, value];
  };
  // Pools are parsed, and keys opened, when they are first seen.
  await world.login(stranger());
  const login = async (): Promise<number[]> => {
    const [attempt, ticket] = await roundTrips(world.ticket(person));
    const [exchange] = await roundTrips(world.exchange({ ticket, secret: world.pool.secret }));
    return [attempt, exchange];
  };
  // All that is known; for a stranger who else they may be; the writes.
  expect(await login()).toEqual([3, 3]);
  expect(await login()).toEqual([2, 2]);

  const proof = { codeChallenge: challengeOf("this") };
  await world.attempt(stranger(), { codeChallenge: challengeOf("another") }, careful);
  const [attempt, reply] = await roundTrips(world.attempt(person, proof, careful));
  const body = { attempt: reply.json<AttemptReply>().attempt, agreed: ["1"] };
  const [tickets] = await roundTrips(world.tickets(body, careful));
  expect([attempt, tickets]).toEqual([3, 3]);

  // Before WeChat is asked: a pool that was not seen within the last second, and an end.
  await world.pass(1000);
  expect(await login()).toEqual([4, 2]);
  await world.close();
});
