import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import { matchesHash } from "../secrets/handles";
import { BEARER } from "../startup/settings";
import type { Services } from "../services";
import type { Transaction } from "../store/store";

/** The pool, if the secret is its secret. An unknown pool and a wrong or missing secret are refused alike. */
export async function authorizedPool(
  services: Services,
  tx: Transaction,
  poolId: string,
  secret: string | undefined,
): Promise<Readonly<Pool>> {
  const pool = await services.pools.find(tx, poolId);
  const right = matchesHash("secret", secret, pool?.secretHash);
  if (!pool || !right) throw new Refusal("client.unauthorized");
  return pool;
}

/** What stands after `Bearer` in an Authorization header (RFC 6750). */
export function bearerOf(header: string | undefined): string | undefined {
  const [, token = ""] = /^Bearer +(.*)$/i.exec(header ?? "") ?? [];
  return BEARER.test(token) ? token : undefined;
}
