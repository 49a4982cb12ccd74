import { DEFAULT_NICKNAME } from "../messages";
import type { Pool } from "../pools/pool";
import { newId } from "../secrets/handles";
import {
  claimUser,
  findByOpenid,
  findByUnionid,
  findUnlinkedByPhone,
  insertIdentity,
  insertUser,
  moveIdentity,
  recordConsent,
  recordLogin,
  recordVerifiedPhone,
  setDeletion,
  setPhone,
  setUnionid,
} from "../store/accounts";
import { audit, type AuditEntry } from "../store/audit";
import { findTombstone } from "../store/people";
import type { RowOf } from "../store/statement";
import { LostRace, type Transaction } from "../store/store";
import type { AttemptRow, UserRow } from "../store/tables";
import { linkAccount, type Linking } from "./account-linking";
import { personHash } from "./person";
import { withFormer } from "./former-accounts";
import { readApps, withLogin, writeApps } from "./signed-in-apps";

/** Who WeChat says the person is, and the phone it verified in this login. */
export type Person = Pick<AttemptRow, "app_id" | "openid" | "unionid" | "phone">;

/** What an exchange knows of the attempt whose ticket it consumes. */
export type ExchangedAttempt = Person &
  Pick<AttemptRow, "hash" | "phone_verified_at" | "agreed" | "ip" | "caller_app_id">;

export interface FoundAccount {
  linking: Linking;
  /** The account as it is; missing for a new or refused one. */
  user: UserRow | undefined;
  /** Whether it, or any other account that is this person's by openid, unionid or phone, is blocked, or was when it was erased. */
  blocked: boolean;
  /** The identity of this openid, if there is one. */
  identity:
    { id: string; userId: string; cameFrom: string; phone: string | null; phoneVerifiedAt: number | null } | undefined;
}

/** What is known of the openid: its identity with the account, or that there is none. */
export type KnownIdentity = { row: RowOf<typeof findByOpenid> | undefined };

export async function knownIdentity(
  tx: Transaction,
  poolId: string,
  { appId, openid }: { appId: string; openid: string },
): Promise<KnownIdentity> {
  return { row: await tx.first(findByOpenid, { poolId, appId, openid }) };
}

/** Looks up which account a person's login leads to, and changes nothing. */
export async function findAccount(
  tx: Transaction,
  pool: Readonly<Pool>,
  person: Person,
  { row: byOpenid }: KnownIdentity,
): Promise<FoundAccount> {
  const poolId = pool.id;
  const identity = byOpenid && {
    id: byOpenid.identity_id,
    userId: byOpenid.id,
    cameFrom: byOpenid.came_from,
    phone: byOpenid.verified_phone,
    phoneVerifiedAt: byOpenid.phone_verified_at,
  };
  const { unionid, phone } = person;
  // Most logins are of a person whose openid and unionid already stand in one account: one statement.
  const settled = byOpenid !== undefined && byOpenid.unionid === unionid;
  const [byUnionid, unlinkedByPhone, wasBlocked] = await Promise.all([
    unionid === null ? undefined : settled ? byOpenid : tx.first(findByUnionid, { poolId, unionid }),
    // Also where it decides nothing: an imported account that is blocked blocks whoever comes with its phone.
    phone === null ? [] : tx.all(findUnlinkedByPhone, { poolId, phone }),
    !settled && isErasedAndBlocked(tx, poolId, person),
  ]);
  const linking = linkAccount({ unionid, byUnionid, byOpenid, unlinkedByPhone, loginOnly: pool.loginOnly });
  const users = [byUnionid, byOpenid, ...unlinkedByPhone];
  const user = "userId" in linking ? users.find((one) => one?.id === linking.userId) : undefined;
  // An openid about to leave a blocked account is still the blocked person's.
  const blocked = users.some((one) => one?.blocked === 1) || wasBlocked;
  return { linking, user, blocked, identity };
}

/** Whether this person's account was erased while it was blocked. */
async function isErasedAndBlocked(tx: Transaction, poolId: string, person: Person): Promise<boolean> {
  const { app_id: appId, openid, unionid } = person;
  const byOpenid = personHash(poolId, { appId, openid });
  const byUnionid = unionid === null ? byOpenid : personHash(poolId, { unionid });
  return (await tx.first(findTombstone, { poolId, byOpenid, byUnionid })) !== undefined;
}

