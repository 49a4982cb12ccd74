import * as zlib from "node:zlib";
import * as ci from "miniprogram-ci";
import { pack } from "miniprogram-ci/dist/ci/utils/pack";
import type { Job, Outcome, Package } from "./job";

/**
 * The child process, and the only file that knows miniprogram-ci. It takes one job over its channel, answers with one
 * outcome and ends. Its standard output is not connected: the library writes progress and whole requests there.
 */

/** Optional chaining, async functions and the like stay: turning them into ES5 triples the package. */
const SETTING = { minify: true, es6: false };

/** A project of the library. Its own declarations do not fit each other under exactOptionalPropertyTypes. */
type Project = Parameters<typeof ci.getCompiledResult>[0]["project"];

async function compile(job: Job): Promise<Outcome> {
  // `attr` is what the project may do (package limits and so on), asked from WeChat's server unless it is given. The
  // library reads this option, but neither documents nor types it; hence the exact version in package.json.
  const options = {
    appid: "wx0000000000000000",
    type: "miniProgram" as const,
    projectPath: job.dist,
    privateKey: "unused: compiling signs nothing",
    attr: () => Promise.resolve(ci.DefaultProjectAttr),
  };
  const project = new ci.Project(options) as Project;
  const compiled = await ci.getCompiledResult({ project, version: "0.0.0", setting: SETTING });
  const files: Package = {};
  for (const [name, content] of Object.entries(compiled)) files[name] = Buffer.from(content);
  return { kind: "compiled", files, gzipBytes: zlib.gzipSync(pack(files).buffer).length };
}

function failed(error: unknown): Outcome {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  return {
    kind: "failed",
    code: typeof code === "number" ? code : null,
    message: typeof message === "string" ? message : String(error),
  };
}

function answer(outcome: Outcome): void {
  process.send?.(outcome, () => process.exit());
}

process.once("message", (job: Job) => void compile(job).catch(failed).then(answer));
// The library throws from callbacks too, where no promise of ours could catch it.
process.once("uncaughtException", (error) => answer(failed(error)));
