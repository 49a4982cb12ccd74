import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { randomBytes, randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { eraseUser } from "../src/accounts/erasure";
import { deletePools } from "../src/housekeeping/pool-deletion";
import { sqlitePath } from "../src/startup/open-store";
import { deleteUser, findUser, insertIdentity, insertUser, setApps, setPhone } from "../src/store/accounts";
import { newId } from "../src/secrets/handles";
import { SHARED_APPLET, stranger, World } from "./support/world";

interface Person {
  id: string;
  openid: string;
  unionid: string;
  phone: string;
}

let world: World;
let file: string;
let database: DatabaseSyncInstance;
beforeEach(async () => {
  world = await World.open();
  file = sqlitePath(world.database.url);
  database = (world.store as unknown as { database: DatabaseSyncInstance }).database;
});
afterEach(() => world.close());

/**
 * What is kept of somebody's apps when they have so many. Its length differs: rows of one length fit into each other's place,
 * so that of 2000 who are deleted four leave a copy behind, and now and then none; of rows like these more than twenty do.
 */
function appsOf(nth: number, howMany: number): string {
  return howMany === 0 ? "{}" : JSON.stringify({ app: "x".repeat(60 * howMany + (nth % 59)) });
}

/** Rows that grow in no order, as those of people who log in through one app after the other and give their number late: pages are divided all the time. */
async function grown(howMany: number, poolId: string): Promise<Person[]> {
  // Of thousands at random two would be alike every so often, and the one who stays still has it.
  const phones = new Set<string>();
  while (phones.size < howMany) phones.add(`+86137${String(randomInt(1e8)).padStart(8, "0")}`);
  const people = [...phones].map((phone) => ({
    id: newId(0),
    openid: `openid-${randomBytes(12).toString("hex")}`,
    unionid: `unionid-${randomBytes(12).toString("hex")}`,
    phone,
  }));
  await world.store.transaction(async (tx) => {
    for (const { id, openid, unionid } of people) {
      await tx.run(insertUser, {
        id,
        pool_id: poolId,
        unionid,
        nickname: "微信用户",
        photo: "",
        phone: null,
        linked: 1,
        blocked: 0,
        logins_count: 1,
        register_method: "wxapp",
        last_ip: "203.0.113.1",
        last_login_at: 1,
        created_at: 1,
        tokens_valid_from: null,
        apps: "{}",
        deletes_at: null,
      });
      await tx.run(insertIdentity, {
        id: newId(0),
        pool_id: poolId,
        app_id: SHARED_APPLET.appId,
        openid,
        user_id: id,
        phone: null,
        phone_verified_at: 1,
        created_at: 1,
        came_from: "[]",
      });
    }
  });
  for (let app = 0; app < 3; app++) {
    const shuffled = people
      .map((person, nth) => ({ ...person, nth, at: Math.random() }))
      .toSorted((one, other) => one.at - other.at);
    await world.store.transaction(async (tx) => {
      for (const { id, phone, nth } of shuffled) {
        await tx.run(setApps, { id, apps: appsOf(nth, app + 1), former: appsOf(nth, app) });
        if (app === 1) await tx.run(setPhone, { id, phone });
      }
    });
  }
  return people;
}

async function erase(people: readonly Person[]): Promise<void> {
  await world.store.transaction(async (tx) => {
    for (const { id } of people) {
      const user = await tx.first(findUser, { poolId: world.pool.id, id });
      if (user) await eraseUser(tx, user, "person");
    }
  });
}

/** What the files tell of these people. */
function found(people: readonly Person[]): string[] {
  database.exec("pragma wal_checkpoint(truncate)");
  const bytes = [file, `${file}-wal`].map((name) => (existsSync(name) ? readFileSync(name, "latin1") : "")).join("");
  const all = new Set(bytes.match(/(openid|unionid)-[0-9a-f]{24}|\+86137[0-9]{8}/g));
  return people.flatMap(({ openid, unionid, phone }) => [openid, unionid, phone]).filter((secret) => all.has(secret));
}

test("of whoever is erased SQLite's files keep nothing, also where rows had moved; logins go on meanwhile", async () => {
  const people = await grown(4000, world.pool.id);
  const erased = people.filter((_person, nth) => nth % 2 === 0);
  const others = people.filter((_person, nth) => nth % 2 === 1);
  await world.store.transaction(async (tx) => {
    for (const { id } of erased) await tx.run(deleteUser, { poolId: world.pool.id, id });
    tx.erases();
  });
  // Overwriting what is deleted is not enough, or there were nothing to test here.
  expect(found(erased)).not.toEqual([]);
  const removal = world.store.removeTraces();
  for (let nth = 0; nth < 3; nth++) await world.login(stranger());
  await removal;
  expect(found(erased)).toEqual([]);
  expect(found(others)).toHaveLength(3 * others.length);
  expect(database.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  expect(database.prepare("pragma auto_vacuum").get()).toEqual({ auto_vacuum: 2 });
});

test("the file of a pool that was deleted is written anew as well; a file that holds nothing of the erased is left alone", async () => {
  const marked = () => database.prepare("pragma user_version").get();
  const untouched = marked();
  await world.store.removeTraces();
  expect(marked()).toEqual(untouched);
  const pool = await world.createPool();
  const people = await grown(300, pool.id);
  await world.admin("DELETE", `/pools/${pool.id}`);
  await deletePools(world.store);
  expect(marked()).not.toEqual(untouched);
  await world.store.removeTraces();
  expect(found(people)).toEqual([]);
  expect(marked()).toEqual(untouched);
});

test("it is done seldom, and what another process prevents stays to be done", async () => {
  const [first, second] = (await grown(2, world.pool.id)) as [Person, Person];
  const marked = () => database.prepare("pragma user_version").get();
  await erase([first]);
  const other = new DatabaseSync(file);
  other.exec("begin immediate");
  await expect(world.store.removeTraces()).rejects.toThrow("locked");
  other.exec("rollback");
  other.close();
  expect(marked()).not.toEqual({ user_version: -1 });
  await erase([second]);
  const before = marked();
  // A thousand times as long as the first took has not passed.
  await world.store.removeTraces();
  expect(marked()).toEqual(before);
});
