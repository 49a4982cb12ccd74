import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { statSync } from "node:fs";
import path from "node:path";
import { deletePools } from "../src/housekeeping/pool-deletion";
import { purgeExpired } from "../src/housekeeping/purge";
import { hashHandle } from "../src/secrets/handles";
import { createVault } from "../src/secrets/vault";
import { openStore, sqlitePath } from "../src/startup/open-store";
import type { Pool } from "../src/pools/pool";
import { setDeletion } from "../src/store/accounts";
import { findTicket } from "../src/store/logins";
import { Pools } from "../src/store/pools";
import { openSqlite } from "../src/store/sqlite";
import { statement } from "../src/store/statement";
import { MASTER_KEY } from "./support/server-process";
import { seedTickets } from "./support/seeding";
import { DIALECTS, newDatabase } from "./support/databases";
import { refusal, stranger, World, type Body } from "./support/world";

const KEPT = { loginEventDays: 90 };
const rowsOf = (table: string) =>
  statement<{ poolId: string }, { n: number | string }>(`select count(*) as n from ${table} where pool_id = :poolId`);
const TABLES = ["users", "identities", "attempts", "token_keys", "revocations", "login_events", "challenges"].map(
  (table) => [table, rowsOf(table)] as const,
);

describe.each(DIALECTS)("a pool that is deleted on %s", (dialect) => {
  let world: World;
  beforeEach(async () => (world = await World.open({ dialect })));
  afterEach(() => world.close());

  const left = async (poolId: string) => {
    const counts: Record<string, number> = {};
    for (const [table, count] of TABLES) {
      counts[table] = Number((await world.store.read((tx) => tx.first(count, { poolId })))?.n);
    }
    return counts;
  };
  const deletion = async (id: string) =>
    (await world.admin("GET", `/pools/${id}/deletion`)).json<{ deletion: Body }>().deletion;

  test("is unknown at once, goes piece by piece where one can watch, and nothing of it stays", async () => {
    const pool = await world.createPool();
    for (let nth = 0; nth < 7; nth++) await world.login(stranger(), {}, pool);
    const [waiting, other] = [await world.ticket(stranger(), {}, pool), await world.ticket(stranger())];
    await world.server.records.flush();
    // What this process has yet to write when the pool goes.
    for (let nth = 0; nth < 2; nth++) await world.login(stranger(), {}, pool);

    const response = await world.admin("DELETE", `/pools/${pool.id}`);
    expect(response.statusCode).toBe(202);
    const begun = {
      poolId: pool.id,
      name: "示例",
      actor: "admin:ada",
      state: "running",
      usersTotal: 9,
      usersDeleted: 0,
    };
    expect(response.json<{ deletion: Body }>().deletion).toMatchObject(begun);
    // Before a single row of it is gone.
    expect(refusal(await world.attempt(stranger(), {}, pool))).toEqual({ status: 404, error: "pool.unknown" });
    expect(refusal(await world.exchange({ ticket: waiting, secret: pool.secret }, pool))).toEqual({
      status: 401,
      error: "client.unauthorized",
    });
    expect((await world.admin("GET", `/pools/${pool.id}`)).statusCode).toBe(404);
    const pools = (await world.admin("GET", "/pools")).json<{ pools: Body[] }>().pools;
    expect(pools.map(({ id }) => id)).toEqual([world.pool.id]);
    expect((await world.admin("DELETE", `/pools/${pool.id}`)).json<{ deletion: Body }>().deletion).toMatchObject(begun);
    expect((await left(pool.id))["users"]).toBe(9);

    await deletePools(world.store, 2);
    await world.server.records.flush();
    expect(await deletion(pool.id)).toMatchObject({ state: "done", usersDeleted: 9, finishedAt: expect.any(Number) });
    const counts = await left(pool.id);
    expect(counts).toEqual(Object.fromEntries(TABLES.map(([table]) => [table, 0])));
    await world.redeem(other);
    expect((await world.admin("GET", "/deletions")).json<{ deletions: Body[] }>().deletions).toHaveLength(1);
    expect(refusal(await world.admin("DELETE", `/pools/${pool.id}`)).status).toBe(404);
    expect((await world.createPool({ id: pool.id })).id).toBe(pool.id);
  });

  test("goes on where a crash cut it short", async () => {
    const pool = await world.createPool();
    for (let nth = 0; nth < 5; nth++) await world.login(stranger(), {}, pool);
    await world.admin("DELETE", `/pools/${pool.id}`);
    let pieces = 0;
    const dying = Object.assign(Object.create(world.store) as typeof world.store, {
      read: world.store.read.bind(world.store),
      transaction: (job: never) => {
        if (++pieces > 2) throw new Error("the process ends");
        return world.store.transaction(job);
      },
    });
    await expect(deletePools(dying, 2)).rejects.toThrow("the process ends");
    expect(await deletion(pool.id)).toMatchObject({ state: "running", usersDeleted: 4 });
    await deletePools(world.store, 2);
    expect(await deletion(pool.id)).toMatchObject({ state: "done", usersDeleted: 5 });
  });

  test("keeps nobody waiting who deletes their own account meanwhile", async () => {
    const pool = await world.createPool();
    await seedTickets(world.store, pool.id, 2000, 10);
    await world.admin("DELETE", `/pools/${pool.id}`);
    const { housekeeper } = world.server;
    const user = async () => (await world.admin("GET", `/pools/${world.pool.id}/users/${id}?masked=true`)).statusCode;
    const id = String((await world.login(stranger()))["_id"]);
    housekeeper.start(world.server.open.app.log);
    try {
      await world.store.transaction((tx) => tx.run(setDeletion, { id, at: tx.now }));
      housekeeper.wake();
      while ((await user()) === 200) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await deletion(pool.id)).toMatchObject({ state: "running" });
      while ((await deletion(pool.id))["state"] === "running") await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await housekeeper.stop();
    }
    expect((await left(pool.id))["attempts"]).toBe(0);
  });

  test("stays deleted when a change of it was under way", async () => {
    const pool = await world.createPool();
    const pools = new Pools(Date.now);
    const former = await world.store.read((tx) => pools.find(tx, pool.id));
    await world.admin("DELETE", `/pools/${pool.id}`);
    // On PostgreSQL it read the pool before, and writes it now.
    const changed = world.store.transaction((tx) => pools.update(tx, former as Pool));
    await expect(changed).rejects.toThrow(/changed meanwhile|conflicting/);
    expect((await world.admin("GET", `/pools/${pool.id}`)).statusCode).toBe(404);
    await deletePools(world.store, 2);
    expect((await left(pool.id))["token_keys"]).toBe(0);
  });

  test("while logins are under way answers none of them 5xx", async () => {
    const statuses = new Set<number>();
    for (let round = 0; round < 8; round++) {
      const pool = await world.createPool();
      const tickets = await seedTickets(world.store, pool.id, 6, 3);
      const logins = [
        ...tickets.map((ticket) => world.exchange({ ticket, secret: pool.secret }, pool)),
        ...Array.from({ length: 6 }, () => world.attempt(stranger(), {}, pool)),
      ];
      const gone = world.admin("DELETE", `/pools/${pool.id}`).then(() => deletePools(world.store, 1));
      for (const { statusCode } of await Promise.all(logins)) statuses.add(statusCode);
      await gone;
    }
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
  });
});

