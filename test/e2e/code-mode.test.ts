import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { APPLET_APP_ID, HOST_APP } from "../../phone/demo/world";
import { openTestWorld, type TestWorld } from "../../phone/automation/test-world";
import type { TestPhone } from "../../phone/automation/test-phone";
import { copyProject } from "../support/project";

let folder: string;
let world: TestWorld;
let phone: TestPhone;

beforeAll(async () => {
  folder = copyProject();
  execFileSync(process.execPath, ["node_modules/gulp/bin/gulp.js", "build"], {
    cwd: folder,
    env: { ...process.env, RETURN_MODE: "code", CODE_MODE_CALLERS: `${HOST_APP.appId}:${HOST_APP.name}` },
  });
  world = await openTestWorld(path.join(folder, "dist"));
  ({ phone } = world);
});
afterAll(async () => {
  await world.stop();
  fs.rmSync(folder, { recursive: true });
});
afterEach(() => expect(phone.complaints).toEqual([]));

/** Guard opens the home page, with neither path nor query. */
const openAsGuard = (caller?: string) =>
  phone.do("open", { path: "routes/explore", scene: 1069, ...(caller ? { caller } : {}) });

/** Trades a login code as the cloud that gets it would. */
async function openidOf(code: string): Promise<unknown> {
  const query = new URLSearchParams({
    appid: APPLET_APP_ID,
    secret: world.wechatAppSecret,
    js_code: code,
    grant_type: "authorization_code",
  });
  const reply = await fetch(`${world.wechatOrigin}/sns/jscode2session?${query}`);
  return ((await reply.json()) as { openid?: unknown }).openid;
}

test("a listed app gets both codes as Guard reads them, after the person confirmed and without any request", async () => {
  await phone.renew({ questions: "allow" });
  await openAsGuard(HOST_APP.appId);
  await phone.tap("allow-phone");
  await phone.sees("release");
  expect(await phone.at("confirm").count()).toBe(0);
  await phone.tap("release");
  await phone.tap("confirm");
  const codes = JSON.parse(await phone.returned()) as { code: string; phoneInfoCode: string };
  expect(codes).toEqual({ code: expect.any(String), phoneInfoCode: expect.any(String) });
  expect(await openidOf(codes.code)).toBe(world.wechat.openid("lin", APPLET_APP_ID));
  expect(phone.requests("applet")).toEqual([]);
});

test("a login code is replaced before it is four minutes old, the number's code stays", async () => {
  await phone.renew({ questions: "allow" });
  await openAsGuard(HOST_APP.appId);
  await phone.sees("allow-phone");
  await phone.do("passTime", 200_000);
  await phone.tap("allow-phone");
  await phone.tap("release");
  await phone.sees("confirm");
  const first = String(await phone.parameter("confirm"));
  await phone.do("passTime", 35_000);
  await phone.page.waitForFunction((former) => {
    const button = document.querySelector("iframe")?.contentDocument?.getElementById("confirm");
    const now = button?.getAttribute("app-parameter");
    return now && now !== former;
  }, first);
  const [before, after] = [first, String(await phone.parameter("confirm"))].map(
    (text) => JSON.parse(text) as { code: string; phoneInfoCode: string },
  );
  expect(after?.code).not.toBe(before?.code);
  expect(after?.phoneInfoCode).toBe(before?.phoneInfoCode);
});

test("cancelling hands over an empty string, which Guard takes for no answer", async () => {
  await phone.renew();
  await openAsGuard(HOST_APP.appId);
  await phone.sees("allow-phone");
  await phone.tap("cancel");
  expect(await phone.returned()).toBe("");
});

test.each([
  ["is not on the build's list", "wxsomebodyelse"],
  ["WeChat does not name", undefined],
])("an app that %s gets nothing", async (_, caller) => {
  await phone.renew({ questions: "allow" });
  await openAsGuard(caller);
  await phone.sees("notice");
  expect(await phone.at("allow-phone").count()).toBe(0);
  expect((await phone.notes()).map(({ name }) => name)).not.toContain("wx.login");
});
