"use strict";

const babel = require("@babel/core");
const terser = require("terser");
const shortNames = require("./short-names");

/**
 * The shortest form of a script that a phone downloads, with its source map. `foreign` are names of properties that
 * others read. Of terser's options those stand here that shortened the package.
 */
module.exports = async function shrink(script, map, foreign) {
  const { code, map: compressedMap } = await terser.minify(script, {
    ecma: 2018,
    compress: { inline: 0, lhs_constants: false, passes: 3, pure_getters: true, unsafe_methods: true },
    mangle: false,
    toplevel: true,
    sourceMap: { content: map, asObject: true },
  });
  return babel.transformAsync(code, {
    babelrc: false,
    configFile: false,
    sourceType: "script",
    comments: false,
    minified: true,
    generatorOpts: { jsescOption: { minimal: true } }, // escapes would double the size of Chinese
    sourceMaps: true,
    inputSourceMap: compressedMap,
    plugins: [numbersInPlace, [shortNames, { foreign }], mapExpressions],
  });
};

/** A number is shorter than its name; terser leaves many names, since it looks no further than a branch. */
function numbersInPlace({ types: t }) {
  return {
    visitor: {
      Program({ scope }) {
        for (const { path, constant, referencePaths } of Object.values(scope.bindings)) {
          if (!constant || !t.isNumericLiteral(path.node.init)) continue;
          for (const reference of referencePaths) reference.replaceWith(t.cloneNode(path.node.init));
          path.remove();
        }
      },
    },
  };
}

/** Where the end of a statement has a place in the source map, the generator keeps its semicolon before a brace. */
function mapExpressions() {
  return {
    visitor: {
      "Statement|SwitchCase"({ node }) {
        node.loc = undefined;
      },
    },
  };
}
