import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatClock, formatDay, formatNumber } from "../format";
import { useLanguage, useWords, type Language } from "../language";
import { today } from "../messages/today";
import type { Bar, SpanName } from "./sums";

/** Until it is measured. */
const FIRST_WIDTH = 960;
const HEIGHT = 220;
const FLOOR = 190;
const LEFT = 44;
/** A label for each so many pixels. */
const LABEL_WIDTH = 110;

export function labelOf(at: number, span: SpanName, language: Language): string {
  return span === "month" ? formatDay(at, language) : formatClock(at, language);
}

/** The next number up that is easy to read at an axis: 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** How wide the place is, so that letters keep their size on every screen. */
function useWidth() {
  const place = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(240, entry.contentRect.width)));
    if (place.current) watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return [place, width] as const;
}

/** Stacked bars; what it shows is said in words and in a table beside it, so it is a picture for the eye only. */
export function Chart({ bars, span }: { bars: readonly Bar[]; span: SpanName }) {
  const t = useWords(today);
  const { language } = useLanguage();
  const top = roundUp(Math.max(...bars.map(({ ok, person, refused }) => ok + person + refused)));
  const [figure, width] = useWidth();
  const slot = (width - LEFT) / bars.length;
  const wide = Math.max(2, slot * 0.66);
  const scale = (count: number): number => (count / top) * (FLOOR - 14);
  const every = Math.ceil(bars.length / Math.max(2, width / LABEL_WIDTH));
  return (
    <figure ref={figure}>
      <div class="chart-key" aria-hidden="true">
        {(["ok", "refused", "person"] as const).map((series) => (
          <span key={series}>
            <i class={series} />
            {t.series[series]}
          </span>
        ))}
      </div>
      <svg class="chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((part) => {
          const y = FLOOR - scale(top * part);
          return (
            <g key={part}>
              <line x1={LEFT} x2={width} y1={y} y2={y} class={part === 0 ? "floor" : ""} />
              {part % 0.5 === 0 && (
                <text x={LEFT - 8} y={y + 4} class="y">
                  {formatNumber(top * part, language)}
                </text>
              )}
            </g>
          );
        })}
        {bars.map((bar, index) => {
          const x = LEFT + index * slot + (slot - wide) / 2;
          let y = FLOOR;
          return (
            <g key={bar.at}>
              <title>{`${labelOf(bar.at, span, language)} · ${t.series.ok} ${bar.ok} · ${t.series.refused} ${bar.refused} · ${t.series.person} ${bar.person}`}</title>
              <rect class="hit" x={LEFT + index * slot} y={0} width={slot} height={FLOOR} />
              {(["ok", "refused", "person"] as const).map((series) => {
                const height = scale(bar[series]);
                y -= height;
                return (
                  height > 0 && <rect key={series} class={series} x={x} y={y} width={wide} height={height} rx={1.5} />
                );
              })}
              {index % every === 0 && (
                <text x={LEFT + index * slot + slot / 2} y={HEIGHT - 8} class="x">
                  {labelOf(bar.at, span, language)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
