import type { TicketReply, TicketRequest } from "../../../miniprogram/protocol/wire";
import type { Pool } from "../pool";
import { Refusal } from "../refusal";
import { hashHandle } from "../secrets/handles";
import type { Services } from "../services";
import { countPhoneCode, findOpenAttempt, saveChoices, savePhone } from "../store/logins";
import type { Transaction } from "../store/store";
import type { AttemptRow } from "../store/tables";
import { findAccount } from "./account";
import { refusedCaller } from "./admission";
import { appletOf } from "./applet";
import { knownVersions, progressOf, refuseClosedAccount, userView } from "./attempt-opening";
import { needsOf } from "./needs";
import { issueTicket } from "./ticket-issue";

/** Each costs the operator money and is a guess at somebody's code; a person needs one, rarely two. */
export const MOST_PHONE_CODES = 5;

/**
 * Goes on with an attempt: takes the phone and the agreements, and issues a ticket once nothing is missing. Also renews:
 * an attempt that has everything gets another ticket. A reply that was lost costs nothing, since an attempt that has a
 * phone asks WeChat for no other.
 */
export async function continueAttempt(
  services: Services,
  poolId: string,
  request: TicketRequest,
): Promise<TicketReply> {
  const { store } = services;
  const hash = hashHandle("attempt", request.attempt);
  if (request.phoneCode !== undefined) await takePhone(services, poolId, hash, request.phoneCode);

  // The choices are kept even when something else is still missing, so the refusal is thrown after the commit.
  const outcome = await store.transaction(async (tx): Promise<TicketReply | Refusal> => {
    const { pool, attempt } = await reload(services, tx, poolId, hash);
    const before = JSON.parse(attempt.agreed) as string[];
    const agreed = JSON.stringify(knownVersions(pool, [...before, ...(request.agreed ?? [])]));
    const waived = Number(attempt.phone_waived === 1 || (request.withoutPhone === true && pool.phoneOptional));
    if (agreed !== attempt.agreed || waived !== attempt.phone_waived) {
      await tx.run(saveChoices, { hash, agreed, waived });
    }
    const progressed: AttemptRow = { ...attempt, agreed, phone_waived: waived };

    const found = await findAccount(tx, pool, progressed);
    const progress = await progressOf(tx, pool, progressed, found);
    const needs = needsOf(pool, progress);
    refuseClosedAccount(found, needs.includes("phone"));
    if (needs.includes("phone")) return new Refusal("phone.required");
    if (needs.includes("agreements")) return new Refusal("agreements.required");
    const issued = await issueTicket(tx, pool, attempt);
    return issued ? { ...issued, user: userView(found.user, progressed) } : new Refusal("attempt.expired");
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** The attempt, if it can still go on under the pool's present rules. */
async function reload(
  services: Services,
  tx: Transaction,
  poolId: string,
  hash: string,
): Promise<{ pool: Readonly<Pool>; attempt: AttemptRow }> {
  const pool = await services.pools.find(tx, poolId);
  if (!pool) throw new Refusal("pool.unknown");
  const attempt = await tx.first(findOpenAttempt, { hash, poolId, now: tx.now });
  if (!attempt || refusedCaller(pool, attempt.caller_app_id)) throw new Refusal("attempt.expired");
  return { pool, attempt };
}

/** Has WeChat verify the phone and keeps it, unless the attempt has one or none was asked for. */
async function takePhone(services: Services, poolId: string, hash: string, phoneCode: string): Promise<void> {
  const { store, wechat } = services;
  const asked = await store.transaction(async (tx) => {
    const { pool, attempt } = await reload(services, tx, poolId, hash);
    if (attempt.phone !== null || attempt.wants_phone === 0) return undefined;
    const counted = await tx.run(countPhoneCode, { hash, most: MOST_PHONE_CODES });
    if (counted === 0) {
      const retryAfterSeconds = Math.ceil((attempt.expires_at - tx.now) / 1000);
      throw new Refusal("rate.limited", { retryAfterSeconds });
    }
    return { applet: appletOf(services, pool, attempt.app_id), openid: attempt.openid };
  });
  if (!asked) return;
  let phone: string;
  try {
    phone = await wechat.phoneNumber(asked.applet, phoneCode, asked.openid);
  } catch (error) {
    // The same code sent twice at once: WeChat refuses the second, while the first has brought the phone.
    const there = await store.read(async (tx) => (await reload(services, tx, poolId, hash)).attempt.phone !== null);
    if (there) return;
    throw error;
  }
  await store.transaction((tx) =>
    reload(services, tx, poolId, hash).then(() => tx.run(savePhone, { hash, phone, verifiedAt: tx.now })),
  );
}
