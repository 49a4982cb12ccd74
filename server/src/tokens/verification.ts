import { createPublicKey } from "node:crypto";
import { createDecoder, createVerifier } from "fast-jwt";
import { isSignedOut, readApps } from "../accounts/signed-in-apps";
import type { Pool, TokenAlgorithm } from "../pools/pool";
import { ID } from "../secrets/handles";
import type { Vault } from "../secrets/vault";
import type { Services } from "../services";
import { findUser } from "../store/accounts";
import { findRevocation } from "../store/revocations";
import type { Transaction } from "../store/store";
import type { TokenKeyRow } from "../store/tables";
import { findVerifyingKey } from "../store/token-keys";
import { issuerOf, type Claims } from "./claims";
import { openKey } from "./signing-keys";

/** What verifying takes of the services. */
type Verifier = Pick<Services, "vault" | "origin" | "formerOrigins">;

const decode = createDecoder({ complete: true });

/**
 * The claims of a token this pool signed and that has not expired, else undefined. The key is looked up by `kid` within
 * the pool and fixes the algorithm; what the token's header says of it only has to agree. The issuer has to be this
 * server, under its present origin or a former one: a server on a copy of the database has the same keys.
 */
export async function verifiedClaims(
  { vault, origin, formerOrigins }: Verifier,
  tx: Transaction,
  pool: Readonly<Pool>,
  token: string,
): Promise<Claims | undefined> {
  const header = headerOf(token);
  const kid = header?.["kid"];
  if (typeof kid !== "string" || !ID.test(kid)) return undefined;
  const row = await tx.first(findVerifyingKey, { poolId: pool.id, kid, now: tx.now });
  if (!row || header?.["alg"] !== row.algorithm) return undefined;
  let claims: unknown;
  try {
    // Times are judged below, by the database's clock.
    const options = { algorithms: [row.algorithm as TokenAlgorithm], ignoreExpiration: true, ignoreNotBefore: true };
    claims = createVerifier({ ...options, key: verificationKey(row, vault) })(token);
  } catch {
    return undefined;
  }
  if (!areOurs(claims, pool.id) || !areCurrent(claims, row, tx.now)) return undefined;
  return [origin(), ...formerOrigins].some((one) => issuerOf(one, pool.id) === claims.iss) ? claims : undefined;
}

/**
 * Whether claims look as this server makes them. A backend that holds the pool's key can sign anything, and what it signs
 * must not go further than its pool.
 */
function areOurs(claims: unknown, poolId: string): claims is Claims {
  const { data, sub, iss, aud, azp, scope, jti, iat, exp } = (claims ?? {}) as Record<string, unknown>;
  const { unionid, id, clientId } = (data ?? {}) as Record<string, unknown>;
  return (
    typeof sub === "string" &&
    ID.test(sub) &&
    id === sub &&
    clientId === poolId &&
    aud === poolId &&
    isShortText(unionid) &&
    isShortText(iss) &&
    (azp === undefined || isShortText(azp)) &&
    (scope === undefined || isShortText(scope)) &&
    typeof jti === "string" &&
    JTI.test(jti) &&
    Number.isSafeInteger(iat) &&
    Number.isSafeInteger(exp)
  );
}

/** Not expired, and no longer-lived than any token of this key can be. */
function areCurrent({ exp }: Claims, key: TokenKeyRow, now: number): boolean {
  const left = exp * 1000 - now;
  return left > 0 && left <= key.longest_ttl_seconds * 1000 + CLOCK_SKEW;
}

const JTI = /^[A-Za-z0-9-]{1,64}$/;
/** Between instances of a server. */
const CLOCK_SKEW = 60_000;

function isShortText(value: unknown): boolean {
  return typeof value === "string" && value.length <= 512;
}

/** The same, unless the token was revoked, or its user is blocked, gone, or was signed out since, of its app or of all. */
export async function activeClaims(...parameters: Parameters<typeof verifiedClaims>): Promise<Claims | undefined> {
  const [, tx, pool] = parameters;
  const claims = await verifiedClaims(...parameters);
  if (!claims || (await tx.first(findRevocation, { poolId: pool.id, jti: claims.jti }))) return undefined;
  const user = await tx.first(findUser, { poolId: pool.id, id: claims.sub });
  if (!user || user.blocked === 1) return undefined;
  if (claims.iat * 1000 < (user.tokens_valid_from ?? 0)) return undefined;
  return isSignedOut(readApps(user.apps), claims.azp ?? null, claims.iat) ? undefined : claims;
}

function headerOf(token: string): Record<string, unknown> | undefined {
  try {
    return (decode(token) as { header: Record<string, unknown> }).header;
  } catch {
    return undefined;
  }
}

function verificationKey(row: TokenKeyRow, vault: Vault): string {
  if (row.algorithm === "HS256") return openKey(row, vault);
  const jwk = JSON.parse(row.public_jwk ?? "{}") as Record<string, string>;
  return createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }) as string;
}
