"use strict";

const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { transformSync, version } = require("esbuild");

const THIS = readFileSync(__filename);

/** What Node runs of a TypeScript file, or of a package that is published as ES modules only. */
function compile(source, filename) {
  return transformSync(source, {
    loader: filename.endsWith("ts") ? "ts" : "js",
    format: "cjs",
    target: "node20",
    // In jest nothing but `require` finds a module.
    supported: { "dynamic-import": false },
    sourcefile: filename,
    sourcemap: "external",
    sourcesContent: false,
  });
}

/** The same, counting what runs: not in what esbuild makes, which has functions and branches of its own in every file. */
function compileCounting(source, filename, options) {
  const { createTransformer } = require("babel-jest").default;
  const babel = createTransformer({
    babelrc: false,
    configFile: false,
    presets: [["@babel/preset-typescript", { onlyRemoveTypeImports: false }]],
    plugins: ["@babel/plugin-transform-modules-commonjs"],
  });
  return babel.process(source, filename, options);
}

/** How jest reads TypeScript. */
module.exports = {
  compile,
  canInstrument: true,
  process: (source, filename, options) =>
    options.instrument ? compileCounting(source, filename, options) : compile(source, filename),
  getCacheKey(source, filename, { configString, instrument }) {
    const key = createHash("sha1");
    for (const part of [THIS, version, source, filename, configString, String(instrument)])
      key.update(part).update("\0");
    return key.digest("hex");
  },
};
