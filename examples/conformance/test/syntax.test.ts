import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { transformSync } from "esbuild";
import { JSDOM } from "jsdom";

const EXAMPLES = path.resolve(__dirname, "../..");
const HOSTS = ["android", "capacitor", "flutter", "harmonyos", "ios", "react-native", "uni-app"];
const FILES = HOSTS.flatMap((host) =>
  (fs.readdirSync(path.join(EXAMPLES, host), { recursive: true }) as string[]).map((name) => `${host}/${name}`),
);
const ending = (...endings: string[]) => FILES.filter((file) => endings.some((end) => file.endsWith(end)));
const read = (file: string) => fs.readFileSync(path.join(EXAMPLES, file), "utf8");

/** Swift and Dart cannot be compiled here; a grammar of each at least reads them. */
describe.each(["swift", "dart"])("every file of %s", (language) => {
  const files = ending(`.${language}`);
  let found: [boolean, boolean][];

  beforeAll(() => {
    const places = files.map((file) => path.join(EXAMPLES, file));
    const parse = ["--liftoff-only", path.join(__dirname, "parse.js"), language, ...places];
    found = JSON.parse(execFileSync(process.execPath, parse, { encoding: "utf8" })) as typeof found;
  });

  test.each(files)("%s is well-formed, and would not be without its last brace", (file) => {
    expect(found[files.indexOf(file)]).toEqual([false, true]);
  });
});

/** ArkUI's `struct` is no TypeScript; all else of ArkTS and UTS here is. */
const SCRIPTS = ending(".ts", ".tsx", ".js", ".ets", ".uts").filter((file) => !file.endsWith("pages/Index.ets"));
test.each(SCRIPTS)("%s is well-formed", (file) => {
  expect(transformSync(read(file), { loader: file.endsWith("tsx") ? "tsx" : "ts" }).code.length).toBeGreaterThan(100);
});

test.each(ending(".vue"))("the script in %s is well-formed", (file) => {
  const [, script] = /<script[^>]*>([\s\S]*)<\/script>/.exec(read(file))!;
  expect(transformSync(script!).code.length).toBeGreaterThan(100);
});

test.each(ending(".xml", ".plist", ".entitlements"))("%s is well-formed", (file) => {
  expect(() => new JSDOM(read(file), { contentType: "application/xml" })).not.toThrow();
});

test.each(ending(".json", ".json5"))("%s is well-formed", (file) => {
  expect(typeof vm.runInNewContext(`(${read(file)})`)).toBe("object");
});
