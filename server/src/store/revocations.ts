import { statement } from "./statement";

/**
 * Revokes a token of one pool. Whoever holds a pool's key can make tokens with any jti, so it counts within the pool only,
 * and a second revocation never ends before the first.
 */
export const insertRevocation = statement((db, p: { jti: string; poolId: string; at: number; expiresAt: number }) =>
  db
    .insertInto("revocations")
    .values({ pool_id: p.poolId, jti: p.jti, revoked_at: p.at, expires_at: p.expiresAt })
    .onConflict((conflict) => conflict.doNothing()),
);
export const extendRevocation = statement((db, p: { jti: string; poolId: string; expiresAt: number }) =>
  db
    .updateTable("revocations")
    .set({ expires_at: p.expiresAt })
    .where("pool_id", "=", p.poolId)
    .where("jti", "=", p.jti)
    .where("expires_at", "<", p.expiresAt),
);

export const findRevocation = statement((db, p: { poolId: string; jti: string }) =>
  db.selectFrom("revocations").select("jti").where("pool_id", "=", p.poolId).where("jti", "=", p.jti),
);

export const purgeRevocations = statement((db, p: { now: number; limit: number }) =>
  db
    .deleteFrom("revocations")
    .where("expires_at", "<=", p.now)
    .where("jti", "in", (eb) =>
      eb.selectFrom("revocations").select("jti").where("expires_at", "<=", p.now).limit(p.limit),
    ),
);
