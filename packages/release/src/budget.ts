/** What the compiled package may weigh, in bytes; a kilobyte is 1,000 of them. The one place that holds the numbers. */
export const BUDGET = { rawBytes: 30_000, gzipBytes: 10_000 };
