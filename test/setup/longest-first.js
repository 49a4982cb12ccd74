"use strict";

const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * What needs a browser takes longest, and begins first: at the end the workers should have little left to wait for. On a
 * machine that has never run the tests jest goes by the size of their files, of which the console's is among the smallest.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- the name of the method jest calls
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};

function rank({ path, context }) {
  if (path.endsWith("console.test.ts")) return 0;
  return context.config.displayName?.name === "e2e" ? 1 : 2;
}
