import { extendRevocation, insertRevocation } from "../store/revocations";
import type { Transaction } from "../store/store";

/** Revokes a token until it would have expired; false when it was revoked before. */
export async function revokeToken(
  tx: Transaction,
  token: { poolId: string; jti: string; expiresAt: number },
): Promise<boolean> {
  const written = await tx.run(insertRevocation, { ...token, at: tx.now });
  if (written === 0) await tx.run(extendRevocation, token);
  return written > 0;
}
