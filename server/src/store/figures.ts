import { statement } from "./statement";
import { figures, type FigureRow } from "./tables";

const ADD = `
  on conflict (scope, span, begins_at, topic, outcome) do update
    set count = figures.count + excluded.count, milliseconds = figures.milliseconds + excluded.milliseconds`;

/** Adds to what all instances counted. */
export const addFigure = statement<FigureRow>(`${figures.insert} ${ADD}`);
/** The same of a pool, unless that is gone meanwhile. */
export const addFigureOfPool = statement<FigureRow>(
  `${figures.insertWhere("exists (select 1 from pools where pools.id = :scope and deleted_at is null)")} ${ADD}`,
);

/** Sums over steps that begin at `from`. */
export const sumFigures = statement<
  { scope: string; span: number; from: number; to: number; step: number; most: number },
  Pick<FigureRow, "topic" | "outcome" | "count" | "milliseconds"> & { at: number }
>(`
  select
    cast(:from as bigint) + ((begins_at - cast(:from as bigint)) / cast(:step as bigint)) * cast(:step as bigint) as at,
    topic, outcome, cast(sum(count) as bigint) as count, cast(sum(milliseconds) as bigint) as milliseconds
  from figures
  where scope = :scope and span = :span and begins_at >= :from and begins_at < :to
  group by 1, topic, outcome
  order by 1, topic, outcome
  limit :most`);

export const purgeFigures = statement<{ span: number; now: number; limit: number }>(`
  delete from figures
  where span = :span and begins_at <= :now and (scope, begins_at, topic, outcome) in (
    select scope, begins_at, topic, outcome from figures where span = :span and begins_at <= :now limit :limit
  )`);

export const deleteFiguresOfPool = statement<{ poolId: string; limit: number }>(`
  delete from figures
  where scope = :poolId and (span, begins_at, topic, outcome) in (
    select span, begins_at, topic, outcome from figures where scope = :poolId limit :limit
  )`);
