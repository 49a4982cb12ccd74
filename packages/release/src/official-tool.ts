import { fork } from "node:child_process";
import * as path from "node:path";
import type { Compiled, Failed, Job, Outcome } from "./job";

/** A port nobody listens on: what asks the network although it need not fails at once instead of waiting for it. */
const DEAD_PROXY = "http://127.0.0.1:9";
const OFFLINE = { HTTPS_PROXY: DEAD_PROXY, https_proxy: DEAD_PROXY, NO_PROXY: "", no_proxy: "" };

/**
 * The package that WeChat's compiler makes of a built applet, without network, key or AppID.
 *
 * @param dist absolute path of the built applet
 */
export function compile(dist: string): Promise<Compiled | Failed> {
  return run({ kind: "compile", dist }, { ...process.env, ...OFFLINE });
}

function run(job: Job, env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = fork(path.join(__dirname, "tool.js"), {
      env,
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.once("message", (outcome: Outcome) => resolve(outcome));
    child.once("error", (error) => resolve({ kind: "failed", code: null, message: error.message }));
    // Not "exit", which may come before the last message has been read.
    child.once("disconnect", () =>
      resolve({ kind: "failed", code: null, message: "the compiler ended without an answer" }),
    );
    child.send(job);
  });
}
