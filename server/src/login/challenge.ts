import { personHash } from "../accounts/person";
import { findChallenge, insertChallenge } from "../store/people";
import type { Transaction } from "../store/store";
import type { AttemptRow } from "../store/tables";

/** Longer than any app waits for the answer of a login it began. */
const CHALLENGE_MILLISECONDS = 3_600_000;

/** Whose a PKCE challenge is so far; undefined: nobody's. */
export async function challengeOwner(
  tx: Transaction,
  poolId: string,
  challenge: string | undefined,
): Promise<string | undefined> {
  if (challenge === undefined) return undefined;
  return (await tx.first(findChallenge, { poolId, challenge }))?.person;
}

/**
 * Whether this person may use the attempt's PKCE challenge. It belongs to whoever used it first: somebody who reads the
 * launch path could otherwise log in as themselves with the victim's challenge and slip that ticket into the victim's app,
 * whose verifier would match. The applet's own retries are of the same person.
 */
export function claimChallenge(
  tx: Transaction,
  attempt: Pick<AttemptRow, "pool_id" | "app_id" | "openid" | "code_challenge">,
  owner: string | undefined,
): boolean {
  const { pool_id: poolId, app_id: appId, openid, code_challenge: challenge } = attempt;
  if (challenge === null) return true;
  const person = personHash(poolId, { appId, openid });
  if (owner !== undefined) return owner === person;
  tx.claim(insertChallenge, { pool_id: poolId, challenge, person, expires_at: tx.now + CHALLENGE_MILLISECONDS });
  return true;
}
