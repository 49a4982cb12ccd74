import { generateKeyPairSync } from "node:crypto";
import { createSigner } from "fast-jwt";
import type { Pool, TokenAlgorithm } from "../pools/pool";
import { newHandle, newId } from "../secrets/handles";
import type { Vault } from "../secrets/vault";
import type { Transaction } from "../store/store";
import type { TokenKeyRow } from "../store/tables";
import { findVerifyingKey } from "../store/token-keys";

export type Sign = (claims: Record<string, unknown>) => string;

/** A key that was just made: its row, and for HS256 the key itself, to be shown once. */
export interface NewKey {
  row: TokenKeyRow;
  tokenKey: string | null;
}

/**
 * Makes a key. An HS256 key is 43 characters of text with 256 random bits; its bytes as text are the key, so that it can
 * be pasted into any library. Of an ES256 key only the public half is ever shown, as JWKS.
 */
export function newSigningKey(
  pool: Pick<Pool, "id" | "tokenAlgorithm" | "tokenTtlSeconds">,
  now: number,
  vault: Vault,
): NewKey {
  const kid = newId(now);
  const place = { purpose: "token-key", row: kid } as const;
  const algorithm = pool.tokenAlgorithm;
  const row = {
    kid,
    pool_id: pool.id,
    algorithm,
    created_at: now,
    longest_ttl_seconds: pool.tokenTtlSeconds,
    retires_at: null,
  };
  if (algorithm === "HS256") {
    const key = newHandle();
    return { row: { ...row, secret: vault.seal(place, key), public_jwk: null }, tokenKey: key };
  }
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, alg: "ES256", use: "sig" };
  return { row: { ...row, secret: vault.seal(place, pem), public_jwk: JSON.stringify(jwk) }, tokenKey: null };
}

/** The key of a row, opened: for HS256 the shared key, for ES256 the private one in PEM. */
export function openKey(row: TokenKeyRow, vault: Vault): string {
  return vault.open({ purpose: "token-key", row: row.kid }, row.secret);
}

/** The key a pool signs with at this time. */
export function signingKid(pool: Pick<Pool, "kid" | "nextKid" | "nextKeySignsAt">, now: number): string {
  const { kid, nextKid, nextKeySignsAt } = pool;
  return nextKid !== null && nextKeySignsAt !== null && nextKeySignsAt <= now ? nextKid : kid;
}

const MOST_KEPT = 1000;

/** Signs with a pool's current key; opened keys are kept in memory, by kid. */
export class Signers {
  readonly #kept = new Map<string, Sign>();

  constructor(private readonly vault: Vault) {}

  /** Signing itself is synchronous, so that a job may do it. */
  async of(tx: Transaction, pool: Readonly<Pool>): Promise<Sign> {
    const kid = signingKid(pool, tx.now);
    const kept = this.#kept.get(kid);
    if (kept) return kept;
    const row = await tx.first(findVerifyingKey, { poolId: pool.id, kid, now: tx.now });
    if (!row) throw new Error(`pool ${pool.id} has no key ${kid}`);
    const algorithm = row.algorithm as TokenAlgorithm;
    const sign: Sign = createSigner({ algorithm, key: openKey(row, this.vault), kid: row.kid });
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(row.kid, sign);
    return sign;
  }
}
