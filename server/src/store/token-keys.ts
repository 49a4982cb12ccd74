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
