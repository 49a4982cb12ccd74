import { randomUUID } from "node:crypto";
import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import { hashHandle, matchesHash } from "../secrets/handles";
import type { Seen } from "../observability/login-records";
import type { Services } from "../services";
import { findByTicket } from "../store/accounts";
import { audit } from "../store/audit";
import { consume, findTicket, noteReplay } from "../store/logins";
import type { Transaction } from "../store/store";
import type { AttemptRow, UserRow } from "../store/tables";
import { tokenClaims, type Claims } from "../tokens/claims";
import { revokeToken } from "../tokens/revocation";
import type { Sign } from "../tokens/signing-keys";
import { enterAccount, findAccount, type KnownIdentity } from "../accounts/account";
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

/** What the database has of a ticket. */
interface KnownTicket {
  hash: string;
  attempt: AttemptRow | undefined;
  identity: KnownIdentity;
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
  return services.store.transaction(
    async (tx) => {
      const hash = hashHandle("ticket", request.ticket);
      const [pool, attempt, row] = await Promise.all([
        services.pools.find(tx, poolId),
        tx.first(findTicket, { hash, poolId }),
        tx.first(findByTicket, { hash }),
      ]);
      const authorized = mayExchange(pool, request.secret);
      if (!pool || !authorized) {
        // In no style of its own: it would tell that the pool exists.
        throw new Refusal("client.unauthorized");
      }
      seen.pool = true;
      const outcome = await redeem(services, tx, pool, { hash, attempt, identity: { row } }, request, seen);
      return { pool, proven: request.secret !== undefined, outcome };
    },
    { asksFirst: true },
  );
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
  { hash, attempt, identity }: KnownTicket,
  request: ExchangeRequest,
  seen: Seen,
): Promise<Redeemed | Refusal> {
  seen.person = attempt !== undefined;
  seen.callerAppId = attempt?.caller_app_id ?? null;
  const verdict = judgeExchange(pool, services.sharedApplet?.appId, { hash, attempt }, request, tx.now);
  if (verdict.kind === "refuse" || !attempt)
    return new Refusal(verdict.kind === "refuse" ? verdict.error : "ticket.invalid");
  if (verdict.kind === "replay") return replayed(tx, pool, attempt, verdict.revoke);

  const jti = randomUUID();
  const expiresAt = Math.floor(tx.now / 1000) + pool.tokenTtlSeconds;
  // Of several exchanges at once the others begin again, and then see that it was used.
  tx.claim(consume, { attempt: attempt.hash, ticket: hash, jti, tokenExpiresAt: expiresAt * 1000 });

  const found = await findAccount(tx, pool, attempt, identity);
  seen.userId = found.user?.id ?? null;
  if (found.blocked) return new Refusal("user.blocked");
  if (found.linking.kind === "closed") return new Refusal("registration.closed");
  const user = enterAccount(tx, pool, attempt, found);
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
    audit(tx, { poolId: pool.id, actor: "pool", event: "ticket.replayed", subject: attempt.jti, details });
  }
  return new Refusal("ticket.used");
}
