import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { packageScript } from "../src/applet-package";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "applet-"));
  write("app.json", '{"pages":["index"]}');
  write("app.js", "App({})");
  write("index.js", "Page({})");
  write("index.wxml", "<view>hello</view>");
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  fs.writeFileSync(path.join(folder, file), text);
}

test("modules go to the browser word for word", () => {
  write("index.js", 'const top = "`\\n";Page({top})');
  expect(packageScript(folder)).toContain('const top = "`\\n";Page({top})');
});

test.each([
  ["a tag the phone lacks", "<view><canvas></canvas></view>", "index.wxml: this phone has no <canvas>"],
  ["a tag that does not end", "<view>\n<text></view>", /^index\.wxml:2:\d+: \w+: /m],
  ["a broken expression", "<view>{{ a + }}</view>", /^index\.wxml:1:\d+: \w+: /m],
])("%s stops the phone with file and line", (_, wxml, message) => {
  write("index.wxml", wxml);
  expect(() => packageScript(folder)).toThrow(message);
});

test("a page without its files stops the phone", () => {
  write("app.json", '{"pages":["index","lost"]}');
  expect(() => packageScript(folder)).toThrow("app.json: the page lost has no lost.js");
});

test("tags in comments and in wxs do not count", () => {
  write("index.wxml", "<!-- <canvas> --><wxs module='m'>var a = 1 <b; module.exports = a</wxs><view>{{m}}</view>");
  expect(() => packageScript(folder)).not.toThrow();
});
