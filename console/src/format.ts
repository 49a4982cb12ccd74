import type { Language } from "./language";

/** Numbers and times as an operator reads them, in the browser's own time zone. */
export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language).format(value);
}

/** `99.2%`; a rate that is not quite everything never rounds up to it. */
export function formatRate(part: number, whole: number, language: Language): string {
  if (whole === 0) return "—";
  const rate = part / whole;
  const shown = part < whole ? Math.min(rate, 0.999) : rate;
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(shown);
}

export function formatMoment(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(at);
}

export function formatDay(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric" }).format(at);
}

export function formatClock(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** `3 hours ago` for the last month, the date before that. */
export function formatAge(at: number, language: Language, now = Date.now()): string {
  const age = at - now;
  if (Math.abs(age) > 30 * 86_400_000) return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, size] of STEPS) if (Math.abs(age) >= size) return relative.format(Math.round(age / size), unit);
  return relative.format(0, "minute");
}

/** Seconds in the largest unit that says them whole: `15 天`, `2 minutes`. */
export function formatSeconds(seconds: number, language: Language): string {
  const [unit, size] = (
    [
      ["day", 86_400],
      ["hour", 3600],
      ["minute", 60],
      ["second", 1],
    ] as const
  ).find(([, length]) => seconds >= length && seconds % length === 0) ?? ["second", 1];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
}