/**
 * Carries out a decision: writes the account, its identity, the consents and the login itself, and returns the account as
 * it then is. Everything that joins accounts is audited, and so is that a login has ended a deletion.
 */
export function enterAccount(
  tx: Transaction,
  pool: Readonly<Pool>,
  attempt: ExchangedAttempt,
  found: FoundAccount,
): UserRow {
  const { linking, identity } = found;
  if (linking.kind === "closed") throw new Error("a closed pool takes no account");
  const created = linking.kind === "new" ? create(tx, pool, attempt) : undefined;
  const former = created ?? found.user;
  if (!former) throw new LostRace("the account was erased");
  const userId = former.id;
  const note = (event: AuditEntry["event"], details: AuditEntry["details"] = {}) =>
    audit(tx, { poolId: pool.id, actor: "server", event, subject: userId, details });

  if (linking.kind === "new") note("user.created");
  if (linking.kind === "imported") {
    tx.claim(claimUser, { id: userId });
    if (attempt.unionid !== null) tx.write(setUnionid, { id: userId, unionid: attempt.unionid });
    note("user.linked_by_phone");
  }
  if (linking.kind === "existing") {
    if (linking.unionid !== "same" && attempt.unionid !== null) {
      tx.write(setUnionid, { id: userId, unionid: attempt.unionid });
      if (linking.unionid === "changed") note("unionid.changed");
    }
    if (linking.identity === "moved" && identity) {
      const cameFrom = withFormer(identity.cameFrom, identity.userId);
      tx.write(moveIdentity, { id: identity.id, userId, cameFrom });
      note("identity.moved", { from: identity.userId });
    }
  }
  const identityId = identity?.id ?? createIdentity(tx, pool, attempt, userId);
  if (identity && attempt.phone !== null && attempt.phone_verified_at !== identity.phoneVerifiedAt) {
    tx.write(recordVerifiedPhone, {
      id: identityId,
      phone: attempt.phone,
      verifiedAt: attempt.phone_verified_at ?? tx.now,
    });
  }
  for (const version of JSON.parse(attempt.agreed) as string[]) {
    tx.write(recordConsent, { identity_id: identityId, version, agreed_at: tx.now });
  }
  const phone = attempt.phone ?? former.phone;
  if (phone !== null && phone !== former.phone) tx.write(setPhone, { id: userId, phone });
  if (created) return created;
  if (former.deletes_at !== null) {
    tx.write(setDeletion, { id: userId, at: null });
    note("user.deletion_cancelled");
  }
  const apps = appsAfter(former.apps, attempt, tx.now);
  const { apps: formerApps, logins_count: formerCount } = former;
  tx.claim(recordLogin, { id: userId, ip: attempt.ip, at: tx.now, apps, formerApps, formerCount });
  return {
    ...former,
    unionid: attempt.unionid ?? former.unionid,
    phone,
    last_ip: attempt.ip,
    last_login_at: tx.now,
    logins_count: formerCount + 1,
    apps,
    deletes_at: null,
  };
}

function appsAfter(former: string, { caller_app_id: app }: Pick<AttemptRow, "caller_app_id">, at: number): string {
  return writeApps(withLogin(readApps(former), app, at));
}

function create(tx: Transaction, pool: Readonly<Pool>, attempt: ExchangedAttempt): UserRow {
  const user: UserRow = {
    id: newId(tx.now),
    pool_id: pool.id,
    unionid: attempt.unionid,
    nickname: DEFAULT_NICKNAME,
    photo: "",
    phone: attempt.phone,
    linked: 1,
    blocked: 0,
    // This login is its first.
    logins_count: 1,
    register_method: "oauth:app2wxapp",
    last_ip: attempt.ip,
    last_login_at: tx.now,
    created_at: tx.now,
    tokens_valid_from: null,
    apps: appsAfter("[]", attempt, tx.now),
    deletes_at: null,
  };
  tx.write(insertUser, user);
  return user;
}

function createIdentity(tx: Transaction, pool: Readonly<Pool>, attempt: ExchangedAttempt, userId: string): string {
  const id = newId(tx.now);
  tx.write(insertIdentity, {
    id,
    pool_id: pool.id,
    app_id: attempt.app_id,
    openid: attempt.openid,
    user_id: userId,
    phone: attempt.phone,
    phone_verified_at: attempt.phone_verified_at,
    created_at: tx.now,
    came_from: "[]",
  });
  return id;
}
