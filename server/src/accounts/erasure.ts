import {
  deleteAttemptsByOpenid,
  deleteAttemptsByUnionid,
  deleteUser,
  listIdentities,
  setApps,
  signOut,
} from "../store/accounts";
import { deleteLoginsOfUser } from "../store/login-events";
import { audit } from "../store/audit";
import { insertTombstone } from "../store/people";
import { LostRace, type Transaction } from "../store/store";
import type { UserRow } from "../store/tables";
import { abandoned } from "./former-accounts";
import { personHash } from "./person";
import { readApps, withSignOut, writeApps } from "./signed-in-apps";

/** Erases somebody's account as {@link eraseUser} does, with those that their identities left: they cannot enter these to delete them. */
export async function erasePerson(tx: Transaction, user: UserRow, actor: string): Promise<void> {
  const identities = await tx.all(listIdentities, { userId: user.id });
  await eraseUser(tx, user, actor);
  for (const former of await abandoned(tx, identities)) await eraseUser(tx, former, actor);
}

/**
 * Erases an account with its identities, its phone and its logins in progress; the audit log keeps the id. A blocked one
 * leaves tombstones, or erasing it would let the person in again.
 */
export async function eraseUser(tx: Transaction, user: UserRow, actor: string): Promise<void> {
  const { pool_id: poolId, id } = user;
  if (user.blocked === 1) {
    for (const person of await hashesOf(tx, user)) {
      await tx.run(insertTombstone, { pool_id: poolId, person, user_id: id, created_at: tx.now });
    }
  }
  // First, while the identities still tell whose they are.
  await endLogins(tx, user);
  await tx.run(deleteLoginsOfUser, { userId: id });
  await tx.run(deleteUser, { poolId, id });
  tx.erases();
  audit(tx, { poolId, actor, event: "user.erased", subject: id, details: { blocked: user.blocked === 1 } });
}

/** Signs somebody out of one app (null: apps that could not be told), as {@link signOutEverywhere}; not where they never were. */
export async function signOutOfApp(tx: Transaction, user: UserRow, app: string | null, actor: string): Promise<void> {
  const { pool_id: poolId, id } = user;
  const apps = withSignOut(readApps(user.apps), app, tx.now);
  if (!apps) return;
  await endLogins(tx, user, { isAny: 0, caller: app });
  const written = await tx.run(setApps, { id, apps: writeApps(apps), former: user.apps });
  if (written === 0) throw new LostRace("the account was entered or left meanwhile");
  const details = app === null ? {} : { app };
  audit(tx, { poolId, actor, event: "user.signed_out", subject: id, details });
}

/** Signs somebody out everywhere: no token issued until now is active, and no login in progress leads to another one. */
export async function signOutEverywhere(tx: Transaction, user: UserRow, actor: string): Promise<void> {
  const { pool_id: poolId, id } = user;
  await endLogins(tx, user);
  await tx.run(signOut, { poolId, id, at: tx.now });
  audit(tx, { poolId, actor, event: "user.signed_out", subject: id });
}

async function hashesOf(tx: Transaction, { id, pool_id: poolId, unionid }: UserRow): Promise<string[]> {
  const identities = await tx.all(listIdentities, { userId: id });
  const people = identities.map((one) => personHash(poolId, { appId: one.app_id, openid: one.openid }));
  return unionid === null ? people : [...people, personHash(poolId, { unionid })];
}

type Through = { isAny: 0 | 1; caller: string | null };
const ANY_APP: Through = { isAny: 1, caller: null };

async function endLogins(
  tx: Transaction,
  { id, pool_id: poolId, unionid }: UserRow,
  through: Through = ANY_APP,
): Promise<void> {
  for (const { app_id: appId, openid } of await tx.all(listIdentities, { userId: id })) {
    await tx.run(deleteAttemptsByOpenid, { poolId, appId, openid, ...through });
  }
  if (unionid !== null) await tx.run(deleteAttemptsByUnionid, { poolId, unionid, ...through });
}
