import { purgeAccessTokens } from "./access-tokens";
import { purgeAudit } from "./audit";
import { purgeLimits } from "./limits";
import { purgeAttempts } from "./logins";
import { purgeChallenges } from "./people";
import { purgeRevocations } from "./revocations";
import { purgeSessions } from "./console-sessions";
import type { Store } from "./store";
import { purgeKeys } from "./token-keys";

const BATCH = 500;
const DAY = 86_400_000;

/** How long the audit log is kept. */
export const AUDIT_DAYS = 400;

const PURGES = [
  { statement: purgeAttempts, age: 0 },
  { statement: purgeLimits, age: 0 },
  { statement: purgeRevocations, age: 0 },
  { statement: purgeChallenges, age: 0 },
  { statement: purgeKeys, age: 0 },
  { statement: purgeAccessTokens, age: 0 },
  { statement: purgeSessions, age: 0 },
  { statement: purgeAudit, age: AUDIT_DAYS * DAY },
];

/** Deletes what has expired, in batches that each are a job of their own, so that logins go on between them. */
export async function purgeExpired(store: Store, batch = BATCH): Promise<number> {
  let deleted = 0;
  for (const { statement, age } of PURGES) {
    let rows: number;
    do {
      rows = await store.transaction((tx) => tx.run(statement, { now: tx.now - age, limit: batch }));
      deleted += rows;
    } while (rows === batch);
  }
  return deleted;
}
