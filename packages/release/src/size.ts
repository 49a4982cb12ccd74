import * as fs from "node:fs";
import * as path from "node:path";
import type { Package } from "./job";
import { excesses, measure, table } from "./package-size";

/** `node size.js <package>`: what upload would send of a compiled package, file by file; fails when it is over budget. */
function main([folder]: string[]): string[] {
  if (!folder) return ["usage: size <folder that compile wrote>"];
  const size = measure(read(folder));
  console.log(table(size));
  return excesses(size);
}

function read(folder: string): Package {
  const files: Package = {};
  for (const file of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const whole = path.join(file.parentPath, file.name);
    if (file.isFile()) files[path.relative(folder, whole)] = fs.readFileSync(whole);
  }
  return files;
}

const problems = main(process.argv.slice(2));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
