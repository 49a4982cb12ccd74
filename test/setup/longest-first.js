"use strict";

const { default: Sequencer } = require("@jest/test-sequencer");

/** Files that hold others, each of which would be a file elsewhere. */
const WITH_CHAPTERS = [/server\/test\/together\//, /test\/e2e\/login\.test\.ts$/, /console\/test\/console\.test\.ts$/];

/**
 * What needs a browser takes longest, and begins first: at the end the workers should have little left to wait for. On a
 * machine that has never run the tests jest goes by the size of their files, of which those with chapters are the smallest.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- the name of the method jest calls
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};

function rank({ path, context }) {
  if (WITH_CHAPTERS.some((file) => file.test(path))) return 0;
  return context.config.displayName?.name === "e2e" ? 1 : 2;
}
