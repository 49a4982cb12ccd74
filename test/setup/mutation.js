"use strict";

const fs = require("node:fs");
const path = require("node:path");
const esbuild = require("esbuild");

/**
 * The applet's own unit tests and the sources they test as one script, which loads in a tenth of the time: a mutant loads
 * it again, and there are thousands.
 */
const ROOT = path.resolve(__dirname, "../..");
const TOPICS = ["flow", "messages", "platform", "protocol", "services"];

const files = TOPICS.flatMap((topic) =>
  fs
    .readdirSync(path.join(ROOT, "test/unit", topic))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${topic}/${name}`),
);
const suites = files.map((file) => `describe("${file}", () => { afterAll(reset); require("./test/unit/${file}"); });`);

esbuild.buildSync({
  stdin: {
    contents: [
      'import { afterAll, describe, jest } from "@jest/globals";',
      "const reset = () => void jest.useRealTimers();",
      ...suites,
    ].join("\n"),
    resolveDir: ROOT,
  },
  bundle: true,
  platform: "node",
  packages: "external",
  alias: { "@app2wxapp/protocol": path.join(ROOT, "miniprogram/protocol/index.ts") },
  outfile: path.join(ROOT, ".cache/mutation/applet.test.js"),
});
