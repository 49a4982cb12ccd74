import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import net from "node:net";
import { buildServer } from "../src/app";
import { createVault } from "../src/secrets/vault";
import { migrate } from "../src/store/migrations";
import { sqlitePath } from "../src/startup/open-store";
import { openPostgres } from "../src/store/postgres";
import { Readiness } from "../src/store/readiness";
import { openSqlite } from "../src/store/sqlite";
import { StoreUnavailable, type Store } from "../src/store/store";
import { newDatabase } from "./support/databases";
import { TestWeChat } from "./support/people";
import { refusal, SHARED_APPLET, stranger, World } from "./support/world";

const UNAVAILABLE = { status: 503, error: "server.unavailable" };

describe("when the SQLite file", () => {
  let world: World;
  beforeEach(async () => (world = await World.open()));
  afterEach(() => world.close());

  /** What whoever asks a second later hears. */
  const readiness = async (): Promise<number> => {
    await world.pass(1000);
    return (await world.call("GET", "/readyz")).statusCode;
  };
  const handle = (): DatabaseSyncInstance => (world.store as Store & { database: DatabaseSyncInstance }).database;
  const pragma = (text: string): void => handle().exec(`pragma ${text}`);

  test("is read-only: 503, no token, and it recovers by itself", async () => {
    const ticket = await world.ticket(stranger());
    pragma("query_only = 1");
    for (const response of [
      await world.exchange({ ticket, secret: world.pool.secret }),
      await world.attempt(stranger()),
    ]) {
      expect(refusal(response)).toEqual(UNAVAILABLE);
      expect(response.headers["retry-after"]).toBe("1");
      expect(response.body).not.toContain("eyJ");
    }
    expect(await readiness()).toBe(503);
    pragma("query_only = 0");
    expect(await readiness()).toBe(200);
    await world.redeem(ticket);
    await world.login(stranger());
  });

  test("is full: some logins get 503 and none is half done, and it recovers by itself", async () => {
    const ticket = await world.ticket(stranger());
    const attempts = () => (handle().prepare("select count(*) as n from attempts").get() as { n: number }).n;
    const before = attempts();
    const { page_count: pages } = handle().prepare("pragma page_count").get() as { page_count: number };
    pragma(`max_page_count = ${pages}`);
    const statuses: number[] = [];
    for (let login = 0; login < 100; login++) statuses.push((await world.attempt(stranger())).statusCode);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(await readiness()).toBe(503);
    expect(attempts() - before).toBe(statuses.filter((status) => status === 200).length);
    pragma("max_page_count = 1000000");
    expect(await readiness()).toBe(200);
    await world.redeem(ticket);
    await world.login(stranger());
  });

  test("is locked by a second writer: others wait for it, and are refused when it takes too long", async () => {
    const second = new DatabaseSync(sqlitePath(world.database.url));
    const patient = world.ticket(stranger());
    await patient;
    second.exec("begin immediate");
    const waiting = world.attempt(stranger());
    await new Promise((resolve) => setImmediate(resolve));
    second.exec("rollback");
    expect((await waiting).statusCode).toBe(200);
    second.close();
  });
});

test("a job that waits longer for a second writer than it may is refused, and the next one succeeds", async () => {
  const database = await newDatabase("sqlite");
  const path = sqlitePath(database.url);
  const store = openSqlite(path, { clock: Date.now, lockTimeoutMilliseconds: 150 });
  await migrate(store);
  const second = new DatabaseSync(path);
  second.exec("begin immediate");
  const write = () =>
    store.transaction((tx) => tx.script("insert into facts (name, value) values (hex(randomblob(8)), '1')"));
  await expect(Promise.allSettled([write(), write()])).resolves.toMatchObject([
    { status: "rejected", reason: new StoreUnavailable("locked") },
    { status: "rejected", reason: new StoreUnavailable("locked") },
  ]);
  const reads = await store.read(async (tx) => tx.now);
  expect(reads).toBeGreaterThan(0);
  second.exec("rollback");
  await write();
  second.close();
  await store.close();
  await database.drop();
});

