/**
 * What the compiled package may weigh, in bytes: 15 KB with gzip. The one place that holds the numbers, and docs/size.md
 * says what they buy.
 */
export const BUDGET = { rawBytes: 39_000, gzipBytes: 15_360 };

/** What an operator's settings, ext.json and words may add before it is sent. */
export const OPERATORS_OWN = 1_000;
