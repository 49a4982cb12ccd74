import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import type { Vault } from "../secrets/vault";
import type { Transaction } from "../store/store";
import { deleteKey, extendKey, insertKey, listVerifyingKeys, raiseLongestTtl, retireKey } from "../store/token-keys";
import { newSigningKey, signingKid } from "./signing-keys";

/**
 * How long a new key is published before it signs, when nobody says: longer than stock clients keep a JWKS. jose keeps one
 * for 10 minutes and asks no more often than each 30 s, PyJWT and Spring Security for 5.
 */
const ANNOUNCED_MILLISECONDS = 15 * 60_000;
const LONGEST_ANNOUNCEMENT = 30 * 86_400_000;
/** Of instances that sign while the rotation commits. */
const CLOCK_SKEW = 60_000;

export interface Rotation {
  /** The former key leaked: it and every token it signed are void at once, so the new one signs at once. */
  dropFormer?: boolean;
  /** The new key signs at once; if one is announced already, that one does. */
  activateNow?: boolean;
  /** Epoch milliseconds: when the new key begins to sign. */
  signsAt?: number;
}

/** What a rotation makes of a pool's keys. */
export interface Rotated {
  kid: string;
  /** A new HS256 key, to be shown once. */
  tokenKey: string | null;
  signsAt: number;
  /** The pool's new state. */
  keys: Pick<Pool, "kid" | "nextKid" | "nextKeySignsAt">;
}

/**
 * Makes a pool's next key. It is published at once and signs later, when everybody who verifies can know it; the former
 * one goes on verifying until its last token has expired. So rotation logs nobody out.
 *
 * Two keys live at a time: a further rotation waits for the oldest to retire, or drops it.
 */
export async function rotateKey(
  tx: Transaction,
  pool: Readonly<Pool>,
  rotation: Rotation,
  vault: Vault,
): Promise<Rotated> {
  const { dropFormer = false, activateNow = false } = rotation;
  const signsAt = startOf(rotation, tx.now);
  const signing = signingKid(pool, tx.now);
  const announced = pool.nextKid !== signing ? pool.nextKid : null;
  const live = await tx.all(listVerifyingKeys, { poolId: pool.id, now: tx.now });
  const retire = async (at: number): Promise<void> => {
    const seconds = live.find(({ kid }) => kid === signing)?.longest_ttl_seconds ?? 0;
    await tx.run(retireKey, { kid: signing, retiresAt: at + seconds * 1000 + CLOCK_SKEW });
  };

  if (activateNow && announced !== null && !dropFormer) {
    await retire(tx.now);
    return { kid: announced, tokenKey: null, signsAt, keys: signsWith(announced) };
  }
  if (live.length > 1 && !dropFormer) {
    throw invalid(
      announced === null
        ? "a former key still verifies tokens; wait until it retires, or send dropFormer"
        : "a key is announced already; send activateNow to sign with it, or dropFormer",
    );
  }
  const { row, tokenKey } = newSigningKey(pool, tx.now, vault);
  if (dropFormer) for (const { kid } of live) await tx.run(deleteKey, { kid });
  else await retire(signsAt);
  await tx.run(insertKey, row);
  const keys = signsAt > tx.now ? { kid: signing, nextKid: row.kid, nextKeySignsAt: signsAt } : signsWith(row.kid);
  return { kid: row.kid, tokenKey, signsAt, keys };
}

/** After a pool's tokens began to live longer: keeps what still signs until the last of them has expired. */
export async function keepKeysFor(tx: Transaction, pool: Readonly<Pool>): Promise<void> {
  const seconds = pool.tokenTtlSeconds;
  for (const kid of [pool.kid, pool.nextKid]) if (kid !== null) await tx.run(raiseLongestTtl, { kid, seconds });
  if (pool.nextKeySignsAt === null || pool.nextKeySignsAt <= tx.now) return;
  await tx.run(extendKey, { kid: pool.kid, retiresAt: pool.nextKeySignsAt + seconds * 1000 + CLOCK_SKEW });
}

function startOf({ dropFormer, activateNow, signsAt }: Rotation, now: number): number {
  if (dropFormer === true || activateNow === true) {
    if (signsAt !== undefined) throw invalid("dropFormer and activateNow make the key sign at once: leave out signsAt");
    return now;
  }
  if (signsAt === undefined) return now + ANNOUNCED_MILLISECONDS;
  if (signsAt < now || signsAt > now + LONGEST_ANNOUNCEMENT) {
    throw invalid("signsAt must be a time within the next 30 days, in epoch milliseconds");
  }
  return signsAt;
}

function signsWith(kid: string): Rotated["keys"] {
  return { kid, nextKid: null, nextKeySignsAt: null };
}

function invalid(detail: string): Refusal {
  return new Refusal("request.invalid", { status: 422, detail });
}
