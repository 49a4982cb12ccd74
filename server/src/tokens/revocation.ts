import { extendRevocation, insertRevocation } from "../store/revocations";
import type { Transaction } from "../store/store";

/** Revokes a token until it would have expired; false when it was revoked before. */
export async function revokeToken(
  tx: Transaction,
  token: { poolId: string; jti: string; expiresAt: number },
): Promise<boolean> {
  const { poolId: pool_id, jti, expiresAt: expires_at } = token;
  const written = await tx.run(insertRevocation, { pool_id, jti, revoked_at: tx.now, expires_at });
  if (written === 0) await tx.run(extendRevocation, token);
  return written > 0;
}
