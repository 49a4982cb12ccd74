import { statement } from "./statement";
import { attempts, tickets, type AttemptRow, type TicketRow } from "./tables";

export const insertAttempt = statement<AttemptRow>(attempts.insert);

/** An attempt that can still get a ticket. */
export const findOpenAttempt = statement<{ hash: string; poolId: string }, AttemptRow>(`
  select ${attempts.columns} from attempts
  where hash = :hash and pool_id = :poolId and expires_at > {now} and consumed_at is null`);

/** Counts a phone code before WeChat is asked; 0 rows when there were too many. */
export const countPhoneCode = statement<{ hash: string; most: number }>(
  "update attempts set phone_codes = phone_codes + 1 where hash = :hash and phone_codes < :most",
);

export const savePhone = statement<{ hash: string; phone: string; verifiedAt: number }>(
  "update attempts set phone = :phone, phone_verified_at = :verifiedAt where hash = :hash and phone is null",
);

export const saveChoices = statement<{ hash: string; agreed: string; waived: number }>(
  "update attempts set agreed = :agreed, phone_waived = :waived where hash = :hash",
);

/** Counts the next ticket of an attempt; 0 rows when it was spent, or got another ticket meanwhile. */
export const countTicket = statement<{ hash: string; purgeAt: number; former: number }>(`
  update attempts set tickets_issued = tickets_issued + 1, purge_at = :purgeAt
  where hash = :hash and consumed_at is null and tickets_issued = :former`);

export const deleteTicketsBefore = statement<{ attempt: string; number: number }>(
  "delete from tickets where attempt_hash = :attempt and number < :number",
);

export const insertTicket = statement<TicketRow>(tickets.insert);

/** An unexpired ticket of this pool, with its attempt. */
export const findTicket = statement<{ hash: string; poolId: string }, AttemptRow>(`
  select ${attempts.columns}
  from tickets join attempts on attempts.hash = tickets.attempt_hash
  where tickets.hash = :hash and tickets.pool_id = :poolId and attempts.pool_id = :poolId and tickets.expires_at > {now}`);

/**
 * The one statement that makes a ticket single use: of all exchanges of an attempt's tickets, in whatever process, one
 * writes a row. It spends the attempt, and so the sibling tickets with it.
 */
export const consume = statement<{ attempt: string; ticket: string; jti: string; tokenExpiresAt: number }>(`
  update attempts
  set consumed_at = {now}, consumed_ticket = :ticket, jti = :jti, token_expires_at = :tokenExpiresAt
  where hash = :attempt and consumed_at is null`);

/** Notes a replay once per kind, so that repeating it fills no table; 0 rows when it was noted before. */
export const noteReplay = statement<{ attempt: string; replay: number }>(
  "update attempts set replay = :replay where hash = :attempt and replay < :replay",
);

export const oldestAttempt = statement<object, Pick<AttemptRow, "purge_at">>(
  "select purge_at from attempts order by purge_at limit 1",
);

/** Tickets go with their attempts. */
export const purgeAttempts = statement<{ now: number; limit: number }>(
  "delete from attempts where hash in (select hash from attempts where purge_at <= :now limit :limit)",
);
