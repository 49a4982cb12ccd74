import { createHash } from "node:crypto";
import { personClaims } from "../accounts/person-claims";
import type { Redeemed } from "../login/ticket-exchange";

/** It tells a client who just logged in; what goes on being shown is the access token. */
const LONGEST_SECONDS = 3600;

/**
 * The id_token of a login (OpenID Connect Core, section 2): for the client alone, signed with the key of the access token.
 * It has no `jti` and no `data`, so it passes nowhere as an access token. Its `aud` is the only one who may use it; `azp`,
 * where the access token names the mobile app, would mean another client here and is left out.
 */
export function idTokenOf({ user, attempt, token, claims, sign }: Redeemed): string {
  const { iss, aud, iat, exp } = claims;
  return sign({
    iss,
    aud,
    iat,
    exp: Math.min(exp, iat + LONGEST_SECONDS),
    // WeChat said who it is when the attempt began.
    auth_time: Math.floor(attempt.created_at / 1000),
    ...(attempt.nonce !== null && { nonce: attempt.nonce }),
    at_hash: accessTokenHash(token),
    ...personClaims(user, attempt.openid, attempt.phone === null ? null : { number: attempt.phone, verified: true }),
  });
}

/** OpenID Connect Core, section 3.1.3.6: the left half of the hash that the signature uses, SHA-256. */
function accessTokenHash(token: string): string {
  return createHash("sha256").update(token, "ascii").digest().subarray(0, 16).toString("base64url");
}
