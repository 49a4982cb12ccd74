import { spawnSync } from "node:child_process";
import * as path from "node:path";

export const FIXTURE = path.join(__dirname, "fixture");

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs one of this package's commands to its end. */
export function run(command: "compile" | "size", ...args: string[]): Ended {
  return spawnSync(process.execPath, [compiled(command), ...args], { encoding: "utf8" });
}

/** The compiled script of a command: what `npm run` starts, and what starts the tool beside it. */
export function compiled(command: string): string {
  return path.resolve("packages/release/dist", `${command}.js`);
}
