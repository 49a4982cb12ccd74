"use strict";

const path = require("node:path");

/** The applet's unit tests as mutation.js bundles them: they need no build, no browser and no database. */
module.exports = {
  rootDir: path.resolve(__dirname, "../../.cache/mutation"),
  testEnvironment: "node",
  transform: {},
  restoreMocks: true,
};
