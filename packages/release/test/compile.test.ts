import { afterEach, beforeEach, expect, test } from "@jest/globals";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { FIXTURE, run } from "./cli";

let scratch: string;

beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "compile-"));
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** The fixture with one file rewritten. */
function changed(name: string, content: string): string {
  const dist = path.join(scratch, "dist");
  fs.cpSync(FIXTURE, dist, { recursive: true });
  fs.writeFileSync(path.join(dist, name), content);
  return dist;
}

test("what WeChat's compiler refuses is said with its file and place", () => {
  const outcome = run("compile", changed("routes/explore.json", '{ "usingComponents":'), path.join(scratch, "out"));
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toContain("routes/explore.json");
  expect(outcome.stderr).toContain(`1 | { "usingComponents":`);
});

test("a folder that holds something else than a package is not overwritten", () => {
  const out = path.join(scratch, "papers");
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, "thesis.txt"), "years of work");
  const outcome = run("compile", FIXTURE, out);
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toContain("holds something else than a package");
  expect(fs.readdirSync(out)).toEqual(["thesis.txt"]);
});

test("the package is never written over the applet it is made of", () => {
  const dist = changed("app.wxss", "");
  expect(run("compile", dist, dist).stderr).toContain("holds the applet itself");
  expect(fs.existsSync(path.join(dist, "app.js"))).toBe(true);
});