test("SQLite gives the room of what was deleted back to the disk, and nothing of it stays in the log", async () => {
  const world = await World.open();
  const file = sqlitePath(world.database.url);
  await seedTickets(world.store, world.pool.id, 12_000, 40);
  await purgeExpired(world.store, KEPT, 2000);
  const full = statSync(file).size;
  await world.pass(700_000);
  await purgeExpired(world.store, KEPT, 2000);
  expect(statSync(file).size).toBeLessThan(full / 2);
  expect(statSync(`${file}-wal`).size).toBe(0);
  await world.close();
});

test("a server that stopped leaves its database in one file", async () => {
  const { url, drop } = await newDatabase("sqlite");
  const store = await openStore(url, Date.now, createVault(MASTER_KEY));
  await store.close();
  expect(statSync(sqlitePath(url)).size).toBeGreaterThan(4096);
  expect(statSync(`${sqlitePath(url)}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  await drop();
});

test("a file of a server that gave no room back learns it when it is opened", async () => {
  const database = await newDatabase("sqlite");
  const file = path.join(String(database.folder), "server.db");
  const former = new DatabaseSync(file);
  former.exec("pragma journal_mode = wal; create table facts (name text primary key, value text not null)");
  former.close();
  const store = openSqlite(file, { clock: Date.now });
  expect(store.database.prepare("pragma auto_vacuum").get()).toEqual({ auto_vacuum: 2 });
  await store.close();
  await database.drop();
});

test("a copy made while people log in is whole: the server starts from it, and a ticket of before is worth a login", async () => {
  const world = await World.open();
  const copy = path.join(String(world.database.folder), "copy.db");
  await world.login(stranger());
  const ticket = await world.ticket(stranger());
  const logins = Promise.all(Array.from({ length: 20 }, () => world.login(stranger())));
  const outside = new DatabaseSync(sqlitePath(world.database.url));
  outside.exec(`vacuum into '${copy}'`);
  outside.close();
  await logins;
  const store = await openStore(`sqlite:${copy}`, () => Date.parse("2026-03-01T08:00:00Z"), world.vault);
  const opened = (store as unknown as { database: DatabaseSyncInstance }).database;
  expect(opened.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  const found = await store.read((tx) =>
    tx.first(findTicket, { hash: hashHandle("ticket", ticket), poolId: world.pool.id }),
  );
  expect(found).toBeDefined();
  await store.close();
  await world.close();
});
