import type { Pool } from "../pools/pool";
import { hashHandle, newHandle } from "../secrets/handles";
import { deleteTicketsBefore, insertTicket, numberTicket } from "../store/logins";
import type { Transaction } from "../store/store";
import type { AttemptRow } from "../store/tables";

/** A renewal leaves the former ticket valid, since the app may be reading it; an older one goes. */
const LIVE_TICKETS = 2;

/** A person who waits for an hour of renewals has left; whoever wants more begins another login. */
export const MOST_TICKETS = 20;

export interface IssuedTicket {
  ticket: string;
  ticketExpiresIn: number;
}

/**
 * Issues a ticket of an attempt that needs nothing more. Only its hash is stored. Undefined when an exchange spent the
 * attempt meanwhile, or its last ticket was issued.
 */
export async function issueTicket(
  tx: Transaction,
  pool: Readonly<Pool>,
  attempt: Pick<AttemptRow, "hash" | "expires_at">,
): Promise<IssuedTicket | undefined> {
  const ticket = newHandle();
  const expiresAt = tx.now + pool.ticketTtlSeconds * 1000;
  const numbered = await tx.first(numberTicket, {
    hash: attempt.hash,
    purgeAt: Math.max(attempt.expires_at, expiresAt),
    most: MOST_TICKETS,
  });
  if (!numbered) return undefined;
  const number = numbered.tickets_issued;
  if (number > LIVE_TICKETS) {
    await tx.run(deleteTicketsBefore, { attempt: attempt.hash, number: number - LIVE_TICKETS + 1 });
  }
  await tx.run(insertTicket, {
    hash: hashHandle("ticket", ticket),
    pool_id: pool.id,
    attempt_hash: attempt.hash,
    number,
    expires_at: expiresAt,
  });
  return { ticket, ticketExpiresIn: pool.ticketTtlSeconds };
}
