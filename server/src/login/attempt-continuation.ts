import type { TicketReply, TicketRequest } from "@app2wxapp/protocol";
import type { KnownIdentity } from "../accounts/account";
import type { Pool } from "../pools/pool";
import { networkOf } from "../http/client-address";
import { Refusal } from "../refusal";
import { hashHandle } from "../secrets/handles";
import type { Seen } from "../observability/login-records";
import type { Services } from "../services";
import { findByAttempt } from "../store/accounts";
import { countPhoneCode, findOpenAttempt, saveChoices, savePhone } from "../store/logins";
import type { Transaction } from "../store/store";
import type { AttemptRow } from "../store/tables";
import { refusedCaller } from "./admission";
import { appletOf } from "./applet";
import { assess } from "./assessment";
import { knownVersions, userView } from "./attempt-opening";
import { issueTicket, MOST_TICKETS } from "./ticket-issue";

/** Each costs the operator money and is a guess at somebody's code; a person needs one, rarely two. */
export const MOST_PHONE_CODES = 5;

/**
 * Goes on with an attempt: takes the phone and the agreements, and issues a ticket once nothing is missing. Also renews:
 * an attempt that has everything gets another ticket. A reply that was lost costs nothing, since an attempt that has a
 * phone asks WeChat for no other.
 */
export function continueAttempt(
  services: Services,
  poolId: string,
  request: TicketRequest,
  ip: string,
): Promise<TicketReply> {
  return services.records.watch("ticket", poolId, (seen) => continued(services, poolId, request, ip, seen));
}

async function continued(
  services: Services,
  poolId: string,
  request: TicketRequest,
  ip: string,
  seen: Seen,
): Promise<TicketReply> {
  const { store } = services;
  const hash = hashHandle("attempt", request.attempt);
  const { phoneCode } = request;
  const verified =
    phoneCode === undefined
      ? undefined
      : await askForPhone(services, poolId, hash, { ...request, phoneCode }, ip, seen);

  // What the person gave is kept even when something else is still missing: a refusal is a value until the commit.
  const outcome = await store.transaction(
    async (tx): Promise<TicketReply | Refusal> => {
      const { pool, attempt: before, identity } = await reload(services, tx, poolId, hash, seen);
      const attempt = progressed(tx, pool, before, request, verified);
      const { found, needs, closed } = await assess(tx, pool, attempt, identity);
      seen.userId = found.user?.id ?? null;
      if (closed) return closed;
      if (needs.includes("phone")) return new Refusal("phone.required");
      if (needs.includes("agreements")) return new Refusal("agreements.required");
      if (attempt.tickets_issued >= MOST_TICKETS) return untilItsEnd(attempt, tx.now);
      return { ...issueTicket(tx, pool, attempt), user: userView(found.user, attempt) };
    },
    { asksFirst: true },
  );
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** An attempt that had all it may have of something gets no more; another one can begin. */
function untilItsEnd(attempt: AttemptRow, now: number): Refusal {
  return new Refusal("rate.limited", { retryAfterSeconds: Math.ceil((attempt.expires_at - now) / 1000) });
}

/** The attempt with what this request adds to it, written down. */
function progressed(
  tx: Transaction,
  pool: Readonly<Pool>,
  attempt: AttemptRow,
  request: TicketRequest,
  verified: string | undefined,
): AttemptRow {
  const { hash } = attempt;
  const before = JSON.parse(attempt.agreed) as string[];
  const agreed = JSON.stringify(knownVersions(pool, [...before, ...(request.agreed ?? [])]));
  const waived = Number(attempt.phone_waived === 1 || (request.withoutPhone === true && pool.phoneOptional));
  if (agreed !== attempt.agreed || waived !== attempt.phone_waived) {
    tx.write(saveChoices, { hash, agreed, waived });
  }
  const choices = { ...attempt, agreed, phone_waived: waived };
  if (verified === undefined || attempt.phone !== null) return choices;
  tx.write(savePhone, { hash, phone: verified, verifiedAt: tx.now });
  return { ...choices, phone: verified, phone_verified_at: tx.now };
}

/** The attempt, if it can still go on under the pool's present rules. */
async function reload(
  services: Services,
  tx: Transaction,
  poolId: string,
  hash: string,
  seen: Seen,
): Promise<{ pool: Readonly<Pool>; attempt: AttemptRow; identity: KnownIdentity }> {
  const [pool, attempt, row] = await Promise.all([
    services.pools.find(tx, poolId),
    tx.first(findOpenAttempt, { hash, poolId }),
    tx.first(findByAttempt, { hash }),
  ]);
  if (!pool) throw new Refusal("pool.unknown");
  seen.pool = true;
  if (!attempt || refusedCaller(pool, attempt.caller_app_id)) throw new Refusal("attempt.expired");
  seen.person = true;
  seen.callerAppId = attempt.caller_app_id;
  return { pool, attempt, identity: { row } };
}

/** The phone as WeChat verifies it; undefined when the attempt has one already, or none was asked for. */
async function askForPhone(
  services: Services,
  poolId: string,
  hash: string,
  request: TicketRequest & { phoneCode: string },
  ip: string,
  seen: Seen,
): Promise<string | undefined> {
  const { store, wechat, limiter } = services;
  const asked = await store.transaction(async (tx) => {
    const { pool, attempt: before, identity } = await reload(services, tx, poolId, hash, seen);
    if (before.phone !== null || before.wants_phone === 0) return undefined;
    const attempt = progressed(tx, pool, before, request, undefined);
    // The phone is on its way, whatever was said before.
    const { needs, closed } = await assess(tx, pool, { ...attempt, phone_waived: 0 }, identity);
    if (closed) return closed;
    // Nobody's number is asked for before they agreed; the code is not spent and can come again.
    if (needs.includes("agreements")) return new Refusal("agreements.required");
    // Counted before WeChat is asked, so that many requests at once are no way around the limit.
    const [counted, limited] = await Promise.all([
      tx.run(countPhoneCode, { hash, most: MOST_PHONE_CODES }),
      limiter.take(tx, "phone.person", `${attempt.app_id}|${attempt.openid}`),
    ]);
    if (counted === 0) throw untilItsEnd(attempt, tx.now);
    if (limited) throw limited;
    return { applet: appletOf(services, pool, attempt.app_id), openid: attempt.openid };
  });
  if (asked instanceof Refusal) throw asked;
  if (!asked) return undefined;
  try {
    return await wechat.phoneNumber(asked.applet, request.phoneCode, asked.openid, networkOf(ip));
  } catch (error) {
    // The same code sent twice at once: WeChat refuses the second, while the first has brought the phone.
    const brought = await store.read(
      async (tx) => (await reload(services, tx, poolId, hash, seen)).attempt.phone !== null,
    );
    if (brought) return undefined;
    throw error;
  }
}
