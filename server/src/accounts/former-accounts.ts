import { findUser, listIdentities } from "../store/accounts";
import type { Transaction } from "../store/store";
import type { IdentityRow, UserRow } from "../store/tables";

// An identity moves when its openid turns out to be a person who has another account already. The account that it leaves
// may then be nobody's to enter, and is still the same person's.

/** The accounts an identity left, as they are stored, with one more. */
export function withFormer(cameFrom: string, userId: string): string {
  return JSON.stringify([...new Set([...(JSON.parse(cameFrom) as string[]), userId])]);
}

/** The accounts that these identities of one pool left and that no other identity leads to. */
export async function abandoned(
  tx: Transaction,
  identities: readonly Pick<IdentityRow, "pool_id" | "came_from">[],
): Promise<UserRow[]> {
  const users = new Map<string, UserRow>();
  for (const { pool_id: poolId, came_from: cameFrom } of identities) {
    for (const id of JSON.parse(cameFrom) as string[]) {
      const user = await tx.first(findUser, { poolId, id });
      if (user && (await tx.all(listIdentities, { userId: id })).length === 0) users.set(id, user);
    }
  }
  return [...users.values()];
}
