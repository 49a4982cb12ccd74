import { spawnSync } from "node:child_process";
import path from "node:path";
import { start as startPostgres } from "../../server/test/postgres-setup";

const ROOT = path.resolve(__dirname, "../..");

/**
 * Makes what the tests run on: `dist/` as gulp builds it, the package that WeChat's own compiler makes of it
 * (`.cache/official/`), the compiled server, and a PostgreSQL.
 */
export default async function beforeAll(): Promise<void> {
  run("node_modules/gulp/bin/gulp.js", "build");
  run("node_modules/typescript/bin/tsc", "-b", "server", "packages/release");
  run("packages/release/dist/compile.js", "dist", ".cache/official");
  await startPostgres();
}

function run(script: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} ${args.join(" ")} failed\n${stdout}\n${stderr}`);
}
