import { purgeAccessTokens } from "../store/access-tokens";
import { purgeAccountSessions } from "../store/account-sessions";
import { purgeAudit } from "../store/audit";
import { purgeSessions } from "../store/console-sessions";
import { purgeDeletions } from "../store/deletions";
import { purgeFigures } from "../store/figures";
import { purgeLimits } from "../store/limits";
import { purgeLoginEvents } from "../store/login-events";
import { oldestAttempt, purgeAttempts } from "../store/logins";
import { purgeChallenges } from "../store/people";
import { purgeRevocations } from "../store/revocations";
import type { Store, Transaction } from "../store/store";
import { purgeKeys } from "../store/token-keys";
import { inPieces } from "./pace";

/** Rows of one piece: a few milliseconds. */
const PIECE = 100;
const DAY = 86_400_000;

/** How long the audit log is kept, and with it what became of deleted pools, and figures by the hour. */
export const AUDIT_DAYS = 400;
/** How long figures by the minute are kept. */
export const MINUTE_DAYS = 3;

/** What operators choose. */
export interface Kept {
  loginEventDays: number;
}

type Purge = (tx: Transaction, limit: number) => Promise<number>;

function purges({ loginEventDays }: Kept): Purge[] {
  const old = (days: number, { now }: Transaction): number => now - days * DAY;
  return [
    (tx, limit) => tx.run(purgeAttempts, { now: tx.now, limit }),
    (tx, limit) => tx.run(purgeLimits, { now: tx.now, limit }),
    (tx, limit) => tx.run(purgeRevocations, { now: tx.now, limit }),
    (tx, limit) => tx.run(purgeChallenges, { now: tx.now, limit }),
    (tx, limit) => tx.run(purgeKeys, { now: tx.now, limit }),
    (tx, limit) => tx.run(purgeAccessTokens, { now: tx.now, limit }),
    (tx, limit) => tx.run(purgeAccountSessions, { now: tx.now, limit }),
    (tx, limit) => tx.run(purgeSessions, { now: tx.now, limit }),
    (tx, limit) => tx.run(purgeAudit, { now: old(AUDIT_DAYS, tx), limit }),
    (tx, limit) => tx.run(purgeDeletions, { now: old(AUDIT_DAYS, tx), limit }),
    (tx, limit) => tx.run(purgeLoginEvents, { before: idOf(old(loginEventDays, tx)), limit }),
    (tx, limit) => tx.run(purgeFigures, { span: 60, now: old(MINUTE_DAYS, tx), limit }),
    (tx, limit) => tx.run(purgeFigures, { span: 3600, now: old(AUDIT_DAYS, tx), limit }),
  ];
}

/**
 * Deletes what has expired, in pieces that leave most of the time to logins, and gives the room back. `lagMilliseconds`:
 * how long the oldest login in progress had been over when it began.
 */
export async function purgeExpired(
  store: Store,
  kept: Kept,
  piece = PIECE,
): Promise<{ rows: number; lagMilliseconds: number }> {
  const lagMilliseconds = await store.read(async (tx) => {
    const oldest = (await tx.first(oldestAttempt, {}))?.purge_at ?? tx.now;
    return Math.max(tx.now - oldest, 0);
  });
  let rows = 0;
  for (const purge of purges(kept)) {
    await inPieces(async () => {
      const deleted = await store.transaction((tx) => purge(tx, piece));
      rows += deleted;
      return deleted === piece;
    });
  }
  await inPieces(() => store.shrink());
  return { rows, lagMilliseconds };
}

/** The least id of that time: ids begin with it. */
function idOf(at: number): string {
  return Math.max(at, 0).toString(16).padStart(12, "0");
}