test("a commit that fails refuses all who shared it, and leaves nothing of them", async () => {
  const database = await newDatabase("sqlite");
  const store = openSqlite(sqlitePath(database.url), { clock: Date.now });
  await migrate(store);
  const insert = (name: string) =>
    store.transaction((tx) => tx.script(`insert into facts (name, value) values ('${name}', '1')`));
  await insert("before");
  const inner = store as unknown as { prepared(sql: string): unknown };
  const prepared = inner.prepared.bind(store);
  const broken = jest.spyOn(inner, "prepared");
  broken.mockImplementation((sql) => {
    if (sql === "commit") throw Object.assign(new Error("disk I/O error"), { errcode: 10 });
    return prepared(sql);
  });
  const outcomes = await Promise.allSettled([insert("one"), insert("two")]);
  broken.mockRestore();
  expect(outcomes).toMatchObject([
    { reason: new StoreUnavailable("input or output error") },
    { reason: new StoreUnavailable("input or output error") },
  ]);
  await insert("after");
  const names = store.database.prepare("select name from facts order by name").all() as { name: string }[];
  expect(names.map(({ name }) => name)).toEqual(["after", "before"]);
  await store.close();
  await database.drop();
});

describe("a commit in SQLite", () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /** A store whose disk does what the test says. */
  async function withDisk(work: (store: Store, disk: { done(): void; fails(): void; asked: number }) => Promise<void>) {
    const database = await newDatabase("sqlite");
    const path = sqlitePath(database.url);
    const ready = openSqlite(path, { clock: Date.now });
    await migrate(ready);
    await ready.close();
    const asked: { resolve(): void; reject(error: Error): void }[] = [];
    const sync = () => new Promise<void>((resolve, reject) => asked.push({ resolve, reject }));
    const store = openSqlite(path, { clock: Date.now, sync });
    await work(store, {
      done: () => asked.at(-1)?.resolve(),
      fails: () => asked.at(-1)?.reject(new Error("EIO")),
      get asked() {
        return asked.length;
      },
    });
    await store.close();
    await database.drop();
  }
  const insert = (store: Store, name: string) =>
    store.transaction((tx) => tx.script(`insert into facts (name, value) values ('${name}', '1')`));
  /** Whether it is answered within as many turns as a commit could ever take. */
  const isAnswered = async (job: Promise<unknown>): Promise<boolean> => {
    let answered = false;
    void job.finally(() => (answered = true)).catch(() => undefined);
    for (let turns = 0; turns < 20; turns++) await turn();
    return answered;
  };

  test("is told to nobody before the log is on the disk, nor is what it wrote", async () => {
    await withDisk(async (store, disk) => {
      const first = insert(store, "first");
      expect(await isAnswered(first)).toBe(false);
      const [second, third, read] = [insert(store, "second"), insert(store, "third"), store.read(async (tx) => tx.now)];
      expect(await isAnswered(read)).toBe(false);
      disk.done();
      await first;
      expect(await isAnswered(second)).toBe(false);
      expect(await isAnswered(read)).toBe(false);
      disk.done();
      await Promise.all([second, third, read]);
      expect(disk.asked).toBe(2);
      await store.read(async (tx) => tx.now);
      expect(disk.asked).toBe(2);
    });
  });

  test("whose log did not reach the disk is refused, and so is all that follows it until a new start", async () => {
    await withDisk(async (store, disk) => {
      const lost = insert(store, "lost");
      expect(await isAnswered(lost)).toBe(false);
      disk.fails();
      const unavailable = new StoreUnavailable("input or output error");
      await expect(lost).rejects.toEqual(unavailable);
      await expect(insert(store, "after")).rejects.toEqual(unavailable);
      await expect(store.read(async (tx) => tx.now)).rejects.toEqual(unavailable);
      expect(disk.asked).toBe(1);
    });
  });
});

