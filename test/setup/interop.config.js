"use strict";

const [node] = require("../../jest.config").projects;

/** Our tokens under libraries of other languages, and the host apps' cores in those languages: none comes from npm. */
module.exports = {
  ...node,
  testMatch: ["<rootDir>/server/test/interop/*.ts", "<rootDir>/examples/conformance/test/interop/*.ts"],
  // A compiler takes half a minute on a busy machine.
  testTimeout: 120_000,
};
