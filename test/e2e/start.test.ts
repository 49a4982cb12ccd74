import { spawn, type ChildProcess } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "@jest/globals";
import { PHONE_FOLDER } from "../../phone/src/bundle";
import type { PhoneSetup } from "../../phone/src/setup";

let running: ChildProcess | undefined;
let squatter: http.Server | undefined;

afterEach(() => {
  running?.kill("SIGKILL");
  squatter?.close();
});

/** What `npm start` runs after it has built everything. */
function start(ports: { PORT: string; ADMIN_PORT?: string; PHONE_PORT: string }) {
  const child = spawn(process.execPath, [path.join(PHONE_FOLDER, "dist/demo/main.js")], {
    env: { ...process.env, ...ports },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running = child;
  let said = "";
  let complained = "";
  child.stderr.on("data", (chunk: Buffer) => (complained += chunk.toString("utf8")));
  const ended = new Promise<number | null>((done) => {
    child.once("exit", done);
  });
  const address = new Promise<string>((done) => {
    createInterface(child.stdout).on("line", (line) => {
      said += `${line}\n`;
      const found = /http:\/\/\S+/.exec(line);
      if (found) done(found[0]);
    });
  });
  return { child, address, ended, said: () => said, complaint: () => complained };
}

test("two addresses are printed, the first shows the phone, and Ctrl-C ends the auth server too", async () => {
  const { child, address, ended, said, complaint } = start({ PORT: "0", PHONE_PORT: "0" });
  const page = await address;
  expect((await fetch(page)).status).toBe(200);
  const { ext } = (await (await fetch(`${page}/setup`)).json()) as PhoneSetup;
  expect((await fetch(`${ext.authOrigin}/healthz`)).status).toBe(200);

  child.kill("SIGINT");
  expect(await ended).toBe(0);
  await expect(fetch(`${ext.authOrigin}/healthz`)).rejects.toThrow("fetch failed");
  expect(said().match(/http:/g)).toHaveLength(2);
  expect(complaint()).toBe("");
});

test.each(["PORT", "ADMIN_PORT", "PHONE_PORT"] as const)(
  "a taken %s is told in words, and nothing stays behind",
  async (name) => {
    const taken = http.createServer();
    squatter = taken;
    await new Promise<void>((done) => {
      taken.listen(0, "127.0.0.1", done);
    });
    const port = String((taken.address() as AddressInfo).port);
    const { ended, complaint } = start({ PORT: "0", PHONE_PORT: "0", [name]: port });
    expect(await ended).toBe(1);
    expect(complaint()).toContain(`Port ${port} is taken: set PORT, ADMIN_PORT or PHONE_PORT to another one`);
  },
);
