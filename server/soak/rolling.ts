import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AuthServer } from "../bench/auth-server";
import { Child } from "../bench/child";
import { startPostgres } from "../test/postgres-setup";
import { freePort } from "../test/support/loopback";
import { print, run, seconds } from "./program";
import { query } from "./query";
import { Traffic } from "./traffic";

const ROOT = path.resolve(__dirname, "../../../..");
const MAIN = path.join(ROOT, "server/dist/main.js");
const CLIENTS = 8;
const DRAIN_SECONDS = "4";

/**
 * Each as its makers write it: connections kept alive, a request that was sent never repeated. HAProxy asks `/readyz`; nginx
 * asks nobody, so that a server is taken out of its list before it ends.
 */
const PROXIES = {
  haproxy: (port: number, servers: readonly number[]) => `
    global
      log stderr local0 err
    defaults
      mode http
      timeout connect 2s
      timeout client 60s
      timeout server 30s
      retries 0
      http-reuse always
      option forwardfor
      option httpchk GET /readyz
    listen auth
      bind 127.0.0.1:${port}
      default-server check inter 500ms fall 2 rise 1
      ${servers.map((one) => `server s${one} 127.0.0.1:${one}`).join("\n      ")}
  `,
  nginx: (port: number, servers: readonly number[], ending?: number) => `
    daemon off;
    pid nginx.pid;
    error_log stderr crit;
    events {}
    http {
      access_log off;
      upstream auth {
        ${servers.map((one) => `server 127.0.0.1:${one}${one === ending ? " down" : ""};`).join("\n        ")}
        keepalive 32;
      }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://auth;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header X-Forwarded-For $http_x_forwarded_for;
          proxy_next_upstream error timeout;
        }
      }
    }
  `,
} as const;
type Proxy = keyof typeof PROXIES;

/**
 * Two instances behind a proxy are restarted one after the other while people log in: as the same version, then from a
 * former version to this one, whose schema is newer. Nobody's login or exchange may fail.
 * `npm run soak:rolling -- COMMIT` says which former version; by default the last one before the schema changed.
 */
async function main(): Promise<boolean> {
  const former = git("rev-parse", process.argv[2] ?? git("log", "-1", "--format=%H~", "--", "server/src/store/schema"));
  const folder = mkdtempSync(path.join(tmpdir(), "app2wxapp-rolling-"));
  const postgres = await startPostgres({ fsync: "on" });
  const wechat = Child.start({ script: path.join(__dirname, "../bench/wechat.js"), measured: false });
  let isWell = true;
  try {
    const { origin } = await wechat.message<{ origin: string }>();
    const old = build(former, path.join(folder, "former"));
    const proxies = (Object.keys(PROXIES) as Proxy[]).filter((name) => spawnSync(name, ["-v"]).status === 0);
    if (proxies.length === 0) throw new Error("neither haproxy nor nginx is installed: apt-get install haproxy nginx");
    for (const proxy of proxies) {
      for (const [what, from] of [["the same version", MAIN] as const, [`from ${former.slice(0, 8)}`, old] as const]) {
        const base = mkdtempSync(path.join(folder, "run-"));
        const database = `rolling_${path.basename(base).replaceAll(/\W/g, "").toLowerCase()}`;
        await query(`${postgres.url}/postgres`, `create database ${database}`);
        const traffic = await restartUnderLoad(proxy, from, base, `${postgres.url}/${database}`, {
          child: wechat,
          origin,
        });
        const isAsPromised = traffic.failures.length === 0 && traffic.logins.length > 0;
        isWell &&= isAsPromised;
        const counts = `${traffic.logins.length} logins, ${traffic.exchanges.length} exchanges, ${traffic.failures.length} failed`;
        print(`${isAsPromised ? "met   " : "MISSED"}  ${proxy}, ${what}: ${counts}`);
        for (const failure of new Set(traffic.failures)) print(`        ${failure}`);
      }
    }
  } finally {
    await wechat.stop();
    await postgres.stop();
    spawnSync("git", ["worktree", "remove", "--force", path.join(folder, "former")], { cwd: ROOT });
    rmSync(folder, { recursive: true, force: true });
  }
  return isWell;
}

async function restartUnderLoad(
  name: Proxy,
  from: string,
  folder: string,
  database: string,
  wechat: { child: Child; origin: string },
): Promise<Traffic> {
  const start = (nth: number, script: string, port: number): Promise<AuthServer> =>
    AuthServer.start(database, path.join(folder, `${nth}.log`), wechat, { script, port, env: { DRAIN_SECONDS } });
  const ports = [await freePort(), await freePort()];
  const servers = await Promise.all(ports.map((port, nth) => start(nth, from, port)));
  const pool = await servers[0]!.createPool();
  const proxy = await RunningProxy.start(name, folder, ports);
  const traffic = new Traffic([proxy.origin], pool, (count) => wechat.child.ask({ count }), 20_000);
  try {
    traffic.start(CLIENTS);
    for (const [nth, server] of servers.entries()) {
      await seconds(3);
      await proxy.without(ports[nth]);
      await server.stop();
      servers[nth] = await start(nth, MAIN, ports[nth]!);
      await proxy.without(undefined);
    }
    await seconds(3);
    await traffic.stop();
  } finally {
    proxy.stop();
    for (const server of servers) await server.stop();
  }
  return traffic;
}

class RunningProxy {
  private constructor(
    private readonly name: Proxy,
    private readonly file: string,
    private readonly port: number,
    private readonly servers: readonly number[],
    private readonly process: ChildProcess,
  ) {}

  static async start(name: Proxy, folder: string, servers: readonly number[]): Promise<RunningProxy> {
    const [file, port] = [path.join(folder, `${name}.conf`), await freePort()];
    writeFileSync(file, configuration(name, port, servers));
    const child = spawn(name, name === "nginx" ? ["-p", folder, "-c", file] : ["-f", file], { stdio: "ignore" });
    process.once("exit", () => child.kill("SIGKILL"));
    const proxy = new RunningProxy(name, file, port, servers, child);
    for (let tries = 0; ; tries++) {
      const ready = await fetch(`${proxy.origin}/readyz`).catch(() => undefined);
      if (ready?.ok === true) return proxy;
      if (tries > 100) throw new Error(`${name} did not start`);
      await seconds(0.1);
    }
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Sends nothing more to a server that will end, where the proxy does not find out itself. */
  async without(ending: number | undefined): Promise<void> {
    if (this.name !== "nginx") return;
    writeFileSync(this.file, configuration(this.name, this.port, this.servers, ending));
    this.process.kill("SIGHUP");
    await seconds(1);
  }

  stop(): void {
    this.process.kill("SIGTERM");
  }
}

function configuration(name: Proxy, port: number, servers: readonly number[], ending?: number): string {
  return `${PROXIES[name](port, servers, ending).trim()}\n`;
}

/** The former version's server, with the packages of this one. */
function build(commit: string, folder: string): string {
  git("worktree", "add", "--detach", folder, commit);
  for (const place of ["", "server", "console"]) {
    const packages = path.join(ROOT, place, "node_modules");
    if (existsSync(packages) && existsSync(path.join(folder, place))) {
      symlinkSync(packages, path.join(folder, place, "node_modules"));
    }
  }
  execFileSync(path.join(ROOT, "node_modules/.bin/tsc"), ["-b", "server"], { cwd: folder, stdio: "inherit" });
  return path.join(folder, "server/dist/main.js");
}

function git(...words: string[]): string {
  return execFileSync("git", words, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

run(main);
