import { expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { MIGRATIONS } from "../src/store/migrations";
import { AUDIT_DAYS } from "../src/store/purge";

const ROOT = path.resolve(__dirname, "../..");
const read = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

/** Tables and columns as the schema's scripts create them. */
function schema(): Record<string, string[]> {
  const tables: Record<string, string[]> = { schema_migrations: ["applied_at", "version"] };
  for (const { script } of MIGRATIONS) {
    for (const [, name = "", body = ""] of script.matchAll(/create table (\w+) \(([\s\S]*?)\);/g)) {
      const columns = [...body.matchAll(/(?:^|,)\s*(\w+) (?:text|bigint|integer)/g)].map(([, column = ""]) => column);
      tables[name] = columns.toSorted();
    }
  }
  return tables;
}

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
    expect(Object.fromEntries(told)).toEqual(schema());
    expect(read(page)).toContain(String(AUDIT_DAYS));
  },
);

test("SECURITY.md names tests that exist, by file and by title", () => {
  const page = read("SECURITY.md");
  const shown = page.split("\n").filter((line) => line.startsWith("- **Shown by:**"));
  const threats = page.split(/^### /m).length - 1;
  expect(shown).toHaveLength(threats);
  const missing: string[] = [];
  for (const line of shown) {
    const files = [...line.matchAll(/`(server\/test\/[\w-]+\.test\.ts)`/g)].map(([, file = ""]) => file);
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
