import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../../server/test/support/loopback";

/** How a backend of one language is started. */
export interface Program {
  name: string;
  /** Puts into an empty folder what the command runs; missing: the sources are run. */
  compile?(folder: string): void;
  /** Given the port it is to listen on, and that folder. */
  command(port: number, folder: string): string[];
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

/** One running backend, and what its app sends it. */
export class BackendProcess {
  /** All that it wrote. */
  output = "";

  private constructor(
    private readonly child: ChildProcess,
    private readonly origin: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.output += chunk.toString("utf8")));
    }
  }

  static async start(program: Program, env: Record<string, string>): Promise<BackendProcess> {
    const port = await freePort();
    const [file = "", ...args] = program.command(port, compiled(program));
    const child = spawn(file, args, {
      env: { PATH: process.env["PATH"], PORT: String(port), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const backend = new BackendProcess(child, `http://127.0.0.1:${port}`);
    let failure: Error | undefined;
    child.once("error", (error) => (failure = error));
    // There is no other sign that all of them give than that they answer.
    while (!(await backend.answers())) {
      if (failure || child.exitCode !== null) throw failure ?? new Error(`${program.name} ended: ${backend.output}`);
      await delay(20);
    }
    return backend;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill("SIGKILL");
    await once(this.child, "close");
  }

  async call(method: string, place: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    const response = await fetch(this.origin + place, { method, headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? {} : (JSON.parse(text) as Answer["body"]),
      headers: response.headers,
    };
  }

  login(body: object): Promise<Answer> {
    return this.call("POST", "/login", { "content-type": "application/json" }, JSON.stringify(body));
  }

  me(cookie: string): Promise<Answer> {
    return this.call("GET", "/me", { cookie });
  }

  logout(cookie: string): Promise<Answer> {
    return this.call("POST", "/logout", { cookie });
  }

  resource(token: string): Promise<Answer> {
    return this.call("GET", "/api/resource", { authorization: `Bearer ${token}` });
  }

  private answers(): Promise<boolean> {
    return this.me("").then(
      () => true,
      () => false,
    );
  }
}

const folders = new Map<Program, string>();

/** The folder of a program, compiled once in a test run. */
function compiled(program: Program): string {
  const known = folders.get(program);
  if (known !== undefined) return known;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "backend-"));
  process.once("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  program.compile?.(folder);
  folders.set(program, folder);
  return folder;
}
