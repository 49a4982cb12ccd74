import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Values of the model's switches: `{ SECRET: 1, WITHOUT: "ALLOW_LIST" }`. */
export type Switches = Readonly<Record<string, string | number>>;

export interface Answer {
  /** States that Spin kept. */
  states: number;
  /** The steps of a shortest way to a broken promise, and its name last; undefined when there is none. */
  counterexample: string[] | undefined;
}

/**
 * Visits every state of a model under these switches. With `shortest` the visit goes breadth first, so that the first
 * broken promise is one with the fewest steps.
 */
export async function ask(model: string, switches: Switches, { shortest }: { shortest: boolean }): Promise<Answer> {
  const folder = await mkdtemp(path.join(tmpdir(), "app2wxapp-prove-"));
  const here = { cwd: folder, maxBuffer: 1 << 26 };
  const flags = Object.entries(switches).map(([name, value]) => `-D${name}=${value}`);
  try {
    await copyFile(model, path.join(folder, "login.pml"));
    await run("spin", [...flags, "-a", "login.pml"], here);
    // Compiling takes longer than a short search.
    const compiled = shortest ? ["-O0", "-DBFS"] : ["-O1", "-DNOFAIR"];
    await run("gcc", [...compiled, "-w", "-DSAFETY", "-DMEMLIM=1024", "-o", "pan", "pan.c"], here);
    const { stdout } = await run("./pan", ["-n", "-E", ...(shortest ? [] : ["-m100000"])], here);
    const states = Number(/([\d.e+]+) states, stored/.exec(stdout)?.[1]);
    const broken = existsSync(path.join(folder, "login.pml.trail"));
    const whole = !/Search not completed|max search depth too small|out of memory/.test(stdout);
    if (!Number.isFinite(states) || whole === broken) throw new Error(`Spin did not finish:\n${stdout}`);
    if (!broken) return { states, counterexample: undefined };
    const trail = await run("spin", [...flags, "-t", "-T", "login.pml"], here);
    const lines = trail.stdout.split("\n").filter((line) => /^(STEP|BROKEN) /.test(line));
    return { states, counterexample: lines.map((line) => line.replace(/^STEP /, "")) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
