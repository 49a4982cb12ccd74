import { afterEach, beforeEach, expect, test } from "@jest/globals";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { BUDGET, OPERATORS_OWN } from "../src/budget";
import { excesses, measure } from "../src/package-size";
import { run } from "./cli";

/** Made before the tests: the applet as gulp builds it, and the package WeChat's compiler makes of that. */
const BUILT = "dist";
const PACKAGE = ".cache/official";

let scratch: string;

beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "size-"));
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Size of each file below a folder, source maps aside: phones do not get them. */
function sizes(folder: string): Map<string, number> {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const whole = files.map((file) => path.join(file.parentPath, file.name)).filter((name) => !name.endsWith(".map"));
  return new Map(whole.map((name) => [path.relative(folder, name), fs.statSync(name).size]));
}

test("nothing that was built is missing from the package that phones get", () => {
  expect([...sizes(PACKAGE).keys()].toSorted()).toEqual([...sizes(BUILT).keys()].toSorted());
});

test("the size that is printed is the sum of the files that phones get", () => {
  const { stdout } = run("size", PACKAGE);
  const rows = [...stdout.matchAll(/^ *(\d+) +(\d+) {2}(.+)$/gm)].map(
    ([, raw, , name]) => [name, Number(raw)] as const,
  );
  const sent = sizes(PACKAGE);
  const total = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(new Map(rows)).toEqual(new Map([...sent, ["the package", total], ["budget", BUDGET.rawBytes]]));
});

test("what phones get stays within its budget", () => {
  expect(run("size", PACKAGE)).toMatchObject({ status: 0, stderr: "" });
});

test("a package over its budget fails, and both figures are named", () => {
  fs.writeFileSync(path.join(scratch, "app.js"), crypto.randomBytes(BUDGET.rawBytes + 1));
  const { status, stderr } = run("size", scratch);
  expect(status).toBe(1);
  expect(stderr).toMatch(/bytes \(raw\), 1 over its budget\n.*bytes \(gzip\), \d+ over its budget/);
});

test("what is exactly at its budget passes, one byte more does not", () => {
  const full = { ...measure({ "app.js": Buffer.alloc(BUDGET.rawBytes) }), gzipBytes: BUDGET.gzipBytes };
  expect(excesses(full)).toEqual([]);
  expect(excesses({ ...full, gzipBytes: BUDGET.gzipBytes + 1 })).toEqual([
    `the package has ${BUDGET.gzipBytes + 1} bytes (gzip), 1 over its budget`,
  ]);
});

test("what an operator's own settings add is no reason to refuse an upload, until it is too much", () => {
  const own = { ...measure({ "app.js": Buffer.alloc(1) }), gzipBytes: BUDGET.gzipBytes + OPERATORS_OWN };
  expect(excesses(own, OPERATORS_OWN)).toEqual([]);
  expect(excesses({ ...own, gzipBytes: own.gzipBytes + 1 }, OPERATORS_OWN)).toHaveLength(1);
});