describe("when PostgreSQL", () => {
  test("cannot be reached, comes, goes and comes back: 503 in between, and it recovers by itself", async () => {
    const database = await newDatabase("postgres");
    const target = new URL(database.url);
    const wire = new Wire(Number(target.port));
    await wire.connect();
    const store = openPostgres(`postgres://postgres:postgres@127.0.0.1:${wire.port}${target.pathname}`);
    await migrate(store);
    const vault = createVault("a master key of at least 32 bytes!");
    const settings = {
      sharedApplet: SHARED_APPLET,
      admins: [],
      trustProxy: false as const,
      logLevel: "silent",
      publicOrigin: undefined,
      formerOrigins: [],
    };
    let time = 0;
    const server = await buildServer({ settings, store, vault, clock: () => time, wechat: new TestWeChat() });
    const { app } = server.open;
    const ready = async () => {
      // What it heard last is kept for a second.
      time += 1000;
      return (await app.inject({ method: "GET", url: "/readyz" })).statusCode;
    };

    expect(await ready()).toBe(200);
    wire.cut();
    expect(await Promise.all([ready(), ready(), ready()])).toEqual([503, 503, 503]);
    expect((await app.inject({ method: "GET", url: "/healthz" })).statusCode).toBe(200);
    await wire.connect();
    expect(await ready()).toBe(200);

    await app.close();
    await store.close();
    wire.cut();
    await database.drop();
  });

  test("is read-only, as a standby is: 503, and no token", async () => {
    const world = await World.open({ dialect: "postgres" });
    const ticket = await world.ticket(stranger());
    const name = new URL(world.database.url).pathname.slice(1);
    const readOnly = (value: string) =>
      world.store.transaction(async (tx) => {
        await tx.script("set transaction read write");
        await tx.script(`alter database ${name} set default_transaction_read_only = ${value}`);
      });
    await readOnly("on");
    const fresh = openPostgres(world.database.url);
    const server = await buildServer({
      settings: {
        sharedApplet: SHARED_APPLET,
        admins: [],
        trustProxy: false,
        logLevel: "silent",
        publicOrigin: undefined,
        formerOrigins: [],
      },
      store: fresh,
      vault: world.vault,
      wechat: world.wechat,
    });
    const { app } = server.open;
    const url = `/oauth/app2wxapp/auth/${world.pool.id}`;
    const response = await app.inject({ method: "POST", url, payload: { ticket, secret: world.pool.secret } });
    expect(refusal(response)).toEqual(UNAVAILABLE);
    await app.close();
    await fresh.close();
    await readOnly("off");
    await world.redeem(ticket);
    await world.close();
  });
});

test("a PostgreSQL that answers no more costs each request one wait of less than 6 s, and readiness with it", async () => {
  const database = await newDatabase("postgres");
  const target = new URL(database.url);
  const wire = new Wire(Number(target.port));
  await wire.connect();
  const store = openPostgres(`postgres://postgres:postgres@127.0.0.1:${wire.port}${target.pathname}`);
  await migrate(store);
  const readiness = new Readiness(store, Date.now);
  await readiness.check();
  const asked: string[] = [];
  wire.stall((bytes) => asked.push(bytes.toString("latin1")));
  const start = performance.now();
  const outcomes = await Promise.allSettled([
    store.read(async (tx) => tx.now),
    store.transaction(async (tx) => tx.now),
    new Readiness(store, Date.now).check(),
  ]);
  expect(performance.now() - start).toBeLessThan(6000);
  expect(outcomes.map((outcome) => outcome.status === "rejected" && (outcome.reason as Error).name)).toEqual(
    outcomes.map(() => "StoreUnavailable"),
  );
  // A connection that did not answer is asked nothing more.
  expect(asked.join("")).not.toContain("rollback");
  wire.resume();
  await store.read(async (tx) => tx.now);
  await store.close();
  wire.cut();
  await database.drop();
});

test("a change of the schema may take longer than any request, and one that hangs ends with its connection", async () => {
  const database = await newDatabase("postgres");
  const store = openPostgres(database.url, { jobMilliseconds: 300 });
  await expect(store.transaction((tx) => tx.script("select pg_sleep(1)"))).rejects.toThrow(StoreUnavailable);
  await store.migration((tx) => tx.script("select pg_sleep(0.6)"));
  await store.close();
  await database.drop();
});

/** A wire to PostgreSQL that can be cut. */
class Wire {
  #server: net.Server | undefined;
  readonly #sockets = new Set<net.Socket>();
  #stalled: ((bytes: Buffer) => void) | undefined;
  port = 0;

  constructor(private readonly target: number) {}

  async connect(): Promise<void> {
    const server = net.createServer((near) => {
      const far = net.connect(this.target, "127.0.0.1");
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => this.#sockets.delete(socket));
      }
      far.pipe(near);
      near.on("data", (bytes) => (this.#stalled ? this.#stalled(bytes) : far.write(bytes)));
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as net.AddressInfo).port;
  }

  /** Passes nothing on any more, and tells what it was given. */
  stall(told: (bytes: Buffer) => void): void {
    this.#stalled = told;
  }

  resume(): void {
    this.#stalled = undefined;
  }

  cut(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
