"use strict";

const [node] = require("../../jest.config").projects;

/** The applet's own unit tests, alone: they need no build, no browser and no database. */
module.exports = {
  ...node,
  testMatch: ["<rootDir>/test/setup/mutation.ts"],
  roots: ["<rootDir>/miniprogram", "<rootDir>/test"],
};
