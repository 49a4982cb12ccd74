import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { MOST_OPEN, SocketGuard, UNREAD_MILLISECONDS } from "../src/http/socket-guard";
import { newDatabase } from "./support/databases";
import { end, listen } from "./support/loopback";
import { RawClient } from "./support/raw-client";
import { ServerProcess } from "./support/server-process";

let guard: SocketGuard;
let server: Server;
let port: number;
beforeEach(async () => {
  guard = new SocketGuard();
  server = createServer((request, response) => {
    if (guard.admits(request, response)) response.end(request.url === "/large" ? "x".repeat(8_000_000) : "short");
  });
  guard.watch(server);
  port = Number(new URL(await listen(server)).port);
});
afterEach(() => end(server));

const sizeIn = (text: string, name: string): number => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);

test("an answer that nobody reads ends its socket after fifteen seconds, and one that is read does not", async () => {
  const blind = await RawClient.connect(port, false);
  blind.get("/large");
  const reading = await RawClient.connect(port);
  reading.get("/small");
  await reading.hears("short");
  guard.sweep(0);
  guard.sweep(UNREAD_MILLISECONDS - 1);
  expect(blind.socket.destroyed).toBe(false);
  guard.sweep(UNREAD_MILLISECONDS);
  blind.socket.resume();
  await blind.ended;
  reading.heard = "";
  reading.get("/small");
  await reading.hears("short");
  reading.socket.destroy();
});

test("a socket may have sixteen requests open, and ends with the next", async () => {
  const many = await RawClient.connect(port);
  for (let nth = 0; nth < 50; nth++) {
    many.get("/small");
    await many.hears("short");
    many.heard = "";
  }
  const allowed = await RawClient.connect(port);
  allowed.send("GET /small HTTP/1.1\r\nhost: a\r\n\r\n".repeat(MOST_OPEN));
  many.send("GET /large HTTP/1.1\r\nhost: a\r\n\r\n".repeat(MOST_OPEN + 1));
  await many.ended;
  while (allowed.heard.split("short").length <= MOST_OPEN) await once(allowed.socket, "data");
  expect(allowed.socket.destroyed).toBe(false);
  allowed.socket.destroy();
});

test("an unknown expectation is no way past that", async () => {
  const request = "GET /small HTTP/1.1\r\nhost: a\r\nexpect: nothing\r\n\r\n";
  const one = await RawClient.connect(port);
  one.send(request);
  await one.hears("short");
  one.send(request.repeat(1560));
  await one.ended;
  expect(one.heard.split("HTTP/1.1 ").length - 1).toBeLessThanOrEqual(1 + MOST_OPEN);
});

test("24 clients that pipeline 1,560 requests each and read nothing take hardly any memory, and others are served", async () => {
  const database = await newDatabase("sqlite");
  const process = await ServerProcess.start({ DATABASE_URL: database.url, LOG_LEVEL: "info" });
  const resident = async () => {
    const text = await (await fetch(`${process.adminOrigin}/metrics`)).text();
    return sizeIn(text, "process_resident_memory_bytes");
  };
  await (await fetch(`${process.origin}/openapi.json`)).text();
  const before = await resident();
  const clients = await Promise.all(
    Array.from({ length: 24 }, () => RawClient.connect(Number(new URL(process.origin).port), false)),
  );
  for (const client of clients) client.send("GET /openapi.json HTTP/1.1\r\nhost: a\r\n\r\n".repeat(1560));
  let most = 0;
  for (let look = 0; look < 10; look++) {
    expect((await fetch(`${process.origin}/healthz`)).status).toBe(200);
    most = Math.max(most, await resident());
  }
  expect(most - before).toBeLessThan(150_000_000);
  for (const client of clients) client.socket.destroy();
  await process.stop();
  await database.drop();
});
