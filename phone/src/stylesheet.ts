import path from "node:path";
import postcss, { type Root } from "postcss";
import selectorParser from "postcss-selector-parser";
import { BUILT_IN_TEMPLATES } from "./built-in-templates";

/**
 * WXSS as CSS: imports inlined, `page` and the built-in tags by the names they have in the browser's DOM, a
 * component's classes with its prefix, safe areas as custom properties (a frame inside a page has none of its own).
 * rpx stay, as `rpx(n)`: only the browser knows the screen's width.
 */
export function translateWxss(file: string, read: (file: string) => string, scope?: string): string {
  const root = withImports(file, read, []);
  const rename = selectorParser((selectors) => {
    selectors.walkTags((tag) => {
      if (tag.value === "page") tag.value = "body";
      else if (Object.hasOwn(BUILT_IN_TEMPLATES, tag.value)) tag.value = `wx-${tag.value}`;
    });
    if (scope !== undefined) selectors.walkClasses((name) => void (name.value = `${scope}--${name.value}`));
  });
  root.walkRules((rule) => {
    if (rule.parent?.type === "atrule" && (rule.parent as postcss.AtRule).name.endsWith("keyframes")) return;
    rule.selector = rename.processSync(rule.selector);
  });
  root.walkDecls((declaration) => {
    declaration.value = declaration.value
      .replace(/(?<![\w.#-])(-?(?:\d+\.?\d*|\.\d+))rpx\b/g, "rpx($1)")
      .replace(/\b(?:env|constant)\(\s*(safe-area-inset-\w+)/g, "var(--$1");
  });
  root.walkAtRules("media", (rule) => {
    if (/\drpx\b/.test(rule.params)) throw rule.error("rpx in a media query has no meaning");
  });
  return root.toString();
}

function withImports(file: string, read: (file: string) => string, open: readonly string[]): Root {
  if (open.includes(file)) throw new Error(`${[...open, file].join(" → ")}: stylesheets import each other`);
  const root = postcss.parse(read(file), { from: file });
  root.walkAtRules("import", (rule) => {
    const target = /["']([^"']+)["']/.exec(rule.params)?.[1];
    if (target === undefined) throw rule.error("@import needs a file");
    const imported = target.startsWith("/") ? target.slice(1) : path.posix.join(path.posix.dirname(file), target);
    rule.replaceWith(withImports(imported, read, [...open, file]).nodes);
  });
  return root;
}
