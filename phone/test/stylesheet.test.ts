import { expect, test } from "@jest/globals";
import { translateWxss } from "../src/stylesheet";

const translate = (css: string, scope?: string) => translateWxss("app.wxss", () => css, scope);

test("page and built-in tags get the names they have in the browser, classes and ids stay", () => {
  expect(translate("page, view.view > button#button:not(.text) text::after {}")).toBe(
    "body, wx-view.view > wx-button#button:not(.text) wx-text::after {}",
  );
});

test("a component's classes get its prefix", () => {
  expect(translate(".a view .b:hover {}", "c0")).toBe(".c0--a wx-view .c0--b:hover {}");
});

test.each([
  ["width: 28rpx", "width: rpx(28)"],
  ["margin: -0.5rpx 10px 1.5rpx", "margin: rpx(-0.5) 10px rpx(1.5)"],
  ["height: calc(100vh - 20rpx)", "height: calc(100vh - rpx(20))"],
  ["background: url(a-20rpx.png)", "background: url(a-20rpx.png)"],
  ["padding-bottom: env(safe-area-inset-bottom)", "padding-bottom: var(--safe-area-inset-bottom)"],
  ["bottom: calc(1px + env( safe-area-inset-bottom, 0px))", "bottom: calc(1px + var(--safe-area-inset-bottom, 0px))"],
  ["bottom: constant(safe-area-inset-bottom)", "bottom: var(--safe-area-inset-bottom)"],
])("%s becomes %s", (from, to) => {
  expect(translate(`.a { ${from} }`)).toBe(`.a { ${to} }`);
});

test("keyframes keep their steps, dark rules their condition", () => {
  const css = "@keyframes text { from { width: 1rpx } 50% { width: 0 } }";
  expect(translate(css)).toBe(css.replace("1rpx", "rpx(1)"));
  expect(translate("@media (prefers-color-scheme: dark) { page { color: red } }")).toBe(
    "@media (prefers-color-scheme: dark) { body { color: red } }",
  );
});

test("rpx in a media query is refused, as it has no meaning there", () => {
  expect(() => translate("@media (min-width: 750rpx) { page { color: red } }")).toThrow("rpx in a media query");
});

test("imports come in place, relative to their file or from the root; a ring is refused", () => {
  const files: Record<string, string> = {
    "a/b.wxss": '@import "../c.wxss"; @import "/d.wxss"; .b {}',
    "c.wxss": ".c {}",
    "d.wxss": ".d {}",
    "ring.wxss": '@import "ring.wxss";',
  };
  const read = (file: string) => files[file] ?? "";
  expect(translateWxss("a/b.wxss", read).replace(/\s+/g, " ")).toBe(".c {} .d {} .b {}");
  expect(() => translateWxss("ring.wxss", read)).toThrow("import each other");
});
