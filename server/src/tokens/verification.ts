import { createPublicKey } from "node:crypto";
import { createDecoder, createVerifier } from "fast-jwt";
import type { Pool, TokenAlgorithm } from "../pool";
import type { Vault } from "../secrets/vault";
import { findUser } from "../store/accounts";
import type { Transaction } from "../store/store";
import type { TokenKeyRow } from "../store/tables";
import { findKey, findRevocation } from "../store/tokens";
import type { Claims } from "./claims";
import { openKey } from "./signing-keys";

const decode = createDecoder({ complete: true });

/**
 * The claims of a token this pool signed and that has not expired, else undefined. The key is looked up by `kid` within
 * the pool and fixes the algorithm; what the token's header says of it only has to agree. The issuer is not compared:
 * the key says more, and an operator who moves the server to another address logs nobody out.
 */
export async function verifiedClaims(
  tx: Transaction,
  pool: Readonly<Pool>,
  token: string,
  vault: Vault,
): Promise<Claims | undefined> {
  const header = headerOf(token);
  if (typeof header?.["kid"] !== "string") return undefined;
  const row = await tx.first(findKey, { poolId: pool.id, kid: header["kid"] });
  if (!row || header["alg"] !== row.algorithm) return undefined;
  try {
    const verify = createVerifier({
      key: verificationKey(row, vault),
      algorithms: [row.algorithm as TokenAlgorithm],
      allowedAud: pool.id,
      requiredClaims: ["jti", "exp", "iat", "sub"],
      // Judged below, by the database's clock.
      ignoreExpiration: true,
    });
    const claims = verify(token) as Claims;
    return claims.exp * 1000 > tx.now ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** The same, unless the token was revoked or its user is blocked or gone. */
export async function activeClaims(...parameters: Parameters<typeof verifiedClaims>): Promise<Claims | undefined> {
  const [tx, pool] = parameters;
  const claims = await verifiedClaims(...parameters);
  if (!claims || (await tx.first(findRevocation, { jti: claims.jti }))) return undefined;
  const user = await tx.first(findUser, { poolId: pool.id, id: claims.sub });
  return user && user.blocked === 0 ? claims : undefined;
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
