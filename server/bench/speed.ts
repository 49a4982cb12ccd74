import { AuthServer } from "./auth-server";
import type { Child } from "./child";
import type { Dialect } from "./databases";
import { load, median, type Call, type Rounds, type Run } from "./load";
import { PEER_CLIENT } from "./peer-client";

const CONNECTIONS = 64;
const COUNTS = { control: 15_000, peer: 1200, sqlite: 4000, postgres: 1500 };

/** The rows of the table: the control, the peer, and what each database makes of a login and an exchange. */
export type Row = "control" | "peer" | `${Dialect} ${"login" | "exchange"}, ${"new" | "returning"}`;

interface Measured extends Omit<Run, "bodies" | "times"> {
  /** Microseconds of the measured process's processor for one request. */
  cpu: number;
}

export interface Figures extends Measured {
  /** Requests a second as a share of the control's in the same round; the median of all rounds. */
  share: number;
}

interface Contestants {
  control: { child: Child; origin: string };
  peer: { child: Child; origin: string };
  servers: { dialect: Dialect; server: AuthServer }[];
}

/** Lets all run in turn, round by round. */
export async function measureSpeed(contestants: Contestants, rounds: Rounds): Promise<Map<Row, Figures>> {
  const runs = new Map<Row, (Measured & { share: number })[]>();
  for (let round = rounds.next(); round !== undefined; round = rounds.next()) {
    const measured = await oneRound(contestants);
    const control = measured.get("control")?.perSecond ?? NaN;
    if (round === 0) continue;
    for (const [row, run] of measured) {
      runs.set(row, [...(runs.get(row) ?? []), { ...run, share: run.perSecond / control }]);
    }
  }
  return new Map([...runs].map(([row, all]) => [row, medians(all)]));
}

async function oneRound({ control, peer, servers }: Contestants): Promise<Map<Row, Measured>> {
  const measured = new Map<Row, Measured>();
  const take = async <R extends Run>(row: Row, child: Child, count: number, run: () => Promise<R>): Promise<R> => {
    const before = child.cpuSeconds();
    const result = await run();
    const { perSecond, p50, p99 } = result;
    measured.set(row, { perSecond, p50, p99, cpu: ((child.cpuSeconds() - before) / count) * 1e6 });
    return result;
  };
  const gets = Array.from({ length: COUNTS.control }, (): Call => ({ method: "GET", path: "/" }));
  await take("control", control.child, COUNTS.control, () => load(control.origin, CONNECTIONS, gets));

  const codes = await peer.child.ask<string[]>({ what: "mint", count: COUNTS.peer });
  const exchanges = codes.map((code): Call => {
    const { id, secret, redirect } = PEER_CLIENT;
    const client = { client_id: id, client_secret: secret, redirect_uri: redirect };
    return {
      method: "POST",
      path: "/token",
      type: "form",
      body: { grant_type: "authorization_code", code, ...client },
    };
  });
  await take("peer", peer.child, COUNTS.peer, () => load(peer.origin, CONNECTIONS, exchanges));

  for (const { dialect, server } of servers) {
    const pool = await server.createPool();
    const count = COUNTS[dialect];
    for (const people of ["new", "returning"] as const) {
      const login = () => server.login(pool, count, CONNECTIONS, people === "returning");
      const { tickets } = await take(`${dialect} login, ${people}`, server.child, count, login);
      const exchange = () => server.exchange(pool, tickets, CONNECTIONS);
      await take(`${dialect} exchange, ${people}`, server.child, count, exchange);
    }
  }
  return measured;
}

function medians(all: readonly Figures[]): Figures {
  const of = (pick: (one: Figures) => number): number => median(all.map(pick));
  return {
    perSecond: of((one) => one.perSecond),
    p50: of((one) => one.p50),
    p99: of((one) => one.p99),
    cpu: of((one) => one.cpu),
    share: of((one) => one.share),
  };
}
