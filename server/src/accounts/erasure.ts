import { deleteAttemptsOfUser, deleteUser, listIdentities } from "../store/accounts";
import { audit } from "../store/audit";
import { insertTombstone } from "../store/people";
import type { Transaction } from "../store/store";
import type { UserRow } from "../store/tables";
import { personHash } from "./person";

/**
 * Erases an account with its identities, its phone and its logins in progress; the audit log keeps the id. A blocked one
 * leaves tombstones, or erasing it would let the person in again.
 */
export async function eraseUser(tx: Transaction, user: UserRow, actor: string): Promise<void> {
  const { pool_id: poolId, id, unionid } = user;
  if (user.blocked === 1) {
    const identities = await tx.all(listIdentities, { userId: id });
    const people = identities.map((one) => personHash(poolId, { appId: one.app_id, openid: one.openid }));
    if (unionid !== null) people.push(personHash(poolId, { unionid }));
    for (const person of people) {
      await tx.run(insertTombstone, { pool_id: poolId, person, user_id: id, created_at: tx.now });
    }
  }
  // First, while the identities still tell whose they are.
  await tx.run(deleteAttemptsOfUser, { poolId, userId: id, unionid: unionid ?? "" });
  await tx.run(deleteUser, { poolId, id });
  await audit(tx, { poolId, actor, event: "user.erased", subject: id, details: { blocked: user.blocked === 1 } });
}
