"use strict";

const { transformSync } = require("esbuild");

/** TypeScript and ES modules as jest runs them. */
module.exports = {
  process(text, file, { instrument }) {
    const loader = /\.[cm]?ts$/.test(file) ? "ts" : "js";
    // Nothing is left to be covered of a file of types.
    if (instrument && transformSync(text, { loader }).code === "") return { code: "" };
    const options = { loader, format: "cjs", target: "node20", sourcefile: file, sourcemap: "external" };
    const { code, map } = transformSync(text, options);
    // As an object: of a text, coverage would name the wrong lines.
    return { code, map: JSON.parse(map) };
  },
};
