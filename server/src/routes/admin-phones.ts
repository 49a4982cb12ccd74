import type { Limiter } from "../limits/limiter";
import type { Refusal } from "../refusal";
import { audit } from "../store/audit";
import type { Transaction } from "../store/store";
import type { UserRow } from "../store/tables";

/** Writes down who saw whole numbers. */
export function phonesShown(tx: Transaction, poolId: string, actor: string, users: readonly UserRow[]): void {
  const [user, ...more] = users.filter(({ phone }) => phone !== null);
  if (!user) return;
  const entry = { poolId, actor, event: "user.phone_shown" } as const;
  if (more.length === 0) audit(tx, { ...entry, subject: user.id });
  else audit(tx, { ...entry, subject: null, details: { users: 1 + more.length } });
}

/**
 * Writes down who looks for a number, since they learn whose it is. Returns the refusal when a reader did so too often:
 * the digits that are masked could be found by trying them all.
 */
export async function phoneSearched(
  tx: Transaction,
  limiter: Limiter,
  { poolId, actor, isOwner }: { poolId: string; actor: string; isOwner: boolean },
): Promise<Refusal | undefined> {
  const refusal = isOwner ? undefined : await limiter.take(tx, "phone.search", actor);
  if (!refusal) audit(tx, { poolId, actor, event: "user.phone_searched", subject: null });
  return refusal;
}
