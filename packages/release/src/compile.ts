import * as fs from "node:fs";
import * as path from "node:path";
import type { Package } from "./job";
import { compile } from "./official-tool";

/** `node compile.js <dist> <out>`: writes the package that WeChat's compiler makes of `dist` into the folder `out`. */
async function main([dist, out]: string[]): Promise<string | null> {
  if (!dist || !out) return "usage: compile <built applet> <folder to write the package into>";
  const refusal = refusedFolder(path.resolve(dist), path.resolve(out));
  if (refusal) return refusal;
  const outcome = await compile({ dist: path.resolve(dist) });
  if (outcome.kind === "failed") return `WeChat's compiler refuses ${dist}: ${outcome.message}`;
  fs.rmSync(out, { recursive: true, force: true });
  write(out, outcome.files);
  return null;
}

/** What stands in `out` is deleted, so it must be a former package, or nothing. */
function refusedFolder(dist: string, out: string): string | null {
  if (!path.relative(out, dist).startsWith("..")) return `${out} holds the applet itself`;
  if (!fs.existsSync(out) || fs.readdirSync(out).length === 0 || fs.existsSync(path.join(out, "app.json"))) return null;
  return `${out} holds something else than a package; it would be deleted`;
}

function write(out: string, files: Package): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(out, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}

async function entry(): Promise<void> {
  const problem = await main(process.argv.slice(2));
  if (problem) console.error(problem);
  process.exitCode = problem ? 1 : 0;
}

void entry();
