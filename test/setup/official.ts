import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const COMPILER = createRequire(__filename).resolve("miniprogram-ci/package.json");

/**
 * Lets WeChat's compiler make a package of a built applet, unless the package that lies there is what it made of the
 * very same files: it takes seconds, and every run of a single test file would wait for them.
 */
export async function makePackage(built: string, out: string, compile: () => Promise<void>): Promise<void> {
  const stamp = `${out}.sha256`;
  const state = () => `${hashOf(built)} ${hashOf(out)}`;
  if (fs.existsSync(stamp) && fs.existsSync(out) && fs.readFileSync(stamp, "utf8") === state()) return;
  await compile();
  fs.writeFileSync(stamp, state());
}

/** Over names and contents, and over the compiler, which a change of dependencies may replace. */
function hashOf(folder: string): string {
  const hash = createHash("sha256").update(fs.readFileSync(COMPILER));
  for (const file of fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted()) {
    const whole = path.join(folder, file);
    if (fs.statSync(whole).isFile()) hash.update(`\0${file}\0`).update(fs.readFileSync(whole));
  }
  return hash.digest("hex");
}
