import { createDecoder, createVerifier } from "fast-jwt";
import type { HostBackend, TokenClaims } from "./sign-in";

export interface HostBackendOptions {
  /** The auth server. */
  origin: string;
  userPoolId: string;
  /** Missing: the pool needs none for an exchange. */
  poolSecret?: string;
  /**
   * The pool's HS256 key. Missing: a token is believed because it comes from the auth server itself (OpenID Connect Core,
   * section 3.1.3.7, point 6).
   */
  tokenKey?: string;
  /** The host app's own AppID on the open platform. */
  appId: string;
  /** Told of each call to the auth server: path without query, and HTTP status. */
  onCall?: (call: { method: string; path: string; status: number; milliseconds: number }) => void;
}

/** The host app's backend: it alone holds the pool's secret and the token key. */
export function createHostBackend(options: HostBackendOptions): HostBackend {
  const path = `/oauth/app2wxapp/auth/${options.userPoolId}`;
  // The algorithm is this backend's choice, never the token's. What the key verifies needs no call to the auth server.
  const { tokenKey } = options;
  const verify =
    tokenKey === undefined
      ? createDecoder()
      : createVerifier({ key: tokenKey, algorithms: ["HS256"], allowedAud: options.userPoolId });

  /** The claims of a token that the pool signed and that has not expired, else undefined. */
  function claimsOf(token: string): TokenClaims | undefined {
    try {
      return verify(token) as TokenClaims;
    } catch {
      return undefined;
    }
  }

  return {
    /** Trades a ticket, as soon as the app hands it over. */
    async signIn(ticket, codeVerifier) {
      const startedAt = performance.now();
      const response = await fetch(options.origin + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ticket, secret: options.poolSecret, codeVerifier, callerAppId: options.appId }),
      });
      const milliseconds = performance.now() - startedAt;
      options.onCall?.({ method: "POST", path, status: response.status, milliseconds });
      const body = (await response.json()) as Record<string, unknown>;
      if (response.status !== 200) return { error: String(body["error"]) };
      const claims = claimsOf(String(body["token"]));
      if (!claims || claims.data.id !== body["_id"]) return { error: "token.invalid" };
      const phone = typeof body["phone"] === "string" ? masked(body["phone"]) : null;
      return {
        user: {
          id: claims.data.id,
          nickname: String(body["nickname"]),
          photo: String(body["photo"]),
          phone,
          loginsCount: Number(body["loginsCount"]),
        },
        claims,
      };
    },
  };
}

/** The app's own screen needs no more than the person needs to know it is theirs. */
function masked(phone: string): string {
  return phone.length < 8 ? phone.replace(/.(?=.{2})/g, "*") : `${phone.slice(0, -8)}****${phone.slice(-4)}`;
}
