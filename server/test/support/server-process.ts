import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { Pool } from "undici";
import { ADMIN_TOKEN, SHARED_APPLET, type Body } from "./world";

const MAIN = path.resolve(__dirname, "../../dist/main.js");
export const MASTER_KEY = "the master key of the processes in tests";

interface Listening {
  origin: string;
  adminOrigin: string;
}

/** The compiled server as operators run it, in a process of its own. */
export class ServerProcess {
  readonly #calls: Record<string, Pool> = {};

  private constructor(
    private readonly child: ChildProcess,
    readonly origin: string,
    readonly adminOrigin: string,
    /** Every line it wrote. */
    readonly output: readonly string[],
  ) {}

  static async start(env: Record<string, string>): Promise<ServerProcess> {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env["PATH"] ?? "",
        HOST: "127.0.0.1",
        PORT: "0",
        LOG_LEVEL: "debug",
        DRAIN_SECONDS: "0",
        MASTER_KEY,
        ADMIN_TOKENS: `ada:${ADMIN_TOKEN}`,
        WECHAT_APP_ID: SHARED_APPLET.appId,
        WECHAT_APP_SECRET: SHARED_APPLET.appSecret,
        WECHAT_API_ORIGIN: "http://127.0.0.1:9",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: string[] = [];
    const { origin, adminOrigin } = await new Promise<Listening>((resolve, reject) => {
      child.once("close", () => reject(new Error(`the server ended: ${said.join("\n")}`)));
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
          said.push(line);
          if (line.includes('"event":"listening"')) resolve(JSON.parse(line) as Listening);
        });
      }
    });
    return new ServerProcess(child, origin, adminOrigin, said);
  }

  /** Ends it, by default as an operator does; SIGKILL is a crash. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    await Promise.all(Object.values(this.#calls).map((pool) => pool.destroy()));
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await once(this.child, "exit");
    }
    return this.child.exitCode;
  }

  /** Resolves when it has written a line with this in it. */
  async says(text: string): Promise<void> {
    while (!this.output.some((line) => line.includes(text))) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Rejects when the server dies meanwhile. */
  async post(url: string, body: Body, bearer?: string): Promise<{ status: number; body: Body }> {
    const origin = url.startsWith("/admin/") ? this.adminOrigin : this.origin;
    const calls = (this.#calls[origin] ??= new Pool(origin, { connections: 32, pipelining: 1 }));
    const response = await calls.request({
      method: "POST",
      path: url,
      headers: {
        "content-type": "application/json",
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify(body),
    });
    return { status: response.statusCode, body: (await response.body.json()) as Body };
  }
}

/** All that a server that cannot start says, its log lines apart. */
export async function startComplaint(env: Record<string, string>): Promise<string> {
  const error = await ServerProcess.start(env).then(
    async (server) => new Error(`it started: ${await server.stop()}`),
    (reason: Error) => reason,
  );
  return error.message.replaceAll(/\{"level".*\}\n?/g, "").trimEnd();
}
