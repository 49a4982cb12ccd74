import type { Pool } from "../pools/pool";
import type { UserRow } from "../store/tables";

/** The payload of every token: the reference's three fields under `data`, and the registered claims. Times in seconds. */
export interface Claims {
  data: { unionid: string; id: string; clientId: string };
  sub: string;
  iss: string;
  aud: string;
  /** The app that opened the applet; missing when it could not be told. */
  azp?: string;
  jti: string;
  iat: number;
  exp: number;
}

export function issuerOf(origin: string, poolId: string): string {
  return `${origin}/${poolId}`;
}

export function tokenClaims(
  origin: string,
  pool: Pick<Pool, "id">,
  user: Pick<UserRow, "id" | "unionid">,
  caller: string | null,
  token: { jti: string; issuedAt: number; expiresAt: number },
): Claims & Record<string, unknown> {
  return {
    data: { unionid: user.unionid ?? "", id: user.id, clientId: pool.id },
    sub: user.id,
    iss: issuerOf(origin, pool.id),
    aud: pool.id,
    ...(caller !== null && { azp: caller }),
    jti: token.jti,
    iat: token.issuedAt,
    exp: token.expiresAt,
  };
}
