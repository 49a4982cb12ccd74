"use strict";

const fs = require("node:fs");

/**
 * Makes `N passed, N failed` the run's last line. Written on exit, because jest prints its coverage and summary after
 * custom reporters. A suite that did not run counts as one failure.
 */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}\n`;
    process.once("exit", () => fs.writeSync(2, line));
  }
};
