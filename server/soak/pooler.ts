import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AuthServer } from "../bench/auth-server";
import { Child } from "../bench/child";
import { startPostgres } from "../test/postgres-setup";
import { freePort } from "../test/support/loopback";
import { finalState } from "./final-state";
import { anomaliesOf } from "./history";
import { print, run, seconds } from "./program";
import { query } from "./query";
import { Traffic } from "./traffic";

const PGBOUNCER = process.env["PGBOUNCER"] ?? "pgbouncer";
const CLIENTS = 16;
/** To PostgreSQL, for twice as many of the two servers. */
const CONNECTIONS = 8;

/**
 * Two servers behind PgBouncer in transaction mode, with fewer connections to PostgreSQL than they open. Undisturbed, no
 * login and no exchange may fail. Then PostgreSQL ends connections in the middle of things, and PgBouncer makes others: what was
 * acknowledged must be there, once, and afterwards nothing may fail again.
 */
async function main(): Promise<boolean> {
  const version = versionOf(PGBOUNCER);
  const folder = mkdtempSync(path.join(tmpdir(), "app2wxapp-pooler-"));
  const postgres = await startPostgres({ fsync: "on" });
  const direct = `${postgres.url}/postgres`;
  const wechat = Child.start({ script: path.join(__dirname, "../bench/wechat.js"), measured: false });
  const servers: AuthServer[] = [];
  let pooler: ChildProcess | undefined;
  try {
    const { origin } = await wechat.message<{ origin: string }>();
    const port = await freePort();
    pooler = startPooler(folder, port, new URL(postgres.url));
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await answers(url);
    for (const nth of [0, 1]) {
      const log = path.join(folder, `server-${nth}.log`);
      servers.push(await AuthServer.start(url, log, { child: wechat, origin }));
    }
    const pool = await servers[0]!.createPool();
    const traffic = new Traffic(
      servers.map((one) => one.origin),
      pool,
      (count) => wechat.ask({ count }),
    );
    const failed = new Map<string, number>();
    let seen = 0;
    const phase = async (what: string, work: () => Promise<unknown>): Promise<void> => {
      const before = traffic.logins.length;
      await work();
      failed.set(what, traffic.failures.length - seen);
      seen = traffic.failures.length;
      print(`        ${what}: ${traffic.logins.length - before} logins, ${failed.get(what)} requests failed`);
    };
    traffic.start(CLIENTS);
    await phase("undisturbed", () => seconds(10));
    await phase("connections ended", () => harass(direct));
    await phase("afterwards", async () => {
      await seconds(8);
      await traffic.stop();
    });
    const { tickets, exchanges } = traffic;
    const anomalies = anomaliesOf({ tickets, exchanges }, await finalState((sql) => query(direct, sql), tickets));
    for (const failure of new Set(traffic.failures)) print(`        ${failure}`);
    for (const anomaly of anomalies.slice(0, 5)) print(`        ${anomaly}`);
    const isAsPromised =
      traffic.logins.length > 0 &&
      failed.get("undisturbed") === 0 &&
      failed.get("afterwards") === 0 &&
      anomalies.length === 0;
    print(
      `${isAsPromised ? "met   " : "MISSED"}  PgBouncer ${version}: ${exchanges.length} exchanges, ${anomalies.length} anomalies`,
    );
    return isAsPromised;
  } finally {
    for (const server of servers) await server.stop();
    await wechat.stop();
    pooler?.kill("SIGKILL");
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function versionOf(program: string): string {
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  const [, version, minor] = /PgBouncer (1\.(\d+)\S*)/.exec(stdout ?? "") ?? [];
  if (version !== undefined && Number(minor) >= 21) return version;
  throw new Error(
    `PgBouncer 1.21 or newer is needed (${program} is ${version ?? "none"}); PGBOUNCER names the program`,
  );
}

/** PostgreSQL ends every connection that is at work, ten times. */
async function harass(url: string): Promise<void> {
  for (let round = 0; round < 10; round++) {
    await seconds(1);
    await query(
      url,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'postgres' and pid <> pg_backend_pid()",
    );
  }
  // So long may take what was under way.
  await seconds(6);
}

function startPooler(folder: string, port: number, { port: target, username, password }: URL): ChildProcess {
  const file = path.join(folder, "pgbouncer.ini");
  writeFileSync(
    file,
    `
    [databases]
    * = host=127.0.0.1 port=${target} user=${username} password=${password}
    [pgbouncer]
    listen_addr = 127.0.0.1
    listen_port = ${port}
    unix_socket_dir =
    auth_type = any
    pool_mode = transaction
    default_pool_size = ${CONNECTIONS}
    max_prepared_statements = 200
    `.replaceAll(/^ +/gm, ""),
  );
  // It does not run as root, and mkdtemp makes a folder for its owner only.
  chmodSync(folder, 0o755);
  const as = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn(PGBOUNCER, ["-q", ...as, file], { stdio: "ignore" });
  process.once("exit", () => child.kill("SIGKILL"));
  return child;
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    if (await query(url, "select 1").catch(() => undefined)) return;
    if (tries > 50) throw new Error("PgBouncer did not start");
    await seconds(0.1);
  }
}

run(main);
