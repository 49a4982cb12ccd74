import { createHmac, timingSafeEqual } from "node:crypto";
import type { TokenClaims } from "./sign-in";

/**
 * The claims of a token signed with the pool's key by HS256, or undefined for any other text. Verified here, without
 * asking the auth server: that is what the key is for. A backend in production takes its language's JWT library.
 */
export function verifyToken(token: string, key: string, nowMs: number): TokenClaims | undefined {
  const [header, payload, signature, ...rest] = token.split(".");
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const right = createHmac("sha256", key).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  // The algorithm is this backend's choice, never the token's.
  if ((decode(header) as { alg?: unknown } | undefined)?.alg !== "HS256") return undefined;
  const claims = decode(payload) as TokenClaims | undefined;
  return claims && claims.exp * 1000 > nowMs ? claims : undefined;
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
