import { once } from "node:events";
import net from "node:net";
import type { AuthServer, Pool } from "./auth-server";
import { expire } from "./databases";
import type { GrownDatabases } from "./growth";
import { quantile } from "./load";

const CONNECTIONS = 8;
const BATCH = 100;
const SLOW_SOCKETS = 1000;

type Grown = Awaited<ReturnType<GrownDatabases["start"]>>;

export interface Beside {
  what: string;
  login: number;
  exchange: number;
  worst: number;
}

/**
 * Normal traffic, eight at a time, on a server that is otherwise quiet; that has a thousand sockets which send a byte a
 * second; and that deletes a million attempts which have ended. Each row has the 99th percentiles.
 */
export async function measureBeside(databases: GrownDatabases, size: number): Promise<Beside[]> {
  const rows: Beside[] = [];
  const take = async (what: string, milliseconds: number, { server, pool }: Grown): Promise<void> => {
    rows.push({ what, ...(await traffic(server, pool, milliseconds)) });
  };
  const calm = await databases.start("sqlite", size);
  await traffic(calm.server, calm.pool, 1000);
  await take("nothing else", 4000, calm);
  const stop = await openSlowSockets(calm.server.origin);
  await take(`${SLOW_SOCKETS} slow sockets`, 6000, calm);
  stop();
  await calm.server.stop();
  // What has ended is deleted from the start on.
  const purging = await databases.start("sqlite", size, expire);
  await take(`a purge of ${size} attempts`, 6000, purging);
  await purging.server.stop();
  return rows;
}

async function traffic(server: AuthServer, pool: Pool, milliseconds: number): Promise<Omit<Beside, "what">> {
  const endAt = performance.now() + milliseconds;
  const times = { login: [] as number[], exchange: [] as number[] };
  while (performance.now() < endAt) {
    const login = await server.login(pool, BATCH, CONNECTIONS);
    const exchange = await server.exchange(pool, login.tickets, CONNECTIONS);
    times.login.push(...login.times);
    times.exchange.push(...exchange.times);
  }
  const [login, exchange] = [times.login, times.exchange].map((all) => all.toSorted((a, b) => a - b));
  return {
    login: quantile(login ?? [], 0.99),
    exchange: quantile(exchange ?? [], 0.99),
    worst: quantile(exchange ?? [], 1),
  };
}

/** Each sends its request's head byte by byte; the server closes it in time, and another one comes. */
async function openSlowSockets(origin: string): Promise<() => void> {
  const { port } = new URL(origin);
  const sockets = new Set<net.Socket>();
  let open = true;
  const add = (): net.Socket => {
    const socket = net.connect(Number(port), "127.0.0.1");
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      if (open) add();
    });
    socket.write("POST /oauth/app2wxapp/auth/x HTTP/1.1\r\nhost: a\r\nx-slow: ");
    return socket;
  };
  await Promise.all(Array.from({ length: SLOW_SOCKETS }, () => once(add(), "connect")));
  const drip = setInterval(() => {
    for (const socket of sockets) socket.write("a");
  }, 1000);
  return () => {
    open = false;
    clearInterval(drip);
    for (const socket of sockets) socket.destroy();
  };
}
