import * as fs from "node:fs";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const NAMES = ["miniprogram", "typings", "gulp", "gulpfile.js", "tsconfig.json", "package.json", "project.config.json"];

/** A folder with what the applet is built from, so that dist/ stays what the other tests run on. */
export function copyProject(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "app2wxapp-build-"));
  for (const name of NAMES) fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}
