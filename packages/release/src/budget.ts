/**
 * What the compiled package may weigh, in bytes; a kilobyte is 1,000 of them. The one place that holds the numbers, and
 * docs/size.md says what they buy.
 */
export const BUDGET = { rawBytes: 42_900, gzipBytes: 16_900 };
