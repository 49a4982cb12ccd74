import type { Beside } from "./beside";
import type { Dialect } from "./databases";
import type { Growth } from "./growth";
import type { Figures, Row } from "./speed";

/** What was measured; parts that did not run are not judged. */
export interface Measurements {
  speed?: ReadonlyMap<Row, Figures>;
  growth?: Growth[];
  beside?: Beside[];
}

export interface Judgement {
  line: string;
  met: boolean;
}

/** Requests a second, as a share of the control's. */
const LEAST_SHARE: Partial<Record<Row, number>> = {
  "sqlite exchange, returning": 0.18,
  "sqlite exchange, new": 0.12,
  "sqlite login, new": 0.12,
  "sqlite login, returning": 0.12,
  "postgres exchange, returning": 0.06,
  "postgres exchange, new": 0.06,
  "postgres login, new": 0.05,
  "postgres login, returning": 0.05,
};
const LEAST_TIMES_PEER = 3;
/** Of a million users and tickets, against none. */
const MOST_GROWTH = { p50: 1.3, p99: 2 };
const MOST_BESIDE_PURGE_MS = 100;

/** The budgets, one line each. */
export function judge({ speed, growth, beside }: Measurements): Judgement[] {
  return [
    ...(speed ? judgeSpeed(speed) : []),
    ...(growth ? judgeGrowth(growth) : []),
    ...(beside ? judgeBeside(beside) : []),
  ];
}

function judgeSpeed(speed: ReadonlyMap<Row, Figures>): Judgement[] {
  const shares = Object.entries(LEAST_SHARE).map(([row, least]) =>
    atLeast(`${row}: share of the control`, speed.get(row as Row)?.share ?? NaN, least),
  );
  const peer = speed.get("peer")?.perSecond ?? NaN;
  const times = (["returning", "new"] as const).map((people) =>
    atLeast(
      `sqlite exchange, ${people}: times oidc-provider's`,
      (speed.get(`sqlite exchange, ${people}`)?.perSecond ?? NaN) / peer,
      LEAST_TIMES_PEER,
    ),
  );
  return [...shares, ...times];
}

function judgeGrowth(growth: readonly Growth[]): Judgement[] {
  const largest = Math.max(...growth.map(({ size }) => size));
  const at = (dialect: Dialect, call: Growth["call"], size: number) =>
    growth.find((one) => one.dialect === dialect && one.call === call && one.size === size);
  return growth
    .filter(({ size }) => size === largest)
    .flatMap(({ dialect, call, ...times }) =>
      (["p50", "p99"] as const).map((quantile) => {
        const times0 = at(dialect, call, 0)?.[quantile] ?? NaN;
        const what = `${dialect} ${call}: ${quantile} with ${largest} users, times that with none`;
        return atMost(what, times[quantile] / times0, MOST_GROWTH[quantile]);
      }),
    );
}

function judgeBeside(beside: readonly Beside[]): Judgement[] {
  const purge = beside.find(({ what }) => what.includes("purge"));
  return [atMost("sqlite exchange: p99 beside a purge, ms", purge?.exchange ?? NaN, MOST_BESIDE_PURGE_MS)];
}

function atLeast(what: string, is: number, budget: number): Judgement {
  return judgement(what, is, `at least ${budget}`, is >= budget);
}

function atMost(what: string, is: number, budget: number): Judgement {
  return judgement(what, is, `at most ${budget}`, is <= budget);
}

function judgement(what: string, is: number, budget: string, met: boolean): Judgement {
  return { line: `${met ? "met   " : "MISSED"}  ${what}: ${is.toFixed(3)} (${budget})`, met };
}
