"use strict";

const [node] = require("../../jest.config").projects;

/** Our tokens under libraries of other languages, which do not come from npm. */
module.exports = { ...node, testMatch: ["<rootDir>/server/test/interop/*.ts"] };
