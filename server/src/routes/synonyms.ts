import { Refusal } from "../refusal";

/**
 * One value that may come under several names, or in several places at once; all that are given must agree. Undefined:
 * none is given.
 */
export function agreed(what: string, given: readonly (string | undefined)[]): string | undefined {
  const [value, ...others] = new Set(given.filter((one) => one !== undefined));
  if (others.length > 0) throw new Refusal("request.invalid", { detail: `the ${what} differ` });
  return value;
}
