import path from "node:path";
import { AuthServer, type Pool } from "./auth-server";
import type { Child } from "./child";
import { multiply, type BenchDatabase, type Databases, type Dialect } from "./databases";
import { median, type Rounds } from "./load";

const CONNECTIONS = 16;
const BATCH = 500;

export interface Growth {
  dialect: Dialect;
  size: number;
  call: "login" | "exchange";
  p50: number;
  p99: number;
}

/** Databases with so many people in them already, each filled once. */
export class GrownDatabases {
  readonly #filled = new Map<string, Promise<{ database: BenchDatabase; pool: Pool }>>();

  constructor(
    readonly databases: Databases,
    readonly wechat: { child: Child; origin: string },
  ) {}

  /** A server on such a database; `prepare` changes it before the start. */
  async start(
    dialect: Dialect,
    size: number,
    prepare: (database: BenchDatabase) => Promise<void> = async () => undefined,
  ): Promise<{ server: AuthServer; pool: Pool }> {
    const key = `${dialect}-${size}`;
    const log = path.join(this.databases.folder, `${key}.log`);
    const filling = this.#filled.get(key) ?? this.#fill(dialect, size, log);
    this.#filled.set(key, filling);
    const { database, pool } = await filling;
    await prepare(database);
    return { server: await AuthServer.start(database.url, log, this.wechat), pool };
  }

  async #fill(dialect: Dialect, size: number, log: string): Promise<{ database: BenchDatabase; pool: Pool }> {
    const database = await this.databases.create(dialect);
    const server = await AuthServer.start(database.url, log, this.wechat);
    const pool = await server.createPool();
    const { tickets } = await server.login(pool, 1, 1);
    await server.exchange(pool, tickets, 1);
    await server.stop();
    if (size > 0) await multiply(database, size);
    return { database, pool };
  }
}

/** Logins and exchanges of people who return, on each size in turn, round by round. */
export async function measureGrowth(
  databases: GrownDatabases,
  dialect: Dialect,
  sizes: readonly number[],
  rounds: Rounds,
): Promise<Growth[]> {
  const grown = [];
  for (const size of sizes) grown.push({ size, ...(await databases.start(dialect, size)) });
  const times = new Map<string, { p50: number; p99: number }[]>();
  for (let round = rounds.next(); round !== undefined; round = rounds.next()) {
    for (const { size, server, pool } of grown) {
      const login = await server.login(pool, BATCH, CONNECTIONS);
      const exchange = await server.exchange(pool, login.tickets, CONNECTIONS);
      if (round === 0) continue;
      for (const [call, run] of Object.entries({ login, exchange })) {
        const key = `${size} ${call}`;
        times.set(key, [...(times.get(key) ?? []), run]);
      }
    }
  }
  for (const { server } of grown) await server.stop();
  return sizes.flatMap((size) =>
    (["login", "exchange"] as const).map((call) => {
      const runs = times.get(`${size} ${call}`) ?? [];
      return { dialect, size, call, p50: median(runs.map((run) => run.p50)), p99: median(runs.map((run) => run.p99)) };
    }),
  );
}
