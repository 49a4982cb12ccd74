import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import type { Vault } from "../secrets/vault";
import type { Transaction } from "../store/store";
import { deleteKey, insertKey, listKeys, retireKey } from "../store/token-keys";
import { newSigningKey, type NewKey } from "./signing-keys";

/**
 * Makes the key a pool signs with from now on. The former one goes on verifying until its last token has expired, so
 * rotation logs nobody out; with `dropFormer` (it leaked) all former keys go at once, and their tokens with them.
 *
 * Two keys live at a time: a further rotation waits for the oldest to retire, or drops it.
 */
export async function rotateKey(
  tx: Transaction,
  pool: Readonly<Pool>,
  dropFormer: boolean,
  vault: Vault,
): Promise<NewKey> {
  const keys = await tx.all(listKeys, { poolId: pool.id });
  const retiring = keys.filter(({ retires_at: at }) => at !== null && at > tx.now);
  if (retiring.length > 0 && !dropFormer) {
    const detail = "a former key still verifies tokens; wait until it retires, or send dropFormer";
    throw new Refusal("request.invalid", { status: 422, detail });
  }
  for (const { kid, longest_ttl_seconds: seconds } of keys) {
    if (dropFormer) await tx.run(deleteKey, { kid });
    else await tx.run(retireKey, { kid, retiresAt: tx.now + seconds * 1000 + CLOCK_SKEW });
  }
  const key = newSigningKey(pool, tx.now, vault);
  await tx.run(insertKey, key.row);
  return key;
}

/** Of instances that sign while the rotation commits. */
const CLOCK_SKEW = 60_000;
