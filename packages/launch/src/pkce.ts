import { base64url } from "./base64url";
import { randomBytes, type GetRandomValues } from "./random";
import { sha256 } from "./sha256";

/** RFC 7636, method S256. */
export interface Pkce {
  /** Stays in the app until the exchange; 43 characters. */
  codeVerifier: string;
  /** Goes into the launch path; 43 characters. */
  codeChallenge: string;
}

/** A verifier of 32 random bytes and its challenge. Throws when there is no source of strong random bytes. */
export function createPkce(getRandomValues?: GetRandomValues): Pkce {
  const codeVerifier = base64url(randomBytes(32, getRandomValues));
  return { codeVerifier, codeChallenge: base64url(sha256(ascii(codeVerifier))) };
}

/** Older Hermes engines have no TextEncoder. */
function ascii(text: string): Uint8Array {
  return Uint8Array.from(text.split(""), (character) => character.charCodeAt(0));
}
