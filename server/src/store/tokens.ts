import { statement } from "./statement";
import type { TokenKeyRow } from "./tables";

export const insertKey = statement((db, p: TokenKeyRow) =>
  db.insertInto("token_keys").values({
    kid: p.kid,
    pool_id: p.pool_id,
    algorithm: p.algorithm,
    secret: p.secret,
    public_jwk: p.public_jwk,
    created_at: p.created_at,
    longest_ttl_seconds: p.longest_ttl_seconds,
    retires_at: p.retires_at,
  }),
);

/** Only of this pool: a token of another one finds no key here. */
export const findKey = statement((db, p: { poolId: string; kid: string }) =>
  db.selectFrom("token_keys").selectAll().where("pool_id", "=", p.poolId).where("kid", "=", p.kid),
);

export const listKeys = statement((db, p: { poolId: string }) =>
  db.selectFrom("token_keys").selectAll().where("pool_id", "=", p.poolId).orderBy("created_at").orderBy("kid"),
);

/** Tokens will live longer from now on. */
export const raiseLongestTtl = statement((db, p: { kid: string; seconds: number }) =>
  db
    .updateTable("token_keys")
    .set({ longest_ttl_seconds: p.seconds })
    .where("kid", "=", p.kid)
    .where("longest_ttl_seconds", "<", p.seconds),
);

export const retireKey = statement((db, p: { kid: string; retiresAt: number }) =>
  db
    .updateTable("token_keys")
    .set({ retires_at: p.retiresAt })
    .where("kid", "=", p.kid)
    .where("retires_at", "is", null),
);

export const deleteKey = statement((db, p: { kid: string }) => db.deleteFrom("token_keys").where("kid", "=", p.kid));

export const purgeKeys = statement((db, p: { now: number; limit: number }) =>
  db
    .deleteFrom("token_keys")
    .where("kid", "in", (eb) =>
      eb.selectFrom("token_keys").select("kid").where("retires_at", "<=", p.now).limit(p.limit),
    ),
);

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

export const findAccessToken = statement((db, p: { appId: string }) =>
  db.selectFrom("access_tokens").selectAll().where("app_id", "=", p.appId),
);

export const saveAccessToken = statement((db, p: { appId: string; token: string; expiresAt: number }) =>
  db
    .insertInto("access_tokens")
    .values({ app_id: p.appId, token: p.token, expires_at: p.expiresAt })
    .onConflict((conflict) => conflict.column("app_id").doUpdateSet({ token: p.token, expires_at: p.expiresAt })),
);

export const purgeAccessTokens = statement((db, p: { now: number; limit: number }) =>
  db
    .deleteFrom("access_tokens")
    .where("app_id", "in", (eb) =>
      eb.selectFrom("access_tokens").select("app_id").where("expires_at", "<=", p.now).limit(p.limit),
    ),
);
