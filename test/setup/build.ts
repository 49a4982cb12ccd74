import { spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/**
 * Makes what the tests run on: `dist/` as gulp builds it, the package that WeChat's own compiler makes of it
 * (`.cache/official/`), and the compiled server.
 */
export default function build(): void {
  run("node_modules/gulp/bin/gulp.js", "build");
  for (const workspace of ["server", "packages/release"]) run("node_modules/typescript/bin/tsc", "-p", workspace);
  run("packages/release/dist/packages/release/src/compile.js", "dist", ".cache/official");
}

function run(script: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} ${args.join(" ")} failed\n${stdout}\n${stderr}`);
}
