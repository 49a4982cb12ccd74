import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { setTimeout as delay } from "node:timers/promises";
import { decodeJwt } from "jose";
import { end, freePort, listen } from "../../../../server/test/support/loopback";
import { AuthWorld, type TestPool } from "../auth-world";

const SAMPLE = path.resolve(__dirname, "../../../by-configuration/nginx.conf");

/** The API behind nginx: counts who got there. */
const api = http.createServer((request, response) => {
  reached.push(request.url ?? "");
  response.end("served");
});
const reached: string[] = [];

let world: AuthWorld;
let pool: TestPool;
let nginx: ChildProcess;
let folder: string;
let origin: string;
let said = "";

beforeAll(async () => {
  world = await AuthWorld.open();
  pool = await world.createPool("ES256");
  await listen(api);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "nginx-"));
  const address = `127.0.0.1:${await freePort()}`;
  origin = `http://${address}`;
  fs.writeFileSync(path.join(folder, "nginx.conf"), configuration(address));
  nginx = spawn("/usr/sbin/nginx", ["-p", folder, "-c", "nginx.conf", "-e", "stderr"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  nginx.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  while (
    !(await fetch(origin).then(
      () => true,
      () => false,
    ))
  ) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended: ${said}`);
    await delay(20);
  }
});
afterAll(async () => {
  nginx.kill("SIGQUIT");
  if (nginx.exitCode === null) await once(nginx, "close");
  await end(api);
  await world.close();
  fs.rmSync(folder, { recursive: true });
});

/** The sample with this machine's places; as anybody, who can write into one folder only. */
function configuration(address: string): string {
  const { port } = api.address() as AddressInfo;
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((of) => `${of}_temp_path ${of};`)
    .join(" ");
  return [
    ["127.0.0.1:8080", address],
    ["http://127.0.0.1:3000", `http://127.0.0.1:${port}`],
    ["https://auth.example.com", world.front.origin],
    ["USER_POOL_ID;", `${pool.id};`],
    ["events {}", "daemon off; pid nginx.pid; error_log stderr; events {}"],
    ["http {", `http { access_log off; ${temporary}`],
  ].reduce(
    (text, [from = "", to = ""]) => {
      if (!text.includes(from)) throw new Error(`${SAMPLE} has no ${from}`);
      return text.replace(from, to);
    },
    fs.readFileSync(SAMPLE, "utf8"),
  );
}

async function asks(token?: string): Promise<{ status: number; challenge: string | null; reached: number }> {
  reached.length = 0;
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), cookie: "a=b" };
  const response = await fetch(`${origin}/api/things`, { method: "POST", headers, body: "x".repeat(10_000) });
  await response.text();
  return { status: response.status, challenge: response.headers.get("www-authenticate"), reached: reached.length };
}

const refused = { status: 401, challenge: expect.stringContaining("Bearer"), reached: 0 };

test("nginx lets through who has a token of the pool, until it is revoked", async () => {
  const { token } = await world.exchange(pool, await world.ticket(pool, "lin"));
  expect(await asks(token)).toEqual({ status: 200, challenge: null, reached: 1 });
  await world.revoke(pool, token);
  expect(await asks(token)).toEqual(refused);
});

test("nginx refuses who has no token, a forged one, or another pool's", async () => {
  const neighbour = await world.createPool("ES256");
  const theirs = await world.exchange(neighbour, await world.ticket(neighbour, "lin"));
  const { token } = await world.exchange(pool, await world.ticket(pool, "lin"));
  const forged = await world.front.sign(decodeJwt(token));
  for (const one of [undefined, "", "x", theirs.token, forged]) expect(await asks(one)).toEqual(refused);
});

test("nginx lets nobody through while the auth server cannot be reached, nor to its own question", async () => {
  const { token } = await world.exchange(pool, await world.ticket(pool, "zhou"));
  world.front.isCut = true;
  expect(await asks(token)).toMatchObject({ status: 500, reached: 0 });
  world.front.isCut = false;
  expect((await asks(token)).status).toBe(200);
  expect((await fetch(`${origin}/token`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(404);
});
