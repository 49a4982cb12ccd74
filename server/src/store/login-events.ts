import { statement } from "./statement";
import { loginEvents, type LoginEventRow } from "./tables";

/** Nothing of a pool or a person that is gone: what is recorded waits for a second before it is written. */
export const insertLoginEvent = statement<LoginEventRow>(
  loginEvents.insertWhere(`
    exists (select 1 from pools where pools.id = :pool_id and deleted_at is null)
    and (cast(:user_id as text) is null or exists (select 1 from users where users.id = :user_id))`),
);

interface Page {
  before: string;
  /** Null: every outcome. */
  outcome: string | null;
  /** Null: every app. */
  app: string | null;
  limit: number;
}

const FILTER = `
  and id < :before
  and (cast(:outcome as text) is null or outcome = :outcome)
  and (cast(:app as text) is null or caller_app_id = :app)
  order by id desc
  limit :limit`;

/** No more than `scan` logins of a pool are looked at, however few of them are wanted. */
const STRETCH = `
  (select ${loginEvents.columns} from login_events
   where pool_id = :poolId and id < :before order by id desc limit :scan) as login_events`;

/** Newest first. */
export const listLoginsOfPool = statement<Page & { poolId: string; scan: number }, LoginEventRow>(
  `select ${loginEvents.columns} from ${STRETCH} where true ${FILTER}`,
);
/** How far a stretch reached: its oldest id, and how many it held. */
export const reachOfLogins = statement<
  { poolId: string; before: string; scan: number },
  { oldest: string | null; scanned: number }
>(`select min(login_events.id) as oldest, count(*) as scanned from ${STRETCH}`);
export const listLoginsOfUser = statement<Page & { poolId: string; userId: string }, LoginEventRow>(
  `select ${loginEvents.columns} from login_events where user_id = :userId and pool_id = :poolId ${FILTER}`,
);

/** Who was erased logs in no more: what is left of them goes too. */
export const deleteLoginsOfUser = statement<{ userId: string }>("delete from login_events where user_id = :userId");

/** `before`: the least id a row may have; ids begin with their time. */
export const purgeLoginEvents = statement<{ before: string; limit: number }>(
  "delete from login_events where id in (select id from login_events where id < :before order by id limit :limit)",
);

export const deleteLoginsOfPool = statement<{ poolId: string; limit: number }>(
  "delete from login_events where id in (select id from login_events where pool_id = :poolId limit :limit)",
);
