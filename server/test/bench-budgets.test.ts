import { describe, expect, test } from "@jest/globals";
import { judge } from "../bench/budgets";
import type { Growth } from "../bench/growth";
import type { Figures, Row } from "../bench/speed";

const figures = (share: number, perSecond: number): Figures => ({ share, perSecond, p50: 1, p99: 2, cpu: 100 });
const speed = (changed: Partial<Record<Row, Figures>> = {}): ReadonlyMap<Row, Figures> => {
  const rows: Partial<Record<Row, Figures>> = { control: figures(1, 40_000), peer: figures(0.05, 2000) };
  for (const dialect of ["sqlite", "postgres"] as const) {
    for (const call of ["login", "exchange"] as const) {
      for (const people of ["new", "returning"] as const) rows[`${dialect} ${call}, ${people}`] = figures(0.2, 8000);
    }
  }
  return new Map(Object.entries({ ...rows, ...changed })) as ReadonlyMap<Row, Figures>;
};
const growth = (p50: number, p99: number): Growth[] => [
  { dialect: "sqlite", size: 0, call: "exchange", p50: 1, p99: 10 },
  { dialect: "sqlite", size: 1_000_000, call: "exchange", p50, p99 },
];
const missed = (measured: Parameters<typeof judge>[0]): string[] =>
  judge(measured).flatMap(({ line, met }) => (met ? [] : [line]));

describe("the bench of the server", () => {
  test("is content when every budget is met, and judges nothing that did not run", () => {
    const beside = [{ what: "a purge of 10 attempts", login: 1, exchange: 99, worst: 200 }];
    expect(missed({ speed: speed(), growth: growth(1.2, 19), beside })).toEqual([]);
    expect(judge({})).toEqual([]);
  });

  test("names each budget that was missed, with the figure and what it should be", () => {
    const slow = speed({ "sqlite exchange, new": figures(0.11, 5000), "postgres login, returning": figures(0.049, 1) });
    expect(missed({ speed: slow })).toEqual([
      "MISSED  sqlite exchange, new: share of the control: 0.110 (at least 0.12)",
      "MISSED  postgres login, returning: share of the control: 0.049 (at least 0.05)",
      "MISSED  sqlite exchange, new: times oidc-provider's: 2.500 (at least 3)",
    ]);
    expect(missed({ growth: growth(1.31, 21) })).toHaveLength(2);
    expect(missed({ beside: [{ what: "a purge", login: 1, exchange: 101, worst: 200 }] })).toHaveLength(1);
  });

  test("takes a figure that is missing for a missed budget", () => {
    const rows = new Map([...speed()].filter(([row]) => row !== "sqlite login, new"));
    expect(missed({ speed: rows })).toHaveLength(1);
    expect(missed({ beside: [] })).toHaveLength(1);
  });
});
