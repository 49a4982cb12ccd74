/** A synchronous call that must not cost the login, where the platform has it at all. */
export function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
