import { statement } from "./statement";
import type { IdentityRow, UserRow } from "./tables";

/** The identity of an openid with the account it belongs to. */
export const findByOpenid = statement((db, p: { poolId: string; appId: string; openid: string }) =>
  db
    .selectFrom("identities")
    .innerJoin("users", "users.id", "identities.user_id")
    .selectAll("users")
    .select([
      "identities.id as identity_id",
      "identities.phone as verified_phone",
      "identities.phone_verified_at as phone_verified_at",
    ])
    .where("identities.pool_id", "=", p.poolId)
    .where("identities.app_id", "=", p.appId)
    .where("identities.openid", "=", p.openid),
);

export const findByUnionid = statement((db, p: { poolId: string; unionid: string }) =>
  db.selectFrom("users").selectAll().where("pool_id", "=", p.poolId).where("unionid", "=", p.unionid),
);

/** Accounts with this phone that no WeChat identity has ever belonged to. Two are enough to know that it is ambiguous. */
export const findUnlinkedByPhone = statement((db, p: { poolId: string; phone: string }) =>
  db
    .selectFrom("users")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("phone", "=", p.phone)
    .where("linked", "=", 0)
    .limit(2),
);

export const findUser = statement((db, p: { poolId: string; id: string }) =>
  db.selectFrom("users").selectAll().where("pool_id", "=", p.poolId).where("id", "=", p.id),
);

/** One identity of an account, the newest: the openid shown to who asks for the user outside a login. */
export const findIdentityOfUser = statement((db, p: { userId: string }) =>
  db.selectFrom("identities").selectAll().where("user_id", "=", p.userId).orderBy("created_at", "desc").limit(1),
);

export const listUsers = statement((db, p: { poolId: string; after: string; limit: number }) =>
  db
    .selectFrom("users")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("id", ">", p.after)
    .orderBy("id")
    .limit(p.limit),
);

export const insertUser = statement((db, p: UserRow) =>
  db.insertInto("users").values({
    id: p.id,
    pool_id: p.pool_id,
    unionid: p.unionid,
    nickname: p.nickname,
    photo: p.photo,
    phone: p.phone,
    linked: p.linked,
    blocked: p.blocked,
    logins_count: p.logins_count,
    register_method: p.register_method,
    last_ip: p.last_ip,
    last_login_at: p.last_login_at,
    created_at: p.created_at,
  }),
);

/** Takes an account that was imported for a WeChat identity; 0 rows when another identity was faster. */
export const claimUser = statement((db, p: { id: string }) =>
  db.updateTable("users").set({ linked: 1 }).where("id", "=", p.id).where("linked", "=", 0),
);

export const setUnionid = statement((db, p: { id: string; unionid: string }) =>
  db.updateTable("users").set({ unionid: p.unionid }).where("id", "=", p.id),
);

export const setBlocked = statement((db, p: { poolId: string; id: string; blocked: number }) =>
  db.updateTable("users").set({ blocked: p.blocked }).where("pool_id", "=", p.poolId).where("id", "=", p.id),
);

export const setPhone = statement((db, p: { id: string; phone: string }) =>
  db.updateTable("users").set({ phone: p.phone }).where("id", "=", p.id),
);

export const recordLogin = statement((db, p: { id: string; ip: string; at: number }) =>
  db
    .updateTable("users")
    .set((eb) => ({ logins_count: eb("logins_count", "+", 1), last_ip: p.ip, last_login_at: p.at }))
    .where("id", "=", p.id)
    .returning(["logins_count"]),
);

export const insertIdentity = statement((db, p: IdentityRow) =>
  db.insertInto("identities").values({
    id: p.id,
    pool_id: p.pool_id,
    app_id: p.app_id,
    openid: p.openid,
    user_id: p.user_id,
    phone: p.phone,
    phone_verified_at: p.phone_verified_at,
    created_at: p.created_at,
  }),
);

export const moveIdentity = statement((db, p: { id: string; userId: string }) =>
  db.updateTable("identities").set({ user_id: p.userId }).where("id", "=", p.id),
);

export const recordVerifiedPhone = statement((db, p: { id: string; phone: string; verifiedAt: number }) =>
  db.updateTable("identities").set({ phone: p.phone, phone_verified_at: p.verifiedAt }).where("id", "=", p.id),
);

export const listConsents = statement((db, p: { identityId: string }) =>
  db.selectFrom("consents").select("version").where("identity_id", "=", p.identityId),
);

export const recordConsent = statement((db, p: { identityId: string; version: string; at: number }) =>
  db
    .insertInto("consents")
    .values({ identity_id: p.identityId, version: p.version, agreed_at: p.at })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Logins in progress of anybody who is this account. */
export const deleteAttemptsOfUser = statement((db, p: { poolId: string; userId: string; unionid: string }) =>
  db
    .deleteFrom("attempts")
    .where("pool_id", "=", p.poolId)
    .where((eb) =>
      eb.or([
        eb("unionid", "=", p.unionid),
        eb.exists(
          eb
            .selectFrom("identities")
            .select("identities.id")
            .where("identities.user_id", "=", p.userId)
            .whereRef("identities.app_id", "=", "attempts.app_id")
            .whereRef("identities.openid", "=", "attempts.openid"),
        ),
      ]),
    ),
);

/** Identities and consents go with it. */
export const deleteUser = statement((db, p: { poolId: string; id: string }) =>
  db.deleteFrom("users").where("pool_id", "=", p.poolId).where("id", "=", p.id),
);
