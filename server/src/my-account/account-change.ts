import type { AccountChangeRequest, AccountReply } from "@app2wxapp/protocol";
import { signOutEverywhere, signOutOfApp } from "../accounts/erasure";
import { networkOf } from "../http/client-address";
import { appletWith } from "../login/applet";
import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import { hashHandle } from "../secrets/handles";
import type { Services } from "../services";
import { findAccountSession } from "../store/account-sessions";
import { deleteConsentsOfUser, dropPhone, dropVerifiedPhones, findByOpenid, setDeletion } from "../store/accounts";
import { audit } from "../store/audit";
import type { Transaction } from "../store/store";
import type { AccountSessionRow, UserRow } from "../store/tables";
import { limit, personOf, replyTo, type Origin } from "./account-session";

const DAY = 86_400_000;
/** Who did it, in the audit log. */
const ACTOR = "person";

/**
 * Changes somebody's account, and shows how their accounts then are. It takes the handle of a look and another code of
 * WeChat's from the same person: whoever has got hold of one of them can change nothing. What there is nothing to do for,
 * a pool that does not exist included, is answered the same.
 */
export async function changeAccount(
  services: Services,
  request: AccountChangeRequest,
  from: Origin,
): Promise<AccountReply> {
  const { store, wechat, pools, housekeeper } = services;
  const hash = hashHandle("account", request.account);
  const applet = await store.read(async (tx) => appletWith(services, tx, (await openSession(tx, hash)).app_id));
  const person = await wechat.login(applet, request.code, networkOf(from.ip));
  const { appId } = applet;
  const outcome = await store.transaction(async (tx): Promise<AccountReply | Refusal> => {
    const limited = await limit(services, tx, appId, person);
    if (limited) return limited;
    const session = await openSession(tx, hash);
    // Somebody else's, which is as good as none.
    if (session.person !== personOf(appId, person)) return new Refusal("attempt.expired");
    const pool = await pools.find(tx, request.userPoolId);
    const user = pool && (await tx.first(findByOpenid, { poolId: pool.id, appId, openid: person.openid }));
    if (user) await change(tx, pool, user, request);
    return replyTo(services, tx, request.account, session, person, from);
  });
  if (outcome instanceof Refusal) throw outcome;
  // Where a pool leaves no time to think, it is due at once.
  if (request.change === "delete") housekeeper.wake();
  return outcome;
}

async function openSession(tx: Transaction, hash: string): Promise<AccountSessionRow> {
  const session = await tx.first(findAccountSession, { hash, now: tx.now });
  if (!session) throw new Refusal("attempt.expired");
  return session;
}

async function change(
  tx: Transaction,
  pool: Readonly<Pool>,
  user: UserRow,
  { change: kind, callerAppId }: AccountChangeRequest,
): Promise<void> {
  switch (kind) {
    case "signOut":
      return signOutOfApp(tx, user, callerAppId ?? null, ACTOR);
    case "signOutEverywhere":
      return signOutEverywhere(tx, user, ACTOR);
    case "withdraw":
      return withdrawConsent(tx, user);
    case "delete":
      return user.deletes_at === null ? requestDeletion(tx, pool, user) : undefined;
    case "keep":
      return user.deletes_at === null ? undefined : keep(tx, user);
  }
}

/** What the person gave, agreements and number, is taken back: the next login asks for it again, and until then nobody is in. */
async function withdrawConsent(tx: Transaction, user: UserRow): Promise<void> {
  const { id: userId, pool_id: poolId } = user;
  await tx.run(deleteConsentsOfUser, { userId });
  await tx.run(dropPhone, { userId });
  await tx.run(dropVerifiedPhones, { userId });
  tx.erases();
  audit(tx, { poolId, actor: ACTOR, event: "user.consent_withdrawn", subject: userId });
  await signOutEverywhere(tx, user, ACTOR);
}

/** Nothing is lost yet: until the time of grace is over a login, or the person here, ends it. */
async function requestDeletion(tx: Transaction, pool: Readonly<Pool>, user: UserRow): Promise<void> {
  const { id, pool_id: poolId } = user;
  const at = tx.now + pool.deletionGraceDays * DAY;
  await signOutEverywhere(tx, user, ACTOR);
  await tx.run(setDeletion, { id, at });
  audit(tx, { poolId, actor: ACTOR, event: "user.deletion_requested", subject: id, details: { at } });
}

async function keep(tx: Transaction, { id, pool_id: poolId }: UserRow): Promise<void> {
  await tx.run(setDeletion, { id, at: null });
  audit(tx, { poolId, actor: ACTOR, event: "user.deletion_cancelled", subject: id });
}
