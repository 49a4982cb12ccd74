import { statement } from "./statement";
import type { LimitRow } from "./tables";

/**
 * The generic cell rate algorithm in one statement: however many come at once, in however many processes, each moves the
 * theoretical arrival time (TAT) on by one interval, or gets no row because that lies too far ahead.
 * https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export const takeOne = statement<{ key: string; interval: number; ahead: number }, Pick<LimitRow, "tat">>(`
  insert into limits (key, tat) values (:key, {now} + :interval)
  on conflict (key) do update
    set tat = (case when limits.tat < {now} then {now} else limits.tat end) + :interval
    where limits.tat <= {now} + :ahead
  returning tat`);

export const findLimit = statement<{ key: string }, Pick<LimitRow, "tat">>("select tat from limits where key = :key");

/** A row whose time has passed says the same as none. */
export const purgeLimits = statement<{ now: number; limit: number }>(
  "delete from limits where key in (select key from limits where tat <= :now limit :limit)",
);
