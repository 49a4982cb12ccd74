import { expect } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { statement } from "../../src/store/statement";
import * as tables from "../../src/store/tables";
import type { World } from "./world";

export async function tableRows(world: World, table: string): Promise<unknown[]> {
  const all = statement<object, unknown>(`select * from ${table}`);
  return world.store.read((tx) => tx.all(all, {}));
}

/** The database's files on SQLite, its log of changes included; every row of every table on both. */
export async function everythingStored(world: World): Promise<string> {
  const { folder } = world.database;
  const rows = await Promise.all(Object.values(tables).map(({ name }) => tableRows(world, name)));
  const files =
    folder === undefined ? [] : readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "latin1"));
  if (folder !== undefined) expect(readdirSync(folder)).toEqual(["server.db", "server.db-shm", "server.db-wal"]);
  return [JSON.stringify(rows), ...files].join("\n");
}
