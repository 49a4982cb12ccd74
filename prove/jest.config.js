"use strict";

const [node] = require("../jest.config").projects;

/** The counterexamples against the server: on SQLite, so nothing has to be started before. */
module.exports = { ...node, testMatch: ["<rootDir>/server/test/model.test.ts"] };
