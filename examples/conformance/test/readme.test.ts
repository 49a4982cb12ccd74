import fs from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";

const EXAMPLES = path.resolve(__dirname, "../..");
const BACKENDS = ["backends", ...["node", "python", "go", "php", "java"].map((name) => `backends/${name}`)];
const FOLDERS = [
  ".",
  "android",
  "capacitor",
  "flutter",
  "harmonyos",
  "ios",
  "react-native",
  "uni-app",
  "by-configuration",
  ...BACKENDS,
];
const read = (folder: string, file: string) => fs.readFileSync(path.join(EXAMPLES, folder, file), "utf8");

const linksOf = (text: string) => [...text.matchAll(/\]\((?!README)([^)]+)\)/g)].map(([, link]) => link!);

function skeleton(text: string) {
  return {
    levels: [...text.matchAll(/^(#+) /gm)].map(([, marks]) => marks),
    firstColumns: [...text.matchAll(/^\| ((?:\[?`[^|]+)) \|/gm)].map(([, cell]) => cell!.trim().replace("、", ", ")),
    links: linksOf(text).map((link) => link.replace(/\.(?:en|zh)\.md$/, ".md")),
  };
}

test.each(FOLDERS)("%s: both languages have the same headings, tables and links, which lead somewhere", (folder) => {
  const [chinese, english] = [read(folder, "README.md"), read(folder, "README.en.md")];
  expect(skeleton(english)).toEqual(skeleton(chinese));
  for (const link of [...linksOf(english), ...linksOf(chinese)])
    expect(fs.existsSync(path.join(EXAMPLES, folder, link)) ? "" : link).toBe("");
});

test.each(FOLDERS)("%s says in both languages what was run here and what was not", (folder) => {
  expect(read(folder, "README.md")).toMatch(/^## 在这里跑过什么$/m);
  expect(read(folder, "README.en.md")).toMatch(/^## What was run here$/m);
});
