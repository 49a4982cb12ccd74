import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { embed } from "./embedded";
import { makePackage } from "./official";

const ROOT = path.resolve(__dirname, "../..");
const GULP = "node_modules/gulp/bin/gulp.js";
const TSC = "node_modules/typescript/bin/tsc";
const COMPILE = "packages/release/dist/compile.js";

/**
 * Makes what the tests run on: `dist/` as gulp builds it, `.cache/embedded/`, a foreign applet with the login in it, the
 * packages that WeChat's own compiler makes of the two (`.cache/official/`, `.cache/embedded-official/`), the compiled
 * server, phone and example backend, and the console's page.
 */
export default async function makeProducts(): Promise<void> {
  await Promise.all([
    run(GULP, "build").then(() => run(GULP, "build", "--embedded")),
    run("console/build.js"),
    run(TSC, "-b", "server", "phone", "packages/release", "examples/backends/node"),
  ]);
  embed(
    path.join(ROOT, "test/fixture/host-applet"),
    path.join(ROOT, "dist-embedded"),
    path.join(ROOT, ".cache/embedded"),
  );
  await Promise.all([
    officialPackage("dist", ".cache/official"),
    officialPackage(".cache/embedded", ".cache/embedded-official"),
  ]);
}

function officialPackage(built: string, out: string): Promise<void> {
  return makePackage(path.join(ROOT, built), path.join(ROOT, out), () => run(COMPILE, built, out));
}

const execute = promisify(execFile);

/** Runs a script of the repository; when it fails, the error holds what it wrote. */
async function run(script: string, ...args: string[]): Promise<void> {
  await execute(process.execPath, [script, ...args], { cwd: ROOT }).catch((error: Error & { stdout: string }) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
}
