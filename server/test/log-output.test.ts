import { expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LogOutput } from "../src/http/log-output";
import { newDatabase } from "./support/databases";
import { freePort } from "./support/loopback";
import { MASTER_KEY } from "./support/server-process";

const MAIN = path.resolve(__dirname, "../dist/main.js");
const onLinux = process.platform === "linux" ? test : test.skip;

test("lines are written in order, whole, and waited for at the end", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "app2wxapp-log-"));
  const file = openSync(path.join(folder, "log"), "w");
  const output = new LogOutput(file);
  const lines = Array.from({ length: 500 }, (_, nth) => `${nth} 已登录 ${"x".repeat(nth)}\n`);
  for (const [nth, line] of lines.entries()) {
    output.write(line);
    if (nth % 100 === 0) await new Promise(setImmediate);
  }
  expect(await output.ends(5000)).toBe(true);
  expect(readFileSync(path.join(folder, "log"), "utf8")).toBe(lines.join(""));
  closeSync(file);
  rmSync(folder, { recursive: true });
});

/** A server whose log goes where it cannot be written: what it answers then, and how it ends. */
async function serverWith(
  stdout: number | "pipe",
  requests: number,
): Promise<{ status: number; code: number | null; signal: string | null }> {
  const database = await newDatabase("sqlite");
  const [port, adminPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOST: "127.0.0.1",
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      LOG_LEVEL: "debug",
      DRAIN_SECONDS: "0",
      DATABASE_URL: database.url,
      MASTER_KEY,
    },
    stdio: ["ignore", stdout, "ignore"],
  });
  const ask = () => fetch(`http://127.0.0.1:${port}/oauth/jwks/unknown`, { signal: AbortSignal.timeout(3000) });
  while (!(await ask().catch(() => undefined))) await new Promise((resolve) => setTimeout(resolve, 50));
  for (let nth = 0; nth < requests; nth++) await (await ask()).text();
  const { status } = await ask();
  const exit = once(child, "exit") as Promise<[number | null, string | null]>;
  child.kill("SIGTERM");
  const [code, signal] = await exit;
  child.stdout?.destroy();
  await database.drop();
  return { status, code, signal };
}

onLinux("a server whose log finds no room on its disk answers, and ends when told to", async () => {
  const full = openSync("/dev/full", "w");
  expect(await serverWith(full, 5)).toEqual({ status: 404, code: 0, signal: null });
  closeSync(full);
});

test("a server whose log nobody reads on answers, and ends when told to", async () => {
  // More than fits into a pipe; and the exit would wait for the thread that waits for the reader.
  expect(await serverWith("pipe", 350)).toEqual({ status: 404, code: null, signal: "SIGKILL" });
});
