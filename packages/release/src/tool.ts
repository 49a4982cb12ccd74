import * as fs from "node:fs";
import * as path from "node:path";
import * as ci from "miniprogram-ci";
import { OPERATORS_OWN } from "./budget";
import { excesses, measure } from "./package-size";
import { drawnInTerminal } from "./qr-code";
import type { CompileJob, Failed, Job, Outcome, Package, QrCode, SendJob } from "./job";

/**
 * The child process, and the only file that runs miniprogram-ci. It takes one job over its channel, answers with one
 * outcome and ends. Its standard output is not connected: the library writes progress and whole requests there.
 */

/**
 * Async functions, spread and the like stay: turning them into ES5 triples the package. Scripts and styles are small
 * already; the tool would give the scripts longer names.
 */
const SETTING = { minifyJS: false, minifyWXML: true, minifyWXSS: false, es6: false };

/** The library's own declarations of a project do not fit each other under exactOptionalPropertyTypes. */
type Project = Parameters<typeof ci.getCompiledResult>[0]["project"];

const TYPE = "miniProgram" as const;

async function compile({ dist }: CompileJob): Promise<Outcome> {
  // `attr` is what the project may do (package limits and so on), asked from WeChat's server unless it is given. The
  // library reads this option, but neither documents nor types it; hence the exact version in package.json.
  const options = {
    appid: "wx0000000000000000",
    type: TYPE,
    projectPath: dist,
    privateKey: "unused: compiling signs nothing",
    attr: () => Promise.resolve(ci.DefaultProjectAttr),
  };
  return { kind: "compiled", files: await packageOf(new ci.Project(options) as Project) };
}

/** What upload would send. The library keeps it: an upload in the same process compiles no second time. */
async function packageOf(project: Project): Promise<Package> {
  const compiled = await ci.getCompiledResult({ project, version: "0.0.0", setting: SETTING, onProgressUpdate });
  return Object.fromEntries(Object.entries(compiled).map(([name, content]) => [name, Buffer.from(content)]));
}

async function send(job: SendJob): Promise<Outcome> {
  const { appId: appid, privateKey, version, description: desc, robot } = job;
  const project = new ci.Project({ appid, type: TYPE, projectPath: job.dist, privateKey }) as Project;
  // Asks WeChat first, so that a wrong key or address is told before the work.
  await project.attr();
  const problems = await packageProblems(project);
  if (problems.length > 0) return { kind: "unfit", problems };
  const common = { project, version, desc, robot, setting: SETTING, onProgressUpdate };
  if (job.kind === "upload") return sent(await ci.upload(common), null);
  const picture = path.resolve("qr-code.jpg");
  const launch = { pagePath: job.page, searchQuery: job.query };
  const result = await ci.preview({ ...common, ...launch, qrcodeFormat: "image", qrcodeOutputDest: picture });
  return sent(result, await qrCode(fs.readFileSync(picture)));
}

async function packageProblems(project: Project): Promise<string[]> {
  try {
    return excesses(measure(await packageOf(project)), OPERATORS_OWN);
  } catch (error) {
    return [`WeChat's compiler refuses the build: ${failed(error).message}`];
  }
}

function sent(
  { subPackageInfo = [] }: { subPackageInfo?: { name: string; size: number }[] },
  code: QrCode | null,
): Outcome {
  return { kind: "sent", bytes: subPackageInfo.find(({ name }) => name === "__FULL__")?.size ?? null, qrCode: code };
}

/** The picture is what WeChat gave, so it is kept even when its code cannot be read off for the terminal. */
async function qrCode(image: Buffer): Promise<QrCode> {
  const unreadable = new Promise<null>((resolve) => (onUncaught = () => resolve(null)));
  const text = drawnInTerminal(image).catch(() => null);
  return { image, text: await Promise.race([text, unreadable]) };
}

function onProgressUpdate(): void {}

function failed(error: unknown): Failed {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  return {
    kind: "failed",
    code: typeof code === "number" ? code : null,
    message: typeof message === "string" ? message : String(error),
  };
}

/** The library throws from callbacks too, where no promise of ours could catch it. */
let onUncaught = (error: unknown): void => answer(failed(error));
process.on("uncaughtException", (error) => onUncaught(error));

function answer(outcome: Outcome): void {
  process.send?.(outcome, () => process.exit());
}

process.once("disconnect", () => process.exit());
process.once(
  "message",
  (job: Job) => void (job.kind === "compile" ? compile(job) : send(job)).catch(failed).then(answer),
);
