import type { Pool } from "../pools/pool";
import type { AttemptRow, UserRow } from "../store/tables";

/** The payload of every token: the reference's three fields under `data`, and the registered claims. Times in seconds. */
export interface Claims {
  data: { unionid: string; id: string; clientId: string };
  sub: string;
  iss: string;
  aud: string;
  /** The app that opened the applet; missing when it could not be told. */
  azp?: string;
  /** What its holder may be told of the person (RFC 9068); missing in tokens of older servers. */
  scope?: string;
  jti: string;
  iat: number;
  exp: number;
}

/** Every scope there is: nobody asks for one, `phone` is granted when the login asked for the number and got it. */
export const SCOPES = ["openid", "profile", "phone"] as const;

export function issuerOf(origin: string, poolId: string): string {
  return `${origin}/${poolId}`;
}

export function tokenClaims(
  origin: string,
  pool: Pick<Pool, "id">,
  user: Pick<UserRow, "id" | "unionid">,
  login: Pick<AttemptRow, "caller_app_id" | "phone">,
  token: { jti: string; issuedAt: number; expiresAt: number },
): Claims & Record<string, unknown> {
  return {
    data: { unionid: user.unionid ?? "", id: user.id, clientId: pool.id },
    sub: user.id,
    iss: issuerOf(origin, pool.id),
    aud: pool.id,
    ...(login.caller_app_id !== null && { azp: login.caller_app_id }),
    scope: SCOPES.filter((scope) => scope !== "phone" || login.phone !== null).join(" "),
    jti: token.jti,
    iat: token.issuedAt,
    exp: token.expiresAt,
  };
}

/** Whether the holder of a token may be told the person's phone number. */
export function tellsPhone({ scope = "" }: Pick<Claims, "scope">): boolean {
  return scope.split(" ").includes("phone");
}
