import { statement } from "./statement";
import { revocations, type RevocationRow } from "./tables";

/**
 * Revokes a token of one pool. Whoever holds a pool's key can make tokens with any jti, so it counts within the pool only,
 * and a second revocation never ends before the first.
 */
export const insertRevocation = statement<RevocationRow>(`${revocations.insert} on conflict do nothing`);
export const extendRevocation = statement<{ jti: string; poolId: string; expiresAt: number }>(`
  update revocations set expires_at = :expiresAt
  where pool_id = :poolId and jti = :jti and expires_at < :expiresAt`);

export const findRevocation = statement<{ poolId: string; jti: string }, Pick<RevocationRow, "jti">>(
  "select jti from revocations where pool_id = :poolId and jti = :jti",
);

export const purgeRevocations = statement<{ now: number; limit: number }>(`
  delete from revocations
  where expires_at <= :now and jti in (select jti from revocations where expires_at <= :now limit :limit)`);
