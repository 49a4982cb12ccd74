"use strict";

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const esbuild = require("esbuild");

const ENTRIES = ["index", "react-native", "uni-app"];
const inPackage = (...names) => path.join(__dirname, ...names);

/**
 * Everything the package is made of, in `dist/`: ES modules and CommonJS with the protocol inside, so that nothing else
 * has to be installed, in syntax that Hermes and uni-app's older bundlers read; and types for both.
 */
function build() {
  fs.rmSync(inPackage("dist"), { recursive: true, force: true });
  const tsc = path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc");
  execFileSync(process.execPath, [tsc, "-b", __dirname], { stdio: "inherit" });
  const { outputFiles } = esbuild.buildSync({
    entryPoints: ENTRIES.map((entry) => inPackage("src", `${entry}.ts`)),
    outdir: inPackage("dist"),
    outExtension: { ".js": ".mjs" },
    write: false,
    bundle: true,
    format: "esm",
    target: "es2015",
    alias: { "@app2wxapp/protocol": inPackage("../../miniprogram/protocol/index.ts") },
    logLevel: "warning",
  });
  for (const { path: file, text } of outputFiles) {
    fs.writeFileSync(file, text);
    fs.writeFileSync(file.replace(/mjs$/, "js"), commonJs(text));
  }
  for (const entry of ENTRIES)
    fs.writeFileSync(inPackage("dist", `${entry}.d.mts`), `export * from "./${entry}.js";\n`);
  fs.copyFileSync(inPackage("../../LICENSE"), inPackage("dist/LICENSE"));
}

/**
 * The same as CommonJS. Not esbuild's own: its exports are closures over a loop's `let`, of which Hermes 0.12 has one for
 * the whole loop, so that every name would mean the last.
 */
function commonJs(module) {
  const [exported, names] = /^export \{([\w\s,]*)\};$/m.exec(module);
  return `"use strict";\n${module.replace(exported, `module.exports = {${names}};`)}`;
}

build();
