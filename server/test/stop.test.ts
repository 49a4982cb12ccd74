import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { drain } from "../src/http/draining";
import { newDatabase, type TestDatabase } from "./support/databases";
import { RawClient } from "./support/raw-client";
import { ServerProcess } from "./support/server-process";
import { answers, FaultyWeChat, LOGIN, PERSON } from "./support/wechat-fault";
import { ADMIN_TOKEN, CALLER, SHARED_APPLET, World, type Body } from "./support/world";

let database: TestDatabase;
let wechat: FaultyWeChat;
beforeEach(async () => {
  database = await newDatabase("sqlite");
  wechat = new FaultyWeChat();
  await wechat.start();
});
afterEach(async () => {
  await wechat.stop();
  await database.drop();
});

const portOf = (origin: string): number => Number(new URL(origin).port);

test("a server told to end says so at once, answers what it accepted, tells everybody to go, and is gone", async () => {
  const server = await ServerProcess.start({
    DATABASE_URL: database.url,
    WECHAT_API_ORIGIN: wechat.origin,
    DRAIN_SECONDS: "2",
  });
  const settings = { name: "示例", allowedApps: [{ appId: CALLER, name: "示例应用" }] };
  const { body } = await server.post("/admin/v1/pools", settings, ADMIN_TOKEN);
  const { id } = body["pool"] as { id: string };

  const [kept, under] = [
    await RawClient.connect(portOf(server.origin)),
    await RawClient.connect(portOf(server.origin)),
  ];
  kept.get("/healthz");
  await kept.hears('{"status":"ok"}');
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) =>
    wechat.on(LOGIN, (response, call, nth) => {
      answer = () => answers(PERSON)(response, call, nth);
      resolve();
    }),
  );
  const login = JSON.stringify({
    code: "a-code",
    appId: SHARED_APPLET.appId,
    getPhone: false,
    callerAppId: CALLER,
  } satisfies Body);
  under.send(
    `POST /oauth/app2wxapp/attempts/${id} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n` +
      `content-length: ${login.length}\r\n\r\n${login}`,
  );
  await asked;

  const ended = server.stop();
  await server.says('"event":"draining"');
  const probe = await RawClient.connect(portOf(server.origin));
  probe.get("/readyz");
  await probe.ended;
  expect(probe.heard).toMatch(/^HTTP\/1\.1 503 /);
  expect(probe.heard).toContain("draining");
  // A request that a proxy still sends over a socket it kept is served, and is the last one.
  kept.heard = "";
  kept.get("/healthz");
  await kept.ended;
  expect(kept.heard).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*"status":"ok"/i);
  answer();
  await under.ended;
  expect(under.heard).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*"attempt"/i);
  // Nobody is connected any more, but a proxy whose sockets were all closed opens the next one.
  const next = await RawClient.connect(portOf(server.origin));
  next.get("/healthz");
  await next.ended;
  expect(next.heard).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close/i);
  expect(await ended).toBe(0);
});

test("a second signal ends it at once", async () => {
  const server = await ServerProcess.start({ DATABASE_URL: database.url, DRAIN_SECONDS: "15" });
  const client = await RawClient.connect(portOf(server.origin));
  const ended = server.stop();
  await server.says('"event":"draining"');
  // The first and a second within a quarter of a second are one press of Ctrl-C.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await server.stop()).toBe(1);
  expect(await ended).toBe(1);
  await client.ended;
});

test("clients that send no more, or read nothing, are cut off in the end", async () => {
  const world = await World.open();
  const port = Number(new URL(await world.listen()).port);
  const slow = await RawClient.connect(port);
  slow.send(
    "POST /oauth/introspect/x HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
  );
  const silent = await RawClient.connect(port);
  silent.send("GET /healthz HT");
  const blind = await RawClient.connect(port, false);
  for (let nth = 0; nth < 10; nth++) blind.get("/openapi.json");
  const idle = await RawClient.connect(port);
  idle.get("/healthz");
  await idle.hears("ok");

  world.server.draining.begin();
  const start = performance.now();
  await drain(world.server.open, 50, 500);
  expect(performance.now() - start).toBeLessThan(5000);
  blind.socket.resume();
  await Promise.all([slow, silent, blind, idle].map(({ ended }) => ended));
  await world.close();
});
