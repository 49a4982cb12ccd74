import { newId } from "../secrets/handles";
import { statement } from "./statement";
import type { Transaction } from "./store";
import { audit as log, type AuditRow } from "./tables";

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
    | "user.signed_out"
    | "user.phone_shown"
    | "identity.moved"
    | "unionid.changed"
    | "ticket.replayed"
    | "token.revoked"
    | "console.signed_in"
    | "console.signed_out";
  /** The user, token or pool it is about. */
  subject: string | null;
  details?: Record<string, string | number | boolean | string[]>;
}

const insertEntry = statement<AuditRow>(log.insert);

/** Null: any. */
interface AuditFilter {
  before: string;
  actor: string | null;
  event: string | null;
  subject: string | null;
  from: number;
  to: number;
  limit: number;
}

const filter = `
  id < :before and at >= :from and at < :to
  and (cast(:actor as text) is null or actor = :actor)
  and (cast(:event as text) is null or event = :event)
  and (cast(:subject as text) is null or subject = :subject)
  order by id desc
  limit :limit`;

/** Newest first; `before` is the id of the last entry already seen. */
export const listAudit = statement<AuditFilter, AuditRow>(`select ${log.columns} from audit where ${filter}`);
export const listAuditOfPool = statement<AuditFilter & { poolId: string }, AuditRow>(
  `select ${log.columns} from audit where pool_id = :poolId and ${filter}`,
);

export const purgeAudit = statement<{ now: number; limit: number }>(
  "delete from audit where id in (select id from audit where at <= :now limit :limit)",
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
