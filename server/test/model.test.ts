import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createWechat } from "@app2wxapp/wechat";
import { ASSUMPTIONS, LOCKS } from "../../prove/src/questions";
import { createWeChat } from "../src/wechat/client";
import { ModelReplay } from "./support/model-replay";
import { SHARED_APPLET, World } from "./support/world";

const FOLDER = path.join(__dirname, "../../prove/counterexamples");
const fileOf = (name: string): string => `${name.toLowerCase().replaceAll("_", "-")}.txt`;
/** The steps; the last line only names what they break. */
const stepsOf = (name: string): string[] =>
  readFileSync(path.join(FOLDER, fileOf(name)), "utf8")
    .split("\n")
    .slice(0, -2);

describe("what the model's attacker does", () => {
  const wechat = createWechat({ applets: [{ appId: SHARED_APPLET.appId, secret: SHARED_APPLET.appSecret }] });
  let world: World;
  beforeAll(async () => {
    const origin = await wechat.start();
    world = await World.open({
      wechat: (store, vault, clock) => createWeChat({ origin, store, vault, clock }),
    });
    await world.listen();
  });
  afterAll(async () => {
    await world.close();
    await wechat.stop();
  });

  test.each(Object.entries(LOCKS))("without %s, the server does not let happen", async (lock, { setting, server }) => {
    const replay = await ModelReplay.prepare(world, wechat, setting);
    expect(await replay.play(stepsOf(lock))).toMatchObject({ server });
    expect(await replay.tokens()).toBeLessThanOrEqual(1);
  });

  test.each(Object.entries(ASSUMPTIONS))("without %s, no server could stop", async (assumption, { setting }) => {
    const replay = await ModelReplay.prepare(world, wechat, setting);
    expect(await replay.play(stepsOf(assumption))).toBeUndefined();
  });

  test.each([
    ["ALLOW_LIST", { allowedApps: "*" }],
    ["CALLER_KNOWN", { missingCaller: "allow" }],
  ] as const)("succeeds to the end where the operator gives up %s", async (lock, loose) => {
    const replay = await ModelReplay.prepare(world, wechat, LOCKS[lock].setting, loose);
    expect(await replay.play(stepsOf(lock))).toBeUndefined();
  });
});

test("each lock and each assumption has its counterexample, and there is no other", () => {
  const named = [...Object.keys(LOCKS), ...Object.keys(ASSUMPTIONS)].map(fileOf);
  expect(new Set(readdirSync(FOLDER))).toEqual(new Set(named));
});

test.each(["model.md", "model.zh.md"])(
  "docs/%s explains each lock and assumption, with the server's answer",
  (page) => {
    const text = readFileSync(path.join(__dirname, "../../docs", page), "utf8");
    const rows = [...text.matchAll(/^\| `([A-Z_]+)` .*\|$/gm)].map(([row, name]) => [name, row] as const);
    expect(rows.map(([name]) => name)).toEqual([...Object.keys(LOCKS), ...Object.keys(ASSUMPTIONS)]);
    const answers = Object.entries(LOCKS).filter(([, { server }]) => server.includes("."));
    for (const [lock, { server }] of answers) expect(new Map(rows).get(lock)).toContain(`\`${server}\``);
  },
);
