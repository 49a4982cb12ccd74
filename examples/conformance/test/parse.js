"use strict";

const fs = require("node:fs");
const { Language, Parser } = require("web-tree-sitter");

/**
 * `node --liftoff-only parse.js swift FILE…` prints, for each file, whether the grammar finds an error in it, and in it
 * without its last brace. A process of its own, without the optimising compiler: else V8 goes on compiling the grammar
 * for seconds after its last use.
 */
async function main([language, ...files]) {
  await Parser.init();
  const grammar = await Language.load(require.resolve(`@repomix/tree-sitter-wasms/out/tree-sitter-${language}.wasm`));
  const parser = new Parser().setLanguage(grammar);
  const hasError = (text) => parser.parse(text).rootNode.hasError;
  const found = files.map((file) => {
    const text = fs.readFileSync(file, "utf8");
    return [hasError(text), hasError(text.replace(/\}\s*$/, ""))];
  });
  process.stdout.write(JSON.stringify(found));
}

void main(process.argv.slice(2));
