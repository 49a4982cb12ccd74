import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "../test/support/loopback";
import { linkLibraries } from "../test/postgres-setup";
import { Gate } from "./gate";
import { seconds } from "./program";
import { query } from "./query";

/** PostgreSQL does not run as root; as anybody else it runs as them. */
const AS = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** One PostgreSQL with its files. */
export class Postgres {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
  ) {}

  static async start(binaries: string, folder: string, settings: Readonly<Record<string, string>>): Promise<Postgres> {
    const port = await freePort();
    const flags = { listen_addresses: "127.0.0.1", unix_socket_directories: "", port: String(port), ...settings };
    const log = openSync(`${folder}.log`, "a");
    const child = spawn(
      path.join(binaries, "postgres"),
      ["-D", folder, ...Object.entries(flags).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      { ...AS, stdio: ["ignore", log, log] },
    );
    const started = new Postgres(child, port);
    for (let tries = 0; !(await started.query("select 1").catch(() => undefined)); tries++) {
      if (tries > 300 || child.exitCode !== null) throw new Error(`PostgreSQL did not start; see ${folder}.log`);
      await seconds(0.1);
    }
    return started;
  }

  url(database: string, port = this.port): string {
    return `postgres://postgres@127.0.0.1:${port}/${database}`;
  }

  query<R extends object>(sql: string, database = "postgres"): Promise<R[]> {
    return query(this.url(database), sql);
  }

  /** To it and to all its processes, which end by themselves only when they notice. */
  signal(signal: NodeJS.Signals): void {
    const parent = this.process.pid ?? 0;
    const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(parent)], { encoding: "utf8" });
    for (const pid of [parent, ...stdout.split("\n").map(Number)]) {
      if (pid > 0) kill(pid, signal);
    }
  }

  /** Becomes the primary, with nobody to wait for. */
  async promote(): Promise<void> {
    await this.query("select pg_promote(true, 30)");
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, "exit");
    this.signal("SIGCONT");
    this.process.kill("SIGQUIT");
    await exit;
  }
}

/** A process that has ended meanwhile needs no signal. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

export interface Pair {
  primary: Postgres;
  standby: Postgres;
  /** What the standby reaches the primary through. */
  link: Gate;
}

/** A primary whose commits are acknowledged once its standby has them on the disk, too; or at once, to plant a loss. */
export async function startPair(folder: string, isSynchronous: boolean): Promise<Pair> {
  const binaries = path.join(linkLibraries(), "native", "bin");
  const [first, second] = [path.join(folder, "first"), path.join(folder, "second")];
  mkdirSync(first, { mode: 0o700 });
  chmodSync(folder, 0o755);
  if (AS.uid !== undefined) execFileSync("chown", [`${AS.uid}:${AS.gid}`, first]);
  execFileSync(path.join(binaries, "initdb"), ["-D", first, "-U", "postgres", "-A", "trust"], {
    ...AS,
    stdio: "ignore",
  });
  // Of a database that has not run yet a copy is as good as a base backup.
  cpSync(first, second, { recursive: true });
  writeFileSync(path.join(second, "standby.signal"), "");
  if (AS.uid !== undefined) execFileSync("chown", ["-R", `${AS.uid}:${AS.gid}`, second]);
  chmodSync(second, 0o700);
  // Nobody waits for a standby that is not there yet.
  const primary = await Postgres.start(binaries, first, { wal_keep_size: "512MB" });
  const link = await Gate.open(primary.port);
  const standby = await Postgres.start(binaries, second, {
    primary_conninfo: `host=127.0.0.1 port=${link.port} user=postgres application_name=standby`,
  });
  if (isSynchronous) {
    await primary.query("alter system set synchronous_standby_names = 'standby'");
    await primary.query("select pg_reload_conf()");
  }
  const wanted = isSynchronous ? "sync" : "async";
  for (let tries = 0; ; tries++) {
    const [state] = await primary.query<{ sync_state: string }>("select sync_state from pg_stat_replication");
    if (state?.sync_state === wanted) return { primary, standby, link };
    if (tries > 100) throw new Error(`the standby does not follow: ${JSON.stringify(state)}`);
    await seconds(0.1);
  }
}
