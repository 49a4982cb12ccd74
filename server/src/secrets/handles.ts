import { hash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";

/** What a handle is for. It goes into the hash, so that one kind can never be redeemed as another. */
export type HandleKind = "attempt" | "ticket" | "secret" | "admin" | "console" | "console-proof" | "person" | "account";

/** 256 random bits, base64url without padding, 43 characters. Throws when the generator does. */
export function newHandle(generate: (size: number) => Buffer = randomBytes): string {
  const bytes = generate(32);
  if (bytes.length !== 32) throw new Error("the random generator returned too few bytes");
  return bytes.toString("base64url");
}

/** What is stored in place of a handle. The input has 256 bits of entropy, so a plain hash cannot be searched. */
export function hashHandle(kind: HandleKind, handle: string): string {
  return hash("sha256", `${kind}:${handle}`, "base64url");
}

/** An id that {@link newId} makes: of pools, users, keys and audit entries. */
export const ID = /^[0-9a-f]{24}$/;

let made = 0;

/**
 * An id in the reference's format, 24 hex digits: the millisecond it was made, a count and 32 random bits. Ids of one
 * process sort by age. They name things and guard nothing.
 */
export function newId(now: number): string {
  made = (made + 1) % 0x1_0000;
  const count = made.toString(16).padStart(4, "0");
  return now.toString(16).padStart(12, "0") + count + randomUUID().slice(0, 8);
}

/** Sorts before every id made at this time or later, and after all earlier ones. */
export function firstIdAt(time: number): string {
  return time.toString(16).padStart(12, "0");
}

/** Compared with when there is nothing to compare with, so that both cases take the same way. */
const NOBODY = randomBytes(32);

/**
 * Whether a secret is the one whose hash was stored, in constant time. A missing hash (unknown pool) and a missing secret
 * cost the same as a wrong one.
 */
export function matchesHash(kind: HandleKind, given: string | undefined, stored: string | undefined): boolean {
  const hashed = hash("sha256", `${kind}:${given ?? ""}`, "buffer");
  const expected = stored === undefined ? NOBODY : Buffer.from(stored, "base64url");
  return timingSafeEqual(hashed, expected) && given !== undefined;
}
