import { statement } from "./statement";
import type { AttemptRow } from "./tables";

export const insertAttempt = statement((db, p: AttemptRow) =>
  db.insertInto("attempts").values({
    hash: p.hash,
    pool_id: p.pool_id,
    app_id: p.app_id,
    openid: p.openid,
    unionid: p.unionid,
    caller_app_id: p.caller_app_id,
    code_challenge: p.code_challenge,
    wants_phone: p.wants_phone,
    phone: p.phone,
    phone_verified_at: p.phone_verified_at,
    phone_waived: p.phone_waived,
    phone_codes: p.phone_codes,
    agreed: p.agreed,
    ip: p.ip,
    tickets_issued: p.tickets_issued,
    created_at: p.created_at,
    expires_at: p.expires_at,
    purge_at: p.purge_at,
    consumed_at: p.consumed_at,
    consumed_ticket: p.consumed_ticket,
    jti: p.jti,
    token_expires_at: p.token_expires_at,
    replay: p.replay,
  }),
);

/** An attempt that can still get a ticket. */
export const findOpenAttempt = statement((db, p: { hash: string; poolId: string; now: number }) =>
  db
    .selectFrom("attempts")
    .selectAll()
    .where("hash", "=", p.hash)
    .where("pool_id", "=", p.poolId)
    .where("expires_at", ">", p.now)
    .where("consumed_at", "is", null),
);

/** Counts a phone code before WeChat is asked; 0 rows when there were too many. */
export const countPhoneCode = statement((db, p: { hash: string; most: number }) =>
  db
    .updateTable("attempts")
    .set((eb) => ({ phone_codes: eb("phone_codes", "+", 1) }))
    .where("hash", "=", p.hash)
    .where("phone_codes", "<", p.most),
);

export const savePhone = statement((db, p: { hash: string; phone: string; verifiedAt: number }) =>
  db
    .updateTable("attempts")
    .set({ phone: p.phone, phone_verified_at: p.verifiedAt })
    .where("hash", "=", p.hash)
    .where("phone", "is", null),
);

export const saveChoices = statement((db, p: { hash: string; agreed: string; waived: number }) =>
  db.updateTable("attempts").set({ agreed: p.agreed, phone_waived: p.waived }).where("hash", "=", p.hash),
);

/** Numbers the next ticket of an attempt that has not been spent; no row when it has. */
export const numberTicket = statement((db, p: { hash: string; purgeAt: number }) =>
  db
    .updateTable("attempts")
    .set((eb) => ({ tickets_issued: eb("tickets_issued", "+", 1), purge_at: p.purgeAt }))
    .where("hash", "=", p.hash)
    .where("consumed_at", "is", null)
    .returning("tickets_issued"),
);

export const deleteTicketsBefore = statement((db, p: { attempt: string; number: number }) =>
  db.deleteFrom("tickets").where("attempt_hash", "=", p.attempt).where("number", "<", p.number),
);

export const insertTicket = statement(
  (db, p: { hash: string; poolId: string; attempt: string; number: number; expiresAt: number }) =>
    db.insertInto("tickets").values({
      hash: p.hash,
      pool_id: p.poolId,
      attempt_hash: p.attempt,
      number: p.number,
      expires_at: p.expiresAt,
    }),
);

/** An unexpired ticket of this pool, with its attempt. */
export const findTicket = statement((db, p: { hash: string; poolId: string; now: number }) =>
  db
    .selectFrom("tickets")
    .innerJoin("attempts", "attempts.hash", "tickets.attempt_hash")
    .select([
      "attempts.hash",
      "attempts.app_id",
      "attempts.openid",
      "attempts.unionid",
      "attempts.caller_app_id",
      "attempts.code_challenge",
      "attempts.phone",
      "attempts.phone_verified_at",
      "attempts.agreed",
      "attempts.ip",
      "attempts.consumed_at",
      "attempts.consumed_ticket",
      "attempts.jti",
      "attempts.token_expires_at",
    ])
    .where("tickets.hash", "=", p.hash)
    .where("tickets.pool_id", "=", p.poolId)
    .where("attempts.pool_id", "=", p.poolId)
    .where("tickets.expires_at", ">", p.now),
);

/**
 * The one statement that makes a ticket single use: of all exchanges of an attempt's tickets, in whatever process, one
 * writes a row. It spends the attempt, and so the sibling tickets with it.
 */
export const consume = statement(
  (db, p: { attempt: string; ticket: string; jti: string; tokenExpiresAt: number; now: number }) =>
    db
      .updateTable("attempts")
      .set({ consumed_at: p.now, consumed_ticket: p.ticket, jti: p.jti, token_expires_at: p.tokenExpiresAt })
      .where("hash", "=", p.attempt)
      .where("consumed_at", "is", null)
      .returning("hash"),
);

/** Notes a replay once per kind, so that repeating it fills no table; 0 rows when it was noted before. */
export const noteReplay = statement((db, p: { attempt: string; replay: number }) =>
  db.updateTable("attempts").set({ replay: p.replay }).where("hash", "=", p.attempt).where("replay", "<", p.replay),
);

/** Tickets go with their attempts. */
export const purgeAttempts = statement((db, p: { now: number; limit: number }) =>
  db
    .deleteFrom("attempts")
    .where("hash", "in", (eb) =>
      eb.selectFrom("attempts").select("hash").where("purge_at", "<=", p.now).limit(p.limit),
    ),
);
