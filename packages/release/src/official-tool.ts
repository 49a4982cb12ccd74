import { fork } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Compiled, CompileJob, Failed, Job, Outcome, SendJob, Sent } from "./job";
import { withoutUploadKey } from "./upload-key";

/** A port nobody listens on: what asks the network although it need not fails at once instead of waiting for it. */
const DEAD_PROXY = "http://127.0.0.1:9";
const OFFLINE = { HTTPS_PROXY: DEAD_PROXY, https_proxy: DEAD_PROXY, NO_PROXY: "", no_proxy: "" };

/** The library sets no limit of its own; an upload of this size takes seconds. */
const LIMIT_MS = 5 * 60_000;

/** The package that WeChat's compiler makes of a built applet, without network, key or AppID. */
export async function compile(job: Omit<CompileJob, "kind">): Promise<Compiled | Failed> {
  return (await run({ ...job, kind: "compile" }, { ...withoutUploadKey(process.env), ...OFFLINE })) as
    Compiled | Failed;
}

/** Sends a built applet to WeChat, through the proxy that the environment names, if any. */
export async function send(job: SendJob, env = process.env): Promise<Sent | Failed> {
  return (await run(job, withoutUploadKey(env))) as Sent | Failed;
}

function run(job: Job, env: NodeJS.ProcessEnv): Promise<Outcome> {
  // The library leaves folders behind in its working directory, so it gets one of its own.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "miniprogram-ci-"));
  return new Promise<Outcome>((resolve) => {
    let outcome: Outcome | undefined;
    const child = fork(path.join(__dirname, "tool.js"), {
      cwd: scratch,
      env: withAbsolutePaths(env),
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      timeout: LIMIT_MS,
    });
    child.once("error", ({ message }) => resolve({ kind: "failed", code: null, message }));
    child.once("message", (answer: Outcome) => (outcome = answer));
    child.once("close", (_code, signal) => resolve(outcome ?? unanswered(signal)));
    child.send(job);
  }).finally(() => fs.rmSync(scratch, { recursive: true, force: true }));
}

/** Node reads this file when it starts, from the working directory it starts in. */
function withAbsolutePaths(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const certificates = env["NODE_EXTRA_CA_CERTS"];
  return certificates ? { ...env, NODE_EXTRA_CA_CERTS: path.resolve(certificates) } : env;
}

function unanswered(signal: NodeJS.Signals | null): Failed {
  const message = signal === "SIGTERM" ? "ETIMEDOUT: no answer for five minutes" : "WeChat's tool broke off";
  return { kind: "failed", code: null, message };
}
