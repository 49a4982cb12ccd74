import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createVault } from "../src/secrets/vault";
import { openStore, sqlitePath } from "../src/startup/open-store";
import { statement } from "../src/store/statement";
import { LostRace, type Store, type Transaction } from "../src/store/store";
import { migrate, MIGRATIONS } from "../src/store/migrations";
import { facts, type FactRow, type SchemaMigrationRow } from "../src/store/tables";
import { DIALECTS, newDatabase, type TestDatabase } from "./support/databases";

const insert = statement<FactRow>(facts.insert);
const find = statement<{ name: string }, Pick<FactRow, "value">>("select value from facts where name = :name");
const change = statement<FactRow>("update facts set value = :value where name = :name");
const changeFrom = statement<FactRow & { former: string }>(
  "update facts set value = :value where name = :name and value = :former",
);
const list = statement<object, FactRow>(`select ${facts.columns} from facts order by name`);
const versions = statement<object, Pick<SchemaMigrationRow, "version">>(
  "select version from schema_migrations order by version",
);

describe.each(DIALECTS)("the store on %s", (dialect) => {
  let database: TestDatabase;
  let time = 1_700_000_000_000;
  const opened: Store[] = [];
  const vault = createVault("a master key of at least 32 bytes!");
  const open = async (): Promise<Store> => {
    const store = await openStore(database.url, () => time, vault);
    opened.push(store);
    return store;
  };
  let store: Store;
  beforeEach(async () => {
    database = await newDatabase(dialect);
    store = await open();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await database.drop();
  });

  const value = (name: string): Promise<string | undefined> =>
    store.read(async (tx) => (await tx.first(find, { name }))?.value);

  test("keeps what a job wrote once it resolves, and nothing of a job that throws", async () => {
    expect(await store.transaction((tx) => tx.run(insert, { name: "kept", value: "1" }))).toBe(1);
    const failing = store.transaction(async (tx) => {
      await tx.run(insert, { name: "undone", value: "1" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect([await value("kept"), await value("undone")]).toEqual(["1", undefined]);
  });

  test("a job sees its own writes; what another wrote it sees when that is committed", async () => {
    const seen = await store.transaction(async (tx) => {
      await tx.run(insert, { name: "a", value: "1" });
      await tx.run(change, { name: "a", value: "2" });
      return tx.first(find, { name: "a" });
    });
    expect(seen).toEqual({ value: "2" });
    expect(await (await open()).read((tx) => tx.first(find, { name: "a" }))).toEqual({ value: "2" });
  });

  test("of many jobs at once those that fail fail alone, in whatever way", async () => {
    await store.transaction((tx) => tx.run(insert, { name: "taken", value: "0" }));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        store.transaction(async (tx) => {
          await tx.run(insert, { name: `job-${index}`, value: "1" });
          if (index % 3 === 1) throw new Error("refused");
          if (index % 3 === 2) await tx.script("this is no SQL");
          return index;
        }),
      ),
    );
    const fulfilled = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    expect(fulfilled).toEqual(Array.from({ length: 20 }, (_, index) => index * 3));
    const rows = await store.read((tx) => tx.all(list, {}));
    expect(rows.filter(({ name }) => name.startsWith("job-"))).toHaveLength(20);
  });

  test("a read among failing and succeeding writes sees only what is committed or its own group's order", async () => {
    const writing = store.transaction((tx) => tx.run(insert, { name: "w", value: "1" }));
    const failing = store.transaction(async (tx) => {
      await tx.run(change, { name: "w", value: "never" });
      throw new Error("no");
    });
    const reading = store.read((tx) => tx.all(list, {}));
    await expect(failing).rejects.toThrow("no");
    await writing;
    expect((await reading).map((row) => row.value)).not.toContain("never");
  });

  test("a statement without one of its parameters is an error, not a null", async () => {
    const careless = store.transaction((tx) => tx.run(insert, { name: "x" } as FactRow));
    await expect(careless).rejects.toThrow("statement parameter value is missing");
    expect(await value("x")).toBeUndefined();
  });

  test("texts come back as they went in", async () => {
    const texts = ["", "用户协议 ‮ '\"\\", "a\nb\tc", "😀", "%_?$1"];
    for (const [index, text] of texts.entries()) {
      await store.transaction((tx) => tx.run(insert, { name: `text-${index}`, value: text }));
      expect(await value(`text-${index}`)).toBe(text);
    }
  });

  test("several servers that start at once on an empty database share one schema", async () => {
    const fresh = await newDatabase(dialect);
    const servers = await Promise.all(Array.from({ length: 5 }, () => openStore(fresh.url, () => time, vault)));
    const schemas = await Promise.all(servers.map((server) => server.read((tx) => tx.all(versions, {}))));
    for (const rows of schemas) expect(rows).toEqual(MIGRATIONS.map(({ version }) => ({ version })));
    for (const server of servers) await server.close();
    await fresh.drop();
  });

  test("a later schema is added to a database in use, and an older server then refuses to start", async () => {
    await store.transaction((tx) => tx.run(insert, { name: "old", value: "1" }));
    const next = [...MIGRATIONS, { version: 99, parts: ["create table more (id text primary key)"] }];
    const second = await open();
    await Promise.all([migrate(store, next), migrate(second, next)]);
    await store.transaction((tx) => tx.script("insert into more (id) values ('1')"));
    expect(await value("old")).toBe("1");
    await expect(openStore(database.url, () => time, vault)).rejects.toThrow("a newer one used it");
  });

  test("a step of the schema that fails can be tried again, and goes on", async () => {
    const create = "create table if not exists more (id text primary key)";
    const broken = [...MIGRATIONS, { version: 99, parts: [create, "nonsense"] }];
    await expect(migrate(store, broken)).rejects.toThrow(/syntax/);
    expect(await store.read((tx) => tx.all(versions, {}))).toHaveLength(MIGRATIONS.length);
    const mended = [...MIGRATIONS, { version: 99, parts: [create, "insert into more (id) values ('1')"] }];
    expect(await migrate(store, mended)).toEqual({ from: MIGRATIONS.at(-1)?.version, to: 99 });
    expect(await store.read((tx) => tx.all(versions, {}))).toHaveLength(mended.length);
  });

  test("what is written without waiting is as if it was waited for: a job that it fails writes nothing and says why", async () => {
    const failing = store.transaction(async (tx) => {
      tx.write(insert, { name: "unwaited", value: "x" });
      tx.write(insert, { name: "unwaited", value: null as unknown as string });
      return tx.first(find, { name: "unwaited" });
    });
    await expect(failing).rejects.toThrow(/null/i);
    expect(await store.read((tx) => tx.first(find, { name: "unwaited" }))).toBeUndefined();
  });

  test("whoever asks after the end of a job asks nobody", async () => {
    let kept: Transaction | undefined;
    await store.transaction(async (tx) => void (kept = tx));
    await expect(kept?.first(find, { name: "late" })).rejects.toThrow("the transaction is over");
  });

  test("jobs already queued are done before it closes", async () => {
    const jobs = Array.from({ length: 10 }, (_, index) =>
      store.transaction((tx) => tx.run(insert, { name: `late-${index}`, value: "1" })),
    );
    await store.close();
    opened.splice(opened.indexOf(store), 1);
    expect(await Promise.all(jobs)).toEqual(Array.from({ length: 10 }, () => 1));
  });

  test("its clock is the database's on PostgreSQL and the injected one on SQLite", async () => {
    const now = () => store.read(async (tx) => tx.now);
    const before = await now();
    time += 3_600_000;
    const after = await now();
    const moved = after - before;
    expect(moved >= 3_600_000).toBe(dialect === "sqlite");
    expect(Number.isInteger(after)).toBe(true);
    expect(Math.abs(after - (dialect === "sqlite" ? time : Date.now()))).toBeLessThan(5000);
  });
});

describe("a lost race on PostgreSQL", () => {
  test("is run again, a bounded number of times", async () => {
    const database = await newDatabase("postgres");
    const store = await openStore(database.url, Date.now, createVault("a master key of at least 32 bytes!"));
    let runs = 0;
    const lucky = store.transaction(async () => {
      if (++runs < 3) throw new LostRace();
      return runs;
    });
    expect(await lucky).toBe(3);
    runs = 0;
    const unlucky = store.transaction(async () => {
      runs++;
      throw new LostRace();
    });
    await expect(unlucky).rejects.toThrow("too many conflicting transactions");
    expect(runs).toBe(8);
    await store.close();
    await database.drop();
  });

  test("is run again when a claim finds another value than was read, and then reads what the winner wrote", async () => {
    const database = await newDatabase("postgres");
    const store = await openStore(database.url, Date.now, createVault("a master key of at least 32 bytes!"));
    await store.transaction((tx) => tx.run(insert, { name: "sum", value: "0" }));
    const add = (): Promise<number> =>
      store.transaction(
        async (tx) => {
          const { value: former } = (await tx.first(find, { name: "sum" })) ?? { value: "" };
          const sum = Number(former) + 1;
          tx.claim(changeFrom, { name: "sum", value: String(sum), former });
          return sum;
        },
        { asksFirst: true },
      );
    const sums = await Promise.all(Array.from({ length: 4 }, add));
    expect(sums.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    await store.close();
    await database.drop();
  });

  test("two jobs that lock the same rows the other way round both succeed", async () => {
    const database = await newDatabase("postgres");
    const store = await openStore(database.url, Date.now, createVault("a master key of at least 32 bytes!"));
    await store.transaction(async (tx) => {
      await tx.run(insert, { name: "a", value: "0" });
      await tx.run(insert, { name: "b", value: "0" });
    });
    const both = async (first: string, second: string) =>
      store.transaction(async (tx) => {
        await tx.run(change, { name: first, value: first });
        await tx.run(change, { name: second, value: first });
      });
    await expect(
      Promise.all(Array.from({ length: 4 }, (_, n) => (n % 2 ? both("a", "b") : both("b", "a")))),
    ).resolves.toHaveLength(4);
    await store.close();
    await database.drop();
  });
});

test("a database address may name a file relative to the server or anywhere", () => {
  expect(sqlitePath("sqlite:/var/lib/a.db")).toBe("/var/lib/a.db");
  expect(sqlitePath("sqlite:///var/lib/a.db")).toBe("/var/lib/a.db");
  expect(sqlitePath("sqlite:data/a.db")).toBe(`${process.cwd()}/data/a.db`);
});
