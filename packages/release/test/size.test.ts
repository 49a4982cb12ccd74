import { afterEach, beforeEach, expect, test } from "@jest/globals";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { BUDGET } from "../src/budget";
import { excesses, measure } from "../src/package-size";
import { FIXTURE, run } from "./cli";

let scratch: string;

beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "size-"));
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

test("the size that is printed is the sum of the files that would be sent", () => {
  const out = path.join(scratch, "out");
  expect(run("compile", FIXTURE, out).status).toBe(0);
  const sent = new Map<string, number>();
  for (const file of fs.readdirSync(out, { recursive: true, withFileTypes: true })) {
    const whole = path.join(file.parentPath, file.name);
    if (file.isFile()) sent.set(path.relative(out, whole), fs.statSync(whole).size);
  }

  const { status, stdout } = run("size", FIXTURE);
  const rows = [...stdout.matchAll(/^ *(\d+) +(\d+) {2}(.+)$/gm)].map(
    ([, raw, , name]) => [name, Number(raw)] as const,
  );
  const total = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(status).toBe(0);
  expect(new Map(rows)).toEqual(new Map([...sent, ["the package", total], ["budget", BUDGET.rawBytes]]));
});

test("a package over its budget fails, and both figures are named", () => {
  const dist = path.join(scratch, "dist");
  fs.cpSync(FIXTURE, dist, { recursive: true });
  const noise = crypto.randomBytes(BUDGET.rawBytes).toString("hex");
  fs.writeFileSync(path.join(dist, "app.js"), `App({ noise: "${noise}" });`);
  const { status, stderr } = run("size", dist);
  expect(status).toBe(1);
  expect(stderr).toMatch(/bytes \(raw\), \d+ over its budget\n.*bytes \(gzip\), \d+ over its budget/);
});

test("what is exactly at its budget passes, one byte more does not", () => {
  const files = { "app.js": Buffer.alloc(BUDGET.rawBytes) };
  const full = measure({ kind: "compiled", files, gzipBytes: BUDGET.gzipBytes });
  expect(excesses(full)).toEqual([]);
  expect(excesses({ ...full, gzipBytes: BUDGET.gzipBytes + 1 })).toEqual([
    `the package has ${BUDGET.gzipBytes + 1} bytes (gzip), 1 over its budget`,
  ]);
});
