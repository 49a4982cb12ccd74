"use strict";

const { files: SERVER_IN_PROCESS } = require("./test/setup/together");

/** `npm test`: all of them, where some run together that else run alone. */
const runsAll = process.argv.length === 2;

/** What every project shares. Some packages are published as ES modules only, so they go through the transform too. */
const base = {
  rootDir: __dirname,
  transform: { "\\.[cm]?[jt]s$": "<rootDir>/test/setup/typescript.js" },
  // Its sources, as the applet imports them: one copy in a test of both halves.
  moduleNameMapper: {
    "^@app2wxapp/protocol$": "<rootDir>/miniprogram/protocol/index.ts",
    "^@app2wxapp/(launch|wechat)$": "<rootDir>/packages/$1/src/index.ts",
    "^@app2wxapp/browser-host/(backend|own-backend|sign-in)$": "<rootDir>/examples/browser-host/src/$1.ts",
  },
  transformIgnorePatterns: ["/node_modules/(?!(?:jose|oauth4webapi|openid-client)/)"],
  // The copy that mutation tests work on has packages of the same names.
  modulePathIgnorePatterns: ["<rootDir>/.stryker-tmp/"],
  restoreMocks: true,
};

const page = { ...base, testEnvironment: "jsdom", testMatch: ["<rootDir>/test/page/**/*.test.ts"] };

/** @type {import("jest").Config} */
module.exports = {
  globalSetup: "<rootDir>/test/setup/before-all.ts",
  globalTeardown: "<rootDir>/test/setup/after-all.ts",
  testSequencer: "<rootDir>/test/setup/longest-first.js",
  projects: [
    {
      ...base,
      displayName: "node",
      testEnvironment: "node",
      testMatch: [
        "<rootDir>/test/unit/**/*.test.ts",
        "<rootDir>/test/contract/**/*.test.ts",
        "<rootDir>/{server,phone}/test/**/*.test.ts",
        "<rootDir>/{packages,examples}/*/test/**/*.test.ts",
      ],
      testPathIgnorePatterns: [
        ...(runsAll ? SERVER_IN_PROCESS : ["<rootDir>/server/test/together/"]),
        // What takes minutes, or waits for real.
        ...(process.env.SOAK ? [] : ["<rootDir>/server/test/soak/"]),
      ],
    },
    { ...page, displayName: "page", globals: { miniprogramRoot: "miniprogram" } },
    { ...page, displayName: "page-dist", globals: { miniprogramRoot: "dist" } },
    {
      ...base,
      displayName: "e2e",
      testEnvironment: "node",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts", "<rootDir>/console/test/**/*.test.ts"],
    },
  ],
  coverageProvider: "babel",
  collectCoverageFrom: ["miniprogram/**/*.ts", "!**/dist/**"],
  coverageReporters: ["text", "lcovonly"],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
  // One more than two cores have: many tests wait for a process, a browser or a time-out.
  maxWorkers: 3,
  // A worker that has grown beyond that makes way for a new one after its file; else they reach 1.8 GB.
  workerIdleMemoryLimit: "500MB",
  testTimeout: 30_000,
  reporters: ["default", "<rootDir>/test/setup/closing-line.js"],
};
