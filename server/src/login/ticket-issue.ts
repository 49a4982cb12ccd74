import type { Pool } from "../pools/pool";
import { hashHandle, newHandle } from "../secrets/handles";
import { countTicket, deleteTicketsBefore, insertAttempt, insertTicket } from "../store/logins";
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
 * Issues a ticket of an attempt that needs nothing more, and has not had all its tickets. Only its hash is stored.
 */
export function issueTicket(
  tx: Transaction,
  pool: Readonly<Pool>,
  attempt: Pick<AttemptRow, "hash" | "expires_at" | "tickets_issued">,
): IssuedTicket {
  const former = attempt.tickets_issued;
  const purgeAt = Math.max(attempt.expires_at, ticketEnd(tx, pool));
  tx.claim(countTicket, { hash: attempt.hash, purgeAt, former });
  const number = former + 1;
  if (number > LIVE_TICKETS) {
    tx.write(deleteTicketsBefore, { attempt: attempt.hash, number: number - LIVE_TICKETS + 1 });
  }
  return writeTicket(tx, pool, attempt, number);
}

/** Begins an attempt that needs nothing: it is written with its first ticket counted already, and not once more. */
export function issueWithAttempt(tx: Transaction, pool: Readonly<Pool>, attempt: AttemptRow): IssuedTicket {
  const purgeAt = Math.max(attempt.expires_at, ticketEnd(tx, pool));
  tx.write(insertAttempt, { ...attempt, tickets_issued: 1, purge_at: purgeAt });
  return writeTicket(tx, pool, attempt, 1);
}

function ticketEnd(tx: Transaction, pool: Readonly<Pool>): number {
  return tx.now + pool.ticketTtlSeconds * 1000;
}

function writeTicket(
  tx: Transaction,
  pool: Readonly<Pool>,
  attempt: Pick<AttemptRow, "hash">,
  number: number,
): IssuedTicket {
  const ticket = newHandle();
  tx.write(insertTicket, {
    hash: hashHandle("ticket", ticket),
    pool_id: pool.id,
    attempt_hash: attempt.hash,
    number,
    expires_at: ticketEnd(tx, pool),
  });
  return { ticket, ticketExpiresIn: pool.ticketTtlSeconds };
}
