import { statement } from "./statement";

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
