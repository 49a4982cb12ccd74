import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import type http from "node:http";
import type { AddressInfo } from "node:net";

/** Which processor the measured process has for itself, and which is left to the load and all else. */
export const CORES = { measured: 0, load: 1 };
const canPin = process.platform === "linux" && spawnSync("taskset", ["-V"]).status === 0;

/** Gives this process, and what it starts from now on, the processor of the load. */
export function pinLoad(): boolean {
  return canPin && spawnSync("taskset", ["-a", "-cp", String(CORES.load), String(process.pid)]).status === 0;
}

const started = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of started) child.kill("SIGKILL");
});

interface Start {
  script: string;
  env?: Record<string, string>;
  /** Alone on its processor. */
  measured: boolean;
  /** A file descriptor for what it writes; missing: its errors come to ours. */
  output?: number;
}

/** A process of the bench. One that serves with {@link serve} is asked by messages. */
export class Child {
  private constructor(
    readonly process: ChildProcess,
    readonly script: string,
  ) {}

  static start({ script, env = {}, measured, output }: Start): Child {
    const pin = canPin ? ["taskset", "-c", String(measured ? CORES.measured : CORES.load)] : [];
    const [command, ...rest] = [...pin, process.execPath, script];
    const child = spawn(command, rest, {
      env: { PATH: process.env["PATH"] ?? "", ...env },
      stdio: ["ignore", output ?? "ignore", output ?? "inherit", "ipc"],
    });
    started.add(child);
    child.once("exit", () => started.delete(child));
    return new Child(child, script);
  }

  /** The next message, or an error when it ends before. */
  async message<T>(): Promise<T> {
    const ended = new AbortController();
    const exit = once(this.process, "exit", { signal: ended.signal }).then(() => {
      throw new Error(`${this.script} ended`);
    });
    exit.catch(() => undefined);
    try {
      const [message] = (await Promise.race([once(this.process, "message", { signal: ended.signal }), exit])) as [T];
      return message;
    } finally {
      ended.abort();
    }
  }

  async ask<T>(question: object): Promise<T> {
    const answer = this.message<T>();
    this.process.send(question);
    return answer;
  }

  /** Resident memory in MB. */
  memory(): number {
    const { stdout } = spawnSync("ps", ["-o", "rss=", "-p", String(this.process.pid)], { encoding: "utf8" });
    return Number(stdout) / 1024;
  }

  /** Seconds of processor time so far; NaN where the system does not tell. */
  cpuSeconds(): number {
    const file = `/proc/${this.process.pid}/stat`;
    if (!existsSync(file)) return NaN;
    // After the command's name in brackets; in ticks of 10 ms.
    const fields = readFileSync(file, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGTERM");
    await once(this.process, "exit");
  }
}

/** In a child: listens on a free port, tells its origin, and answers questions by their name. */
export function serve(server: http.Server, answers: Record<string, (count: number) => unknown>): void {
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  process.on("message", (question: { what: string; count: number }) => {
    void Promise.resolve(answers[question.what]?.(question.count)).then((answer) => process.send?.(answer as object));
  });
}
