import { fork, type ForkOptions } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Compiled, CompileJob, Failed, Job, Outcome, SendJob, Sent, Unfit } from "./job";
import { withoutUploadKey } from "./upload-key";

/** A port nobody listens on: what asks the network although it need not fails at once instead of waiting for it. */
const DEAD_PROXY = "http://127.0.0.1:9";
const OFFLINE = { HTTPS_PROXY: DEAD_PROXY, https_proxy: DEAD_PROXY, NO_PROXY: "", no_proxy: "" };

/** The library sets no limits of its own. A compile takes seconds; an upload waits for the network too. */
const COMPILE_LIMIT_MS = 60_000;
const SEND_LIMIT_MS = 5 * 60_000;

/**
 * The package that WeChat's compiler makes of a built applet, without network, key or AppID. The compiler has been seen
 * to wait for ever, so it is given a limit, and a second chance in a new process.
 */
export async function compile(job: Omit<CompileJob, "kind">, limitMs = COMPILE_LIMIT_MS): Promise<Compiled | Failed> {
  const env = { ...withoutUploadKey(process.env), ...OFFLINE };
  const attempt = () => run<Compiled>({ ...job, kind: "compile" }, env, limitMs);
  return (await attempt()) ?? (await attempt()) ?? unanswered(limitMs);
}

/** Sends a built applet to WeChat if it is within its budget, through the proxy that the environment names, if any. */
export async function send(job: SendJob, env = process.env): Promise<Sent | Unfit | Failed> {
  return (await run<Sent | Unfit>(job, withoutUploadKey(env), SEND_LIMIT_MS)) ?? unanswered(SEND_LIMIT_MS);
}

/** What the tool answers; null when it did not within the limit. */
async function run<Success extends Outcome>(
  job: Job,
  env: NodeJS.ProcessEnv,
  limitMs: number,
): Promise<Success | Failed | null> {
  // A folder of its own: the library leaves some behind in its working directory, and it does not end when a file is
  // rebuilt while it reads.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "miniprogram-ci-"));
  try {
    const dist = path.join(scratch, "dist");
    fs.cpSync(job.dist, dist, { recursive: true });
    return (await answer({ ...job, dist }, { env: withAbsolutePaths(env), cwd: scratch, timeout: limitMs })) as
      Success | Failed | null;
  } catch (error) {
    return { kind: "failed", code: null, message: (error as Error).message };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function answer(job: Job, options: ForkOptions): Promise<Outcome | null> {
  return new Promise((resolve, reject) => {
    let outcome: Outcome | undefined;
    const child = fork(path.join(__dirname, "tool.js"), {
      ...options,
      execArgv: [],
      killSignal: "SIGKILL",
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.once("error", reject);
    child.once("message", (message: Outcome) => (outcome = message));
    child.once("close", (_code, signal) => {
      if (outcome || signal === "SIGKILL") resolve(outcome ?? null);
      else reject(new Error("WeChat's tool broke off"));
    });
    child.send(job);
  });
}

/** Node reads this file when it starts, from the working directory it starts in. */
function withAbsolutePaths(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const certificates = env["NODE_EXTRA_CA_CERTS"];
  return certificates ? { ...env, NODE_EXTRA_CA_CERTS: path.resolve(certificates) } : env;
}

function unanswered(limitMs: number): Failed {
  return { kind: "failed", code: null, message: `ETIMEDOUT: no answer for ${limitMs / 1000} seconds` };
}
