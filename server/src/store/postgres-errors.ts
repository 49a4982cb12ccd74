import { LostRace, StoreUnavailable } from "./store";

// What PostgreSQL says, as SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html

/**
 * serialization_failure, deadlock_detected, unique_violation: two first logins of one person at once,
 * foreign_key_violation: a login in a pool that is deleted meanwhile, and division_by_zero: a claim that wrote nothing. The
 * second run sees what the winner committed.
 */
const LOST_RACE = new Set(["40001", "40P01", "23505", "23503", "22012"]);

/**
 * 08 connection, 25006 read-only, 53 no resources, 57 operator (shutdown, statement timeout), 58 system; a prepared
 * statement that the connection has lost (26000), or has already (42P05): then what stands between mixes connections up;
 * and the socket's own.
 */
const UNAVAILABLE =
  /^(08...|25006|26000|42P05|53...|57...|58...|ECONN[A-Z]+|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** node-postgres gives these no code. */
const UNAVAILABLE_MESSAGE = /connection (terminated|ended)|timeout (exceeded|expired)|not queryable/i;

/** Another run of the job will see what the winner wrote. */
export function isLostRace(error: unknown): boolean {
  return error instanceof LostRace || LOST_RACE.has(sqlStateOf(error));
}

/** What callers of the store are to know of an error. */
export function translated(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  const code = sqlStateOf(error);
  if (UNAVAILABLE.test(code)) return new StoreUnavailable(code);
  // Not the message itself: PostgreSQL's may quote a value.
  if (error instanceof Error && code === "" && UNAVAILABLE_MESSAGE.test(error.message)) {
    return new StoreUnavailable("connection lost");
  }
  return error;
}

function sqlStateOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "";
}
