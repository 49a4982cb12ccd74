import { expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../src");

/** What each source file imports of the others, by their paths from `src`. */
const imports = new Map(
  readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => {
      const source = readFileSync(path.join(ROOT, file), "utf8");
      const specifiers = [...source.matchAll(/(?:from|import) "(\.[^"]+)"/g)].map(([, specifier = ""]) => specifier);
      return [file, specifiers.map((specifier) => `${path.join(path.dirname(file), specifier)}.ts`)] as const;
    }),
);

/** The ways that lead from a file back to itself. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(" → "));
    else if (!done.has(file)) for (const next of graph.get(file) ?? []) walk(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}

test("no source file of the server imports itself by way of others", () => {
  expect(imports.size).toBeGreaterThan(70);
  expect(circles(imports)).toEqual([]);
});

/** The rooms that may know of little: where what they know of is, `.` being the files beside the rooms. */
const MAY_IMPORT: Record<string, RegExp> = {
  secrets: /^secrets\//,
  pools: /^(pools\/|http\/json-schemas)/,
  store: /^(store|secrets|pools)\/|^clock/,
  accounts: /^(accounts|store|secrets|pools)\/|^messages/,
  wechat: /^(wechat|store|secrets)\/|^(clock|refusal|accounts\/phone-number)/,
};

test.each(Object.keys(MAY_IMPORT))("the room %s knows nothing of HTTP, of the routes or of the environment", (room) => {
  const files = [...imports].filter(([file]) => file.startsWith(`${room}/`));
  expect(files.length).toBeGreaterThan(0);
  const foreign = files.flatMap(([file, targets]) =>
    targets.filter((target) => MAY_IMPORT[room]?.test(target) === false).map((target) => `${file} → ${target}`),
  );
  expect(foreign).toEqual([]);
});

test("only the programs read the environment, and only the server listens", () => {
  const using = (pattern: RegExp) =>
    [...imports.keys()].filter((file) => pattern.test(readFileSync(path.join(ROOT, file), "utf8")));
  expect(using(/process\.env/)).toEqual(["import-users.ts", "main.ts", "migrate.ts"]);
  expect(using(/\.listen\(/)).toEqual(["main.ts"]);
});

test("the control: a circle is found", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["a"]],
  ]);
  expect(circles(graph)).toEqual(["a → b → c → a"]);
});
