import { statement } from "./statement";
import { deletions, type DeletionRow } from "./tables";

export const countUsers = statement<{ poolId: string }, { n: number | string }>(
  "select count(*) as n from users where pool_id = :poolId",
);

/** A pool whose id was used again and is deleted again begins anew. */
export const startDeletion = statement<DeletionRow>(`
  ${deletions.insert}
  on conflict (pool_id) do update
    set name = excluded.name, actor = excluded.actor, users_total = excluded.users_total,
      users_deleted = 0, started_at = excluded.started_at, finished_at = null`);

export const findDeletion = statement<{ poolId: string }, DeletionRow>(
  `select ${deletions.columns} from deletions where pool_id = :poolId`,
);

export const listDeletions = statement<{ limit: number }, DeletionRow>(
  `select ${deletions.columns} from deletions order by started_at desc, pool_id limit :limit`,
);

export const findUnfinished = statement<object, DeletionRow>(
  `select ${deletions.columns} from deletions where finished_at is null order by started_at limit 1`,
);

/** Identities and consents go with them. */
export const deleteSomeUsers = statement<{ poolId: string; limit: number }>(
  "delete from users where id in (select id from users where pool_id = :poolId order by id limit :limit)",
);

export const deleteSomeAttempts = statement<{ poolId: string; limit: number }>(
  "delete from attempts where hash in (select hash from attempts where pool_id = :poolId limit :limit)",
);

export const deleteSomeRevocations = statement<{ poolId: string; limit: number }>(`
  delete from revocations
  where pool_id = :poolId and jti in (select jti from revocations where pool_id = :poolId limit :limit)`);

export const deleteSomeChallenges = statement<{ poolId: string; limit: number }>(`
  delete from challenges
  where pool_id = :poolId and challenge in (select challenge from challenges where pool_id = :poolId limit :limit)`);

export const deleteSomeTombstones = statement<{ poolId: string; limit: number }>(`
  delete from tombstones
  where pool_id = :poolId and person in (select person from tombstones where pool_id = :poolId limit :limit)`);

export const noteProgress = statement<{ poolId: string; users: number }>(
  "update deletions set users_deleted = users_deleted + :users where pool_id = :poolId",
);

/** The pool itself, once nothing is left in it; keys, and what came at the last moment, go with it. */
export const deletePool = statement<{ poolId: string }>(
  "delete from pools where id = :poolId and deleted_at is not null",
);

/** Those that left by themselves meanwhile are gone, too. */
export const finishDeletion = statement<{ poolId: string; now: number }>(
  "update deletions set finished_at = :now, users_deleted = users_total where pool_id = :poolId",
);

export const purgeDeletions = statement<{ now: number; limit: number }>(
  "delete from deletions where pool_id in (select pool_id from deletions where finished_at <= :now limit :limit)",
);
