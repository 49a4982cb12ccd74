import { expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { PoolSettings } from "../src/pools/pool-settings";
import { AUDIT_DAYS } from "../src/housekeeping/purge";
import * as tables from "../src/store/tables";

const ROOT = path.resolve(__dirname, "../..");
const read = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

test.each(["docs/storage.md", "docs/storage.zh.md"])(
  "%s tells of every table and every column there is, and of no other",
  (page) => {
    const told = read(page)
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [name = ""] = section.split("\n");
        const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = ""]) => cell).join(" ");
        const columns = [...cells.matchAll(/`(\w+)`/g)].map(([, column = ""]) => column);
        return [name.trim(), columns.toSorted()] as const;
      });
    const schema = Object.values(tables).map(({ name, described }) => [name, Object.keys(described).toSorted()]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(schema));
    expect(read(page)).toContain(String(AUDIT_DAYS));
  },
);

test.each(["docs/server.md", "docs/server.zh.md"])("%s tells of every setting of a pool", (page) => {
  const [, rows = ""] = read(page).split(/^## .*(?:fields|字段).*$/m);
  const told = [...rows.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
  );
  const settings = [...Object.keys(PoolSettings.properties), "wechatAppSecret"];
  expect(told.filter((name) => /^[a-z]/.test(name)).toSorted()).toEqual(expect.arrayContaining(settings.toSorted()));
});

const SHOWN = /^- \*\*(?:Shown by|测试)：?:?\*\*/;
const shownBy = (page: string): string[] =>
  read(page)
    .split("\n")
    .filter((line) => SHOWN.test(line));
const filesOf = (line: string): string[] => [...line.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, file = ""]) => file);
const titlesOf = (line: string): string[] => [...line.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title);

test("SECURITY.md names tests that exist, by file and by title", () => {
  const threats = read("SECURITY.md").split(/^### /m).length - 1;
  expect(shownBy("SECURITY.md")).toHaveLength(threats);
  const missing: string[] = [];
  for (const line of shownBy("SECURITY.md")) {
    const files = filesOf(line);
    const absent = files.filter((file) => !existsSync(path.join(ROOT, file)));
    const sources = files
      .filter((file) => !absent.includes(file))
      .map(read)
      .join("\n");
    missing.push(...absent, ...titlesOf(line).filter((title) => !sources.includes(title)));
    if (files.length === 0) missing.push(line);
  }
  expect(missing).toEqual([]);
});

test("SECURITY.md and its Chinese twin have the same threats, shown by the same tests, and the same numbers of ASVS", () => {
  const skeleton = (page: string) => ({
    levels: [...read(page).matchAll(/^(#+) /gm)].map(([, marks = ""]) => marks.length),
    items: [...read(page).matchAll(/^- /gm)].length,
    shown: shownBy(page).map((line) => filesOf(line).concat(titlesOf(line))),
    requirements: [...read(page).matchAll(/^\| (10\.[\d., ()]*\d)/gm)].map(([, number]) => number),
  });
  const english = skeleton("SECURITY.md");
  expect(english.requirements.length).toBeGreaterThan(15);
  expect(skeleton("SECURITY.zh.md")).toEqual(english);
});
