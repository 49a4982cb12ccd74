"use strict";

const { readdirSync, readFileSync } = require("node:fs");
const path = require("node:path");

const FOLDER = path.resolve(__dirname, "../../server/test");

/**
 * The test files that run a server in their own process. Jest would load all of the server anew for each, which takes
 * longer than most of them run; together they share it. Each still runs alone, when it is asked for.
 */
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => path.join(FOLDER, name))
  .filter((file) => readFileSync(file, "utf8").includes(' from "./support/world"'));

/** In as many parts as there are workers, since a worker runs one file at a time. */
const parts = [0, 1, 2].map((part) => files.filter((_, index) => index % 3 === part));

module.exports = { files, parts };
