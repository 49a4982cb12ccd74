/** How often a test repeats: little in every run, and the count of the promise in `npm run soak`. */
export function count(short: number, long: number): number {
  return process.env["SOAK"] === "1" ? long : short;
}

/** Time for the long counts. */
export const PATIENCE = process.env["SOAK"] === "1" ? 3_600_000 : 60_000;
