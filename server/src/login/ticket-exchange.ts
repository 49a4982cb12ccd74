import { randomUUID } from "node:crypto";
import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import { hashHandle, matchesHash } from "../secrets/handles";
import type { Seen } from "../observability/login-records";
import type { Services } from "../services";
import { audit } from "../store/audit";
import { consume, findTicket, noteReplay } from "../store/logins";
import type { Transaction } from "../store/store";
import type { AttemptRow, UserRow } from "../store/tables";
import { tokenClaims, type Claims } from "../tokens/claims";
import { revokeToken } from "../tokens/revocation";
import type { Sign } from "../tokens/signing-keys";
import { enterAccount, findAccount } from "../accounts/account";
import { readApps } from "../accounts/signed-in-apps";
import { judgeExchange, type Proof } from "./exchange-order";

export interface ExchangeRequest extends Proof {
  ticket: string;
  secret?: string | undefined;
}

/** Who logged in, and the token they got: what every kind of answer is made of. */
export interface Redeemed {
  user: UserRow;
  attempt: AttemptRow;
  token: string;
  claims: Claims;
  /** With the key that signed the token. */
  sign: Sign;
}

/** How an exchange ended. A refusal is a value: what it wrote is committed. */
export interface Exchanged {
  pool: Readonly<Pool>;
  /** Whether the pool secret came with it. */
  proven: boolean;
  outcome: Redeemed | Refusal;
}

/** Trades a ticket for the user and a signed token, in one transaction; the answer follows the commit. */
export function exchangeTicket(services: Services, poolId: string, request: ExchangeRequest): Promise<Exchanged> {
  return services.records.watch("exchange", poolId, async (seen) => {
    const exchanged = await exchange(services, poolId, request, seen);
    if (exchanged.outcome instanceof Refusal) seen.refusedAs = exchanged.outcome.error;
    return exchanged;
  });
}

function exchange(services: Services, poolId: string, request: ExchangeRequest, seen: Seen): Promise<Exchanged> {
  return services.store.transaction(async (tx) => {
    const pool = await services.pools.find(tx, poolId);
    const authorized = mayExchange(pool, request.secret);
    if (!pool || !authorized) {
      // In no style of its own: it would tell that the pool exists.
      throw new Refusal("client.unauthorized");
    }
    seen.pool = true;
    const outcome = await redeem(services, tx, pool, request, seen);
    return { pool, proven: request.secret !== undefined, outcome };
  });
}

/** A secret that is sent is always checked, whatever the mode; an unknown pool takes the same way and time. */
function mayExchange(pool: Readonly<Pool> | undefined, secret: string | undefined): boolean {
  const right = matchesHash("secret", secret, pool?.secretHash);
  return right || (secret === undefined && pool !== undefined && pool.exchange !== "secret");
}

async function redeem(
  services: Services,
  tx: Transaction,
  pool: Readonly<Pool>,
  request: ExchangeRequest,
  seen: Seen,
): Promise<Redeemed | Refusal> {
  const hash = hashHandle("ticket", request.ticket);
  const attempt = await tx.first(findTicket, { hash, poolId: pool.id, now: tx.now });
  seen.person = attempt !== undefined;
  seen.callerAppId = attempt?.caller_app_id ?? null;
  const verdict = judgeExchange(pool, services.sharedApplet?.appId, { hash, attempt }, request, tx.now);
  if (verdict.kind === "refuse" || !attempt)
    return new Refusal(verdict.kind === "refuse" ? verdict.error : "ticket.invalid");
  if (verdict.kind === "replay") return replayed(tx, pool, attempt, verdict.revoke);

  const jti = randomUUID();
  const expiresAt = Math.floor(tx.now / 1000) + pool.tokenTtlSeconds;
  const consumed = await tx.first(consume, {
    attempt: attempt.hash,
    ticket: hash,
    jti,
    tokenExpiresAt: expiresAt * 1000,
    now: tx.now,
  });
  if (!consumed) return replayed(tx, pool, attempt, false);

  const found = await findAccount(tx, pool, attempt);
  seen.userId = found.user?.id ?? null;
  if (found.blocked) return new Refusal("user.blocked");
  if (found.linking.kind === "closed") return new Refusal("registration.closed");
  const user = await enterAccount(tx, pool, attempt, found);
  seen.userId = user.id;
  // Tokens count seconds: one issued in that of a sign-out would be as dead as those before it.
  const validFrom = Math.max(
    user.tokens_valid_from ?? 0,
    readApps(user.apps).get(attempt.caller_app_id)?.validFrom ?? 0,
  );
  const issuedAt = Math.max(Math.floor(tx.now / 1000), Math.ceil(validFrom / 1000));
  const claims = tokenClaims(services.origin(), pool, user, attempt, { jti, issuedAt, expiresAt });
  const sign = await services.signers.of(tx, pool);
  return { user, attempt, claims, token: sign(claims), sign };
}

/**
 * A ticket that was used before. Audited once, and once more when it costs the first exchange its token; further replays
 * leave no row, or whoever found a used ticket could fill the log.
 */
async function replayed(
  tx: Transaction,
  pool: Readonly<Pool>,
  attempt: Pick<AttemptRow, "hash" | "jti" | "token_expires_at">,
  revoke: boolean,
): Promise<Refusal> {
  const noted = await tx.run(noteReplay, { attempt: attempt.hash, replay: revoke ? 2 : 1 });
  if (noted > 0) {
    if (revoke && attempt.jti !== null) {
      const expiresAt = attempt.token_expires_at ?? tx.now;
      await revokeToken(tx, { poolId: pool.id, jti: attempt.jti, expiresAt });
    }
    const details = { revoked: revoke };
    await audit(tx, { poolId: pool.id, actor: "pool", event: "ticket.replayed", subject: attempt.jti, details });
  }
  return new Refusal("ticket.used");
}
