/** Fills the array with cryptographically strong bytes and returns it, as `crypto.getRandomValues` does. */
export type GetRandomValues = (array: Uint8Array) => Uint8Array;

/**
 * So many strong random bytes, from the given source or the platform's `crypto.getRandomValues`. Throws when there is
 * neither: a guessable state or verifier is worse than none.
 */
export function randomBytes(count: number, source: GetRandomValues = platformSource()): Uint8Array {
  return source(new Uint8Array(count));
}

function platformSource(): GetRandomValues {
  const crypto = (globalThis as { crypto?: { getRandomValues?: GetRandomValues } }).crypto;
  if (typeof crypto?.getRandomValues !== "function")
    throw new Error(
      "No source of strong random bytes. Pass getRandomValues to startLogin, or install one: " +
        "react-native-get-random-values in React Native, a UTS or native plugin in uni-app",
    );
  return (array) => crypto.getRandomValues!(array);
}
