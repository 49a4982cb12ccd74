import { sha256 } from "@noble/hashes/sha2";

/** Fills the array with cryptographically strong bytes and returns it, as `crypto.getRandomValues` does. */
export type RandomValues = (array: Uint8Array) => Uint8Array;

/** RFC 7636, method S256. */
export interface Pkce {
  /** Stays in the app until the exchange; 43 characters. */
  codeVerifier: string;
  /** Goes into the launch path; 43 characters. */
  codeChallenge: string;
}

/**
 * A verifier of 32 random bytes and its challenge.
 *
 * Works where `crypto.subtle` is missing (React Native, uni-app): SHA-256 is in JavaScript. Throws when there is no
 * source of strong random bytes; React Native needs `react-native-get-random-values`.
 */
export function createPkce(random: RandomValues = strongRandom()): Pkce {
  const codeVerifier = base64url(random(new Uint8Array(32)));
  return { codeVerifier, codeChallenge: base64url(sha256(ascii(codeVerifier))) };
}

/** 16 random bytes, 22 characters: ties an answer to the login that asked for it. */
export function createState(random: RandomValues = strongRandom()): string {
  return base64url(random(new Uint8Array(16)));
}

function strongRandom(): RandomValues {
  const source = (globalThis as { crypto?: { getRandomValues: RandomValues } }).crypto;
  if (!source?.getRandomValues)
    throw new Error(
      "No strong random source: provide crypto.getRandomValues (React Native: react-native-get-random-values)",
    );
  return (array) => source.getRandomValues(array);
}

/** Older Hermes engines have no TextEncoder. */
function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** RFC 4648, section 5, without padding; not every host app's engine has Buffer or btoa. */
function base64url(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const length = b === undefined ? 2 : c === undefined ? 3 : 4;
    for (let n = 0; n < length; n++) text += ALPHABET[(bits >> (18 - 6 * n)) & 63];
  }
  return text;
}
