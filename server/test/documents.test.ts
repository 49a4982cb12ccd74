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

test("SECURITY.md names tests that exist, by file and by title", () => {
  const page = read("SECURITY.md");
  const shown = page.split("\n").filter((line) => line.startsWith("- **Shown by:**"));
  const threats = page.split(/^### /m).length - 1;
  expect(shown).toHaveLength(threats);
  const missing: string[] = [];
  for (const line of shown) {
    const files = [...line.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, file = ""]) => file);
    const absent = files.filter((file) => !existsSync(path.join(ROOT, file)));
    const sources = files
      .filter((file) => !absent.includes(file))
      .map(read)
      .join("\n");
    const titles = [...line.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title);
    missing.push(...absent, ...titles.filter((title) => !sources.includes(title)));
    if (files.length === 0) missing.push(line);
  }
  expect(missing).toEqual([]);
});
