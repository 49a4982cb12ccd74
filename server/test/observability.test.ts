import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Metrics } from "../src/observability/metrics";
import { createWeChat } from "../src/wechat/client";
import { answers, errcode, FaultyWeChat, LOGIN, PERSON } from "./support/wechat-fault";
import { refusal, stranger, World } from "./support/world";

const FOLDER = path.resolve(__dirname, "../../docs/observability");
const NAME = /\b(?:app2wxapp|nodejs|process)_[a-z0-9_]+/g;

let world: World;
let wechat: FaultyWeChat;
const metrics = new Metrics();
beforeAll(async () => {
  wechat = new FaultyWeChat();
  await wechat.start();
  world = await World.open({
    metrics,
    wechat: (store, vault, clock) =>
      createWeChat({ origin: wechat.origin, store, vault, clock, observer: metrics.wechat }),
  });
});
afterAll(async () => {
  await world.close();
  await wechat.stop();
});

const scraped = async (): Promise<string> => (await world.adminApp.inject("/metrics")).body;

test.each(["rules.yml", "dashboard.json"])("%s asks for nothing that the server does not tell", async (file) => {
  const whole = new Metrics();
  whole.watchProcess();
  const told = [await scraped(), await whole.registry.metrics()].join("\n");
  const known = new Set(
    [...told.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = "", type]) =>
      type === "histogram" ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  );
  const asked = new Set(readFileSync(path.join(FOLDER, file), "utf8").match(NAME));
  expect(asked.size).toBeGreaterThan(9);
  expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  whole.registry.clear();
});

test("metrics tell how long calls took by outcome, what was refused and why, and how WeChat fares", async () => {
  wechat.on(LOGIN, answers(PERSON));
  expect((await world.attempt(stranger())).statusCode).toBe(200);
  wechat.on(LOGIN, errcode(40_029));
  expect(refusal(await world.attempt(stranger())).error).toBe("wechat_code.invalid");
  wechat.on(LOGIN, answers("no object"));
  expect(refusal(await world.attempt(stranger())).error).toBe("wechat.unavailable");
  await world.exchange({ ticket: "none", secret: "wrong" });
  const text = await scraped();
  const route = 'method="POST",route="/oauth/app2wxapp/attempts/:userPoolId"';
  for (const line of [
    `app2wxapp_request_duration_seconds_count{${route},outcome="ok"} 1`,
    `app2wxapp_request_duration_seconds_count{${route},outcome="refused"} 1`,
    `app2wxapp_request_duration_seconds_count{${route},outcome="failed"} 1`,
    `app2wxapp_refusals_total{${route},error="wechat_code.invalid"} 1`,
    `app2wxapp_refusals_total{${route},error="wechat.unavailable"} 1`,
    `app2wxapp_refusals_total{method="POST",route="/oauth/app2wxapp/auth/:userPoolId",error="client.unauthorized"} 1`,
    'app2wxapp_wechat_duration_seconds_count{endpoint="jscode2session",outcome="ok"} 1',
    'app2wxapp_wechat_duration_seconds_count{endpoint="jscode2session",outcome="error"} 1',
    'app2wxapp_wechat_duration_seconds_count{endpoint="jscode2session",outcome="no_answer"} 1',
    'app2wxapp_wechat_errcodes_total{endpoint="jscode2session",errcode="40029"} 1',
    "app2wxapp_wechat_paused_applets 0",
    "app2wxapp_login_records_dropped 0",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  expect(text).toMatch(/^app2wxapp_database_seconds_count\{phase="wait"\} [1-9]/m);
  expect(text).not.toContain(world.pool.id);
  expect(text).not.toContain(PERSON.openid);
});

test("an applet that WeChat fails for is told as paused, and its people when to come again", async () => {
  wechat.on(LOGIN, (response) => response.writeHead(500).end());
  for (let nth = 0; nth < 5; nth++) await world.attempt(stranger());
  const paused = await world.attempt(stranger());
  expect(refusal(paused)).toEqual({ status: 502, error: "wechat.unavailable" });
  expect(paused.headers["retry-after"]).toBe("10");
  expect(await scraped()).toMatch(/^app2wxapp_wechat_paused_applets 1$/m);
});
