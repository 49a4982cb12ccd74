import type { Figure, Step } from "../api/types";
import { whoseIs } from "../messages/outcomes";

export const SPANS = ["hour", "day", "month"] as const;
export type SpanName = (typeof SPANS)[number];

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** How each span is cut: the step that is asked for, and how wide a bar is. */
const CUT: Record<SpanName, { step: Step; bar: number; bars: number }> = {
  hour: { step: "minute", bar: MINUTE, bars: 60 },
  day: { step: "hour", bar: HOUR, bars: 24 },
  month: { step: "day", bar: DAY, bars: 30 },
};

export interface Span {
  from: number;
  to: number;
  step: Step;
  bar: number;
}

/** The span that ends with the minute, hour or day that is under way. Days are the operator's own. */
export function spanOf(name: SpanName, now: number): Span {
  const { step, bar, bars } = CUT[name];
  const to = name === "month" ? nextMidnight(now) : Math.floor(now / bar) * bar + bar;
  return { from: to - bars * bar, to, step, bar };
}

function nextMidnight(now: number): number {
  const day = new Date(now);
  day.setHours(24, 0, 0, 0);
  return day.getTime();
}

export interface Bar {
  at: number;
  ok: number;
  /** What the person gave up. */
  person: number;
  /** By a rule or a fault. */
  refused: number;
}

/** A login succeeded when its ticket was exchanged; it can be refused at any of its three calls. */
export function barsOf(figures: readonly Figure[], { from, to, bar }: Span): Bar[] {
  const bars = Array.from({ length: Math.round((to - from) / bar) }, (_, index) => ({
    at: from + index * bar,
    ok: 0,
    person: 0,
    refused: 0,
  }));
  for (const { at, topic, outcome, count } of figures) {
    const hit = bars[Math.floor((at - from) / bar)];
    if (!hit) continue;
    if (outcome !== "ok") hit[whoseIs(outcome) === "person" ? "person" : "refused"] += count;
    else if (topic === "exchange") hit.ok += count;
  }
  return bars;
}

export interface Totals {
  ok: number;
  person: number;
  refused: number;
}

export function totalsOf(bars: readonly Bar[]): Totals {
  const totals = { ok: 0, person: 0, refused: 0 };
  for (const bar of bars) {
    totals.ok += bar.ok;
    totals.person += bar.person;
    totals.refused += bar.refused;
  }
  return totals;
}

export interface Counted {
  outcome: string;
  count: number;
}

/** What was refused, most frequent first. */
export function refusalsOf(figures: readonly Figure[]): Counted[] {
  const counts = new Map<string, number>();
  for (const { outcome, count } of figures)
    if (outcome !== "ok") counts.set(outcome, (counts.get(outcome) ?? 0) + count);
  return [...counts].map(([outcome, count]) => ({ outcome, count })).toSorted((a, b) => b.count - a.count);
}

export interface EndpointSum {
  endpoint: string;
  calls: number;
  failures: Counted[];
  /** Undefined when there was no call. */
  meanMilliseconds: number | undefined;
}

export function endpointsOf(figures: readonly Figure[]): EndpointSum[] {
  const endpoints = Map.groupBy(figures, ({ topic }) => topic);
  return [...endpoints].map(([endpoint, own]) => {
    const calls = own.reduce((sum, { count }) => sum + count, 0);
    const milliseconds = own.reduce((sum, figure) => sum + figure.milliseconds, 0);
    return {
      endpoint,
      calls,
      failures: refusalsOf(own),
      meanMilliseconds: calls === 0 ? undefined : milliseconds / calls,
    };
  });
}
