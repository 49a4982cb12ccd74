import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { consoleChecks } from "./console-checks";
import type { QrCode, SendJob, Sent } from "./job";
import { send } from "./official-tool";
import { explainRefusal } from "./refusal";
import { readSettings } from "./settings";
import { withoutUploadKey } from "./upload-key";
import { usage } from "./usage";

/** Where a preview's picture goes when it can neither be drawn nor was asked for as a file. */
const QR_FILE = path.join(".cache", "preview.jpg");

/**
 * `node send.js preview|upload`, in the project's folder: builds the applet with the operator's settings and hands it to
 * WeChat. No file leaves this computer before everything that can be judged here has passed.
 */
async function main(kind: SendJob["kind"], args: string[]): Promise<string[]> {
  const machine = {
    version: packageVersion(),
    lastCommit: lastCommit(),
    read: (file: string) => fs.readFileSync(file, "utf8"),
  };
  const settings = readSettings(kind, args, process.env, machine);
  if (settings.kind === "help") {
    console.log(`${usage(kind)}\n\n${gulp("settings").stdout}`);
    return [];
  }
  const problems = [...(settings.kind === "problems" ? settings.problems : []), ...appletProblems()];
  if (settings.kind === "problems" || problems.length > 0)
    return [...problems, `npm run ${kind} -- --help explains the settings`];

  if (gulp("build", settings.job.appId).status !== 0) return ["the build failed; nothing was sent"];
  const outcome = await send({ ...settings.job, dist: path.resolve("dist") });
  if (outcome.kind === "unfit") return [...outcome.problems, "nothing was sent"];
  if (outcome.kind === "failed") return [explainRefusal(outcome, settings.job)];
  report(settings.job, outcome);
  if (outcome.qrCode) show(outcome.qrCode, settings.qrFile);
  return [];
}

function packageVersion(): string {
  return (JSON.parse(fs.readFileSync("package.json", "utf8")) as { version?: string }).version ?? "";
}

/** Null outside a repository, without a commit and without git. */
function lastCommit(): string | null {
  const { status, stdout } = spawnSync("git", ["log", "-1", "--format=%s"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() || null : null;
}

/** A task of the checkout, which gets the operator's environment, but not the key. */
function gulp(task: "settings" | "publishable" | "build", appId?: string) {
  const program = path.join("node_modules", "gulp", "bin", "gulp.js");
  const env = { ...withoutUploadKey(process.env), ...(appId !== undefined && { WECHAT_APP_ID: appId }) };
  const output = task === "build" ? "inherit" : "pipe";
  const args = task === "build" ? [task] : [task, "--silent"];
  return spawnSync(process.execPath, [program, ...args], { env, encoding: "utf8", stdio: ["ignore", output, output] });
}

/** What the build itself says against the applet's settings, a line for each. */
function appletProblems(): string[] {
  const { status, stderr } = gulp("publishable");
  if (status === 0) return [];
  return stderr.trim() === ""
    ? ["the checkout's gulpfile.js cannot judge the applet's settings"]
    : stderr.trim().split("\n");
}

function report(job: Omit<SendJob, "dist">, { bytes }: Sent): void {
  const size = bytes === null ? "" : `, ${bytes} bytes as WeChat counts them`;
  if (job.kind === "preview") return console.log(`preview of ${job.appId}${size}: ${job.page}?${job.query}`);
  console.log(`uploaded ${job.appId} ${job.version} by robot ${job.robot}, "${job.description}"${size}`);
  console.log(consoleChecks(process.env["AUTH_ORIGIN"] ?? ""));
}

function show({ image, text }: QrCode, asked: string | null): void {
  if (text !== null && asked === null) return console.log(text);
  const file = asked ?? QR_FILE;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, image);
  console.log(`scan ${file} with WeChat`);
}

async function entry([kind, ...args]: string[]): Promise<void> {
  const known = kind === "preview" || kind === "upload";
  const problems = known ? await main(kind, args) : ["usage: send preview|upload"];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

void entry(process.argv.slice(2));
