"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs/promises");
const path = require("node:path");
const { brotliCompressSync, gzipSync } = require("node:zlib");
const esbuild = require("esbuild");

const OUT = path.join(__dirname, "dist/page");
/** What an operator on a slow line downloads, charts included. */
const BUDGET_BYTES = 100 * 1024;

/** Writes `dist/page/`: one script, one style sheet, named by their content, the page that names them, and each as `.br`. */
async function build() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: __dirname,
    entryPoints: { console: "src/main.tsx" },
    outdir: OUT,
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  await fs.rm(OUT, { recursive: true, force: true });
  await fs.mkdir(OUT, { recursive: true });
  const names = {};
  let bytes = 0;
  for (const { path: file, contents } of outputFiles) {
    const { name, ext } = path.parse(file);
    names[ext] = `${name}-${createHash("sha256").update(contents).digest("hex").slice(0, 12)}${ext}`;
    bytes += gzipSync(contents, { level: 9 }).length;
    await write(names[ext], contents);
  }
  const page = await fs.readFile(path.join(__dirname, "src/page.html"), "utf8");
  await write("index.html", page.replace("console.js", names[".js"]).replace("console.css", names[".css"]));
  if (bytes > BUDGET_BYTES) throw new Error(`the console is ${bytes} bytes gzip, more than ${BUDGET_BYTES}`);
  return { bytes };
}

async function write(name, contents) {
  await fs.writeFile(path.join(OUT, name), contents);
  await fs.writeFile(path.join(OUT, `${name}.br`), brotliCompressSync(contents));
}

module.exports = { build, BUDGET_BYTES };

if (require.main === module) {
  build().then(
    ({ bytes }) => process.stdout.write(`console: ${bytes} bytes gzip of ${BUDGET_BYTES}\n`),
    (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
