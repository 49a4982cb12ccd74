import { statement } from "./statement";
import { challenges, tombstones, type ChallengeRow, type TombstoneRow } from "./tables";

// What is kept of a person whose account need not exist: by a hash of who WeChat says they are.

export const insertTombstone = statement<TombstoneRow>(`${tombstones.insert} on conflict do nothing`);

/** Whether an account of this person was erased while it was blocked: by openid, or by unionid. */
export const findTombstone = statement<
  { poolId: string; byOpenid: string; byUnionid: string },
  Pick<TombstoneRow, "user_id">
>("select user_id from tombstones where pool_id = :poolId and person in (:byOpenid, :byUnionid) limit 1");

export const deleteTombstones = statement<{ poolId: string; userId: string }>(
  "delete from tombstones where pool_id = :poolId and user_id = :userId",
);

/** 0 rows when somebody was first, perhaps the same person. */
export const insertChallenge = statement<ChallengeRow>(`${challenges.insert} on conflict do nothing`);

export const findChallenge = statement<{ poolId: string; challenge: string }, Pick<ChallengeRow, "person">>(
  "select person from challenges where pool_id = :poolId and challenge = :challenge",
);

export const purgeChallenges = statement<{ now: number; limit: number }>(`
  delete from challenges
  where expires_at <= :now
    and challenge in (select challenge from challenges where expires_at <= :now limit :limit)`);
