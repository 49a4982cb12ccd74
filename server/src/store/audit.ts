import { newId } from "../secrets/handles";
import { statement } from "./statement";
import type { Transaction } from "./store";
import { audit as log, type AuditRow } from "./tables";

/** What the audit log tells. `details` hold ids and names of fields, never a secret, an openid or a phone number. */
export interface AuditEntry {
  poolId: string | null;
  /** `admin:<name>`, `pool` for a holder of the pool secret, `person` for the account's owner in the applet, or `server`. */
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
    | "user.consent_withdrawn"
    | "user.deletion_requested"
    | "user.deletion_cancelled"
    | "user.phone_shown"
    | "user.phone_searched"
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

/** A stretch of the log, newest first: no more than `scan` entries are looked at, however few of them are wanted. */
interface Stretch {
  /** Ids begin with their time, so they bound it. */
  before: string;
  least: string;
  scan: number;
}

/** Null: any. */
interface AuditFilter extends Stretch {
  actor: string | null;
  event: string | null;
  subject: string | null;
  limit: number;
}

const stretch = (where: string): string => `
  (select ${log.columns} from audit where ${where} id < :before and id >= :least order by id desc limit :scan) as audit`;
const ALL = stretch("");
const OF_POOL = stretch("pool_id = :poolId and");

const filter = `
  where (cast(:actor as text) is null or actor = :actor)
  and (cast(:event as text) is null or event = :event)
  and (cast(:subject as text) is null or subject = :subject)
  order by id desc
  limit :limit`;

/** Newest first; `before` is the id of the last entry already seen. */
export const listAudit = statement<AuditFilter, AuditRow>(`select ${log.columns} from ${ALL} ${filter}`);
export const listAuditOfPool = statement<AuditFilter & { poolId: string }, AuditRow>(
  `select ${log.columns} from ${OF_POOL} ${filter}`,
);

/** How far a stretch reached: its oldest id, and how many it held. */
interface Reached {
  oldest: string | null;
  scanned: number;
}
export const reachOfAudit = statement<Stretch, Reached>(
  `select min(audit.id) as oldest, count(*) as scanned from ${ALL}`,
);
export const reachOfAuditOfPool = statement<Stretch & { poolId: string }, Reached>(
  `select min(audit.id) as oldest, count(*) as scanned from ${OF_POOL}`,
);

export const purgeAudit = statement<{ now: number; limit: number }>(
  "delete from audit where id in (select id from audit where at <= :now limit :limit)",
);

/** Writes an entry that is committed with what it tells of. */
export function audit(tx: Transaction, entry: AuditEntry): void {
  tx.write(insertEntry, {
    id: newId(tx.now),
    at: tx.now,
    pool_id: entry.poolId,
    actor: entry.actor,
    event: entry.event,
    subject: entry.subject,
    details: JSON.stringify(entry.details ?? {}),
  });
}
