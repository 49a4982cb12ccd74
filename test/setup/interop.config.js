"use strict";

const [node] = require("../../jest.config").projects;

/** Our tokens under libraries of other languages, the host apps' cores and the backends in those: none comes from npm. */
module.exports = {
  ...node,
  globalSetup: "<rootDir>/test/setup/products.ts",
  testMatch: ["<rootDir>/server/test/interop/*.ts", "<rootDir>/examples/{conformance,backends}/test/interop/*.ts"],
  // A compiler takes half a minute on a busy machine.
  testTimeout: 120_000,
};
