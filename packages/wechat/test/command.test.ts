import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, test } from "@jest/globals";
import { readCommand, USAGE } from "../src/command";
import { createWechat, type Wechat } from "../src";

let stop: (() => unknown) | undefined;
afterEach(async () => {
  await stop?.();
});

async function post(origin: string, call: string, body: unknown) {
  const response = await fetch(`${origin}/stand-in/${call}`, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function session(origin: string, code: unknown) {
  const query = { appid: "wx1", secret: "s1", js_code: String(code), grant_type: "authorization_code" };
  const response = await fetch(`${origin}/sns/jscode2session?${new URLSearchParams(query)}`);
  return (await response.json()) as Record<string, unknown>;
}

describe("the command", () => {
  test("listens, prints its address, serves a login from another process, and ends when told to", async () => {
    const child = spawn(process.execPath, [path.join(__dirname, "../bin.js"), "--port", "0", "--applet", "wx1:s1"]);
    stop = () => child.kill("SIGKILL");
    const ended = new Promise((done) => child.once("exit", done));
    const line = await new Promise<string>((done) => {
      createInterface(child.stdout).once("line", done);
    });
    const origin = line.split(" ").at(-1)!;
    const { body } = await post(origin, "login-code", { appId: "wx1", person: "lin" });
    expect(await session(origin, body["code"])).toMatchObject({ openid: expect.stringMatching(/^o/) });
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("reads each of its options", () => {
    const args = ["--port", "0", "--applet", "wx1:s1", "--fail", "jscode2session=-1", "--latency", "20", "--unbound"];
    const more = ["--phone-numbers", "3", "--logins-per-minute", "2", "--devtools-code"];
    expect(readCommand([...args, ...more])).toEqual({
      port: 0,
      options: {
        applets: [{ appId: "wx1", secret: "s1" }],
        conditions: {
          isBound: false,
          takesDevtoolsCode: true,
          learnsApplets: false,
          latencyMs: 20,
          phoneNumbersLeft: 3,
          loginsPerMinute: 2,
        },
        isControllable: true,
      },
      failures: [["/sns/jscode2session", -1]],
    });
  });

  test("knows any applet when none is named, and says all its options when asked", () => {
    expect(readCommand([])?.options.conditions?.learnsApplets).toBe(true);
    expect(readCommand(["--help"])).toBeNull();
    for (const option of ["--port", "--applet", "--people", "--fail", "--latency", "--unbound", "--devtools-code"])
      expect(USAGE).toContain(option);
  });

  test.each([
    [["--port", "x"], "--port is a whole number"],
    [["--applet", "wx1"], "--applet is <AppID>:<AppSecret>"],
    [["--fail", "nothing=1"], "has no call named nothing"],
    [["--fail", "jscode2session=1"], "an errcode is one of"],
    [["--fail", "jscode2session"], "--fail is <call>=<errcode>"],
    [["--people", path.join(__dirname, "../package.json")], "--people is a JSON list"],
    [["--nonsense"], "Unknown option '--nonsense'"],
  ])("tells what is wrong with %j, and repeats no secret", (args, message) => {
    expect(() => readCommand(args)).toThrow(message);
    expect(() => readCommand(["--applet", "wx1:top:secret"])).not.toThrow("top");
  });
});

describe("control by HTTP", () => {
  async function start(isControllable: boolean): Promise<{ wechat: Wechat; origin: string }> {
    const wechat = createWechat({ applets: [{ appId: "wx1", secret: "s1" }], isControllable });
    stop = () => wechat.stop();
    return { wechat, origin: await wechat.start() };
  }

  test("gives codes, changes the server and makes calls fail, and leaves no trace among the calls", async () => {
    const { wechat, origin } = await start(true);
    const { body } = await post(origin, "phone-code", { appId: "wx1", person: "lin" });
    expect(body["code"]).toMatch(/^[0-9a-f]{64}$/);
    expect((await post(origin, "conditions", { isBound: false })).body).toMatchObject({
      isBound: false,
      phoneNumbersLeft: 999,
    });
    await post(origin, "failures", { jscode2session: 40029 });
    expect((await session(origin, "x"))["errcode"]).toBe(40029);
    await post(origin, "failures", { jscode2session: null });
    const { body: login } = await post(origin, "login-code", { appId: "wx1", person: "lin" });
    expect(await session(origin, login["code"])).not.toHaveProperty("unionid");
    expect(wechat.calls).toHaveLength(2);
  });

  test.each([
    ["login-code", {}, 400, "person is missing"],
    ["login-code", { appId: "wx1", person: "nobody" }, 400, "Nobody is called nobody"],
    ["conditions", { colour: 1 }, 400, "there is no condition called colour"],
    ["conditions", { latencyMs: "long" }, 400, "latencyMs cannot be long"],
    ["failures", { jscode2session: 7 }, 400, "an errcode is one of"],
    ["failures", ["x"], 400, "the body is a JSON object"],
    ["toString", {}, 404, "known: people, login-code"],
  ])("answers a mistake in words: %s %j", async (call, fields, status, message) => {
    const { origin } = await start(true);
    expect(await post(origin, call, fields)).toEqual({ status, body: { message: expect.stringContaining(message) } });
  });

  test("is not there unless it was asked for", async () => {
    const { origin } = await start(false);
    expect((await fetch(`${origin}/stand-in/people`)).status).toBe(404);
  });
});
