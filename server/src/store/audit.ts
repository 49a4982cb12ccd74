import { newId } from "../secrets/handles";
import { statement } from "./statement";
import type { Transaction } from "./store";
import type { AuditRow } from "./tables";

/** What the audit log tells. `details` hold ids and names of fields, never a secret, an openid or a phone number. */
export interface AuditEntry {
  poolId: string | null;
  /** `admin:<name>`, or `pool` for a holder of the pool secret, or `server`. */
  actor: string;
  event:
    | "pool.created"
    | "pool.changed"
    | "pool.deleted"
    | "pool.secret_rotated"
    | "pool.key_rotated"
    | "user.imported"
    | "user.created"
    | "user.linked_by_phone"
    | "user.blocked"
    | "user.unblocked"
    | "user.erased"
    | "identity.moved"
    | "unionid.changed"
    | "ticket.replayed"
    | "token.revoked";
  /** The user, token or pool it is about. */
  subject: string | null;
  details?: Record<string, string | number | boolean | string[]>;
}

const insertEntry = statement((db, p: AuditRow) =>
  db.insertInto("audit").values({
    id: p.id,
    at: p.at,
    pool_id: p.pool_id,
    actor: p.actor,
    event: p.event,
    subject: p.subject,
    details: p.details,
  }),
);

/** Newest first; `before` is the id of the last entry already seen. */
export const listAudit = statement((db, p: { before: string; limit: number }) =>
  db.selectFrom("audit").selectAll().where("id", "<", p.before).orderBy("id", "desc").limit(p.limit),
);
export const listAuditOfPool = statement((db, p: { poolId: string; before: string; limit: number }) =>
  db
    .selectFrom("audit")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit),
);

export const purgeAudit = statement((db, p: { now: number; limit: number }) =>
  db
    .deleteFrom("audit")
    .where("id", "in", (eb) => eb.selectFrom("audit").select("id").where("at", "<=", p.now).limit(p.limit)),
);

/** Writes an entry that is committed with what it tells of. */
export async function audit(tx: Transaction, entry: AuditEntry): Promise<void> {
  await tx.run(insertEntry, {
    id: newId(tx.now),
    at: tx.now,
    pool_id: entry.poolId,
    actor: entry.actor,
    event: entry.event,
    subject: entry.subject,
    details: JSON.stringify(entry.details ?? {}),
  });
}
