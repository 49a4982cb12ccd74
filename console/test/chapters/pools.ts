import { expect, test } from "@jest/globals";
import { Refusal } from "../../../server/src/refusal";
import { ADMIN_TOKEN } from "../../../server/test/support/world";
import type { Desk } from "../desk";

export function poolsChapter(desk: () => Desk): void {
  test("an operator creates one with an own mini program, and sees its secrets this once", async () => {
    const page = await desk().owner("/console/pools/new");
    await page.getByLabel("名称", { exact: true }).fill("新产品");
    await page.getByRole("radio", { name: /^自己的小程序/ }).check();
    await page.getByLabel("小程序 AppID").fill("wxown0000000000a");
    await page.getByLabel("小程序 AppSecret").fill("appsecret-of-our-own-applet-0001");
    await page.getByLabel("小程序原始 ID").fill("gh_0123456789ab");
    await page.getByLabel("AppID", { exact: true }).fill("wxapp00000000001");
    await page.getByLabel("App 名称").fill("新产品 App");
    await page.getByRole("button", { name: "创建用户池" }).click();
    await page.getByRole("heading", { name: "用户池已创建" }).waitFor();

    const codes = await page.locator(".copy code").allTextContents();
    expect(codes).toEqual([
      expect.stringMatching(/^[0-9a-f]{24}$/),
      expect.stringMatching(/^[\w-]{43}$/),
      expect.stringMatching(/^[\w-]{43}$/),
    ]);
    const [id = "", secret = "", tokenKey = ""] = codes;
    desk().world.secrets.watch(secret, tokenKey, "appsecret-of-our-own-applet-0001");
    expect(await page.getByRole("link", { name: "下一步：接入" }).count()).toBe(0);
    await page.getByRole("checkbox", { name: /已经把它们保存/ }).check();
    await page.getByRole("link", { name: "下一步：接入" }).click();
    await page
      .getByText(`routes/explore?userPoolId=${id}&getPhone=1&fromApp=1&useSelfWxapp=1`, { exact: true })
      .waitFor();
    for (const tab of ["接入", "设置", "密钥"]) {
      await page.getByRole("link", { name: tab, exact: true }).click();
      expect(await page.content()).not.toContain(secret);
    }
    expect(await page.content()).not.toContain("appsecret-of-our-own");
    expect((await desk().world.admin("GET", `/pools/${id}`)).json()).toMatchObject({
      pool: {
        name: "新产品",
        wechatAppId: "wxown0000000000a",
        wechatUserName: "gh_0123456789ab",
        allowedApps: [{ appId: "wxapp00000000001", name: "新产品 App" }],
        missingCaller: "deny",
      },
    });
  });

  test("copies a secret, and says so", async () => {
    const page = await desk().owner(`/console/pools/${desk().world.pool.id}/integrate`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByRole("button", { name: "复制 路径" }).click();
    await page.getByRole("button", { name: "已复制 路径" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      `routes/explore?userPoolId=${desk().world.pool.id}&`,
    );
  });

  test("says the risk of any app, and offers no exchange without a secret there", async () => {
    const page = await desk().owner("/console/pools/new");
    await page.getByRole("radio", { name: /^任何 App/ }).check();
    await page.getByText("风险：陌生人的 App 可以打开你的登录页").waitFor();
    for (const name of [/^PKCE/, /^仅凭 ticket/])
      expect(await page.getByRole("radio", { name }).isDisabled()).toBe(true);
  });

  test("warns before secrets that were not stored are left behind", async () => {
    const page = await desk().owner("/console/pools/new");
    await page.getByLabel("名称", { exact: true }).fill("没存密钥");
    await page.getByRole("button", { name: "创建用户池" }).click();
    await page.getByRole("heading", { name: "用户池已创建" }).waitFor();
    desk().world.secrets.watch(...(await page.locator(".copy code").allTextContents()).slice(1));
    const question = page.waitForEvent("dialog").then(async (dialog) => {
      const message = dialog.message();
      await dialog.dismiss();
      return message;
    });
    await page.getByRole("link", { name: "审计" }).click();
    expect(await question).toContain("再也看不到");
    await page.getByRole("heading", { name: "用户池已创建" }).waitFor();
  });

  test("replaces the secret after a warning, shows the new one once, and the former no longer works", async () => {
    const pool = await desk().world.createPool({ name: "换密钥" });
    const page = await desk().owner(`/console/pools/${pool.id}/keys`);
    await page.getByRole("button", { name: "更换密钥" }).click();
    const question = page.getByRole("dialog", { name: "更换用户池密钥？" });
    await question.getByText("旧密钥立刻失效").waitFor();
    await question.getByRole("button", { name: "更换密钥" }).click();
    const shown = page.getByRole("dialog", { name: "新的用户池密钥" });
    const secret = (await shown.locator("code").textContent()) ?? "";
    desk().world.secrets.watch(secret);
    await page.keyboard.press("Escape");
    await shown.getByRole("button", { name: "已保存" }).click();
    await shown.waitFor({ state: "detached" });
    const revoke = (given: string) =>
      desk().world.call("POST", `/oauth/introspect/${pool.id}`, { body: { token: "x", secret: given } });
    expect([(await revoke(pool.secret)).statusCode, (await revoke(secret)).statusCode]).toEqual([401, 200]);
  });

  test("deletes one only when its name was typed", async () => {
    const pool = await desk().world.createPool({ name: "要删除的" });
    const page = await desk().owner(`/console/pools/${pool.id}/settings`);
    await page.getByRole("button", { name: "删除用户池" }).click();
    const dialog = page.getByRole("dialog", { name: "删除「要删除的」？" });
    const act = dialog.getByRole("button", { name: "删除用户池" });
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("要删除");
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("要删除的");
    await act.click();
    await page.getByRole("heading", { name: "用户池", exact: true }).waitFor();
    expect((await desk().world.admin("GET", `/pools/${pool.id}`)).statusCode).toBe(404);
    expect(await page.getByRole("link", { name: pool.id }).count()).toBe(0);
  });

  test("says so when there is no such pool, and offers another try when the server cannot be reached", async () => {
    const page = await desk().owner(`/console/pools/${"0".repeat(24)}/settings`);
    await page.getByText("没有这个用户池").waitFor();
    await page.route("**/admin/v1/pools?*", (route) => route.abort());
    await page.getByRole("link", { name: "用户池", exact: true }).first().click();
    await page.getByText("连不上服务器").waitFor();
    await page.unroute("**/admin/v1/pools?*");
    desk().complaints.length = 0;
    await page.getByRole("button", { name: "重试" }).click();
    const link = page.getByRole("link", { name: desk().world.pool.id });
    await link.waitFor();
    expect(await page.getByText("连不上服务器").count()).toBe(0);
  });

  test("rotates a token key in two steps, and shows the new one once", async () => {
    const pool = await desk().world.createPool({ name: "轮换" });
    const page = await desk().owner(`/console/pools/${pool.id}/keys`);
    await page.getByRole("button", { name: "发布新密钥" }).click();
    await page
      .getByRole("dialog")
      .getByRole("radio", { name: /^一天后/ })
      .check();
    await page.getByRole("dialog").getByRole("button", { name: "发布新密钥" }).click();
    const shown = page.getByRole("dialog", { name: "新的 token 密钥" });
    const key = (await shown.locator("code").textContent()) ?? "";
    desk().world.secrets.watch(key);
    await shown.getByRole("button", { name: "已保存" }).click();
    await page.getByText("已发布，等待签名").waitFor();
    const stored = async () =>
      (await desk().world.admin("GET", `/pools/${pool.id}`)).json<{ pool: { kid: string; nextKid: string | null } }>()
        .pool;
    const { kid, nextKid } = await stored();
    await page.getByText(String(nextKid)).waitFor();
    await page.getByRole("button", { name: "现在就用它签名" }).click();
    await page.getByRole("dialog").getByText("会验证失败").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "现在就用它签名" }).click();
    await page.getByText("已发布，等待签名").waitFor({ state: "detached" });
    expect(await stored()).toMatchObject({ kid: nextKid, nextKid: null });
    expect(await page.content()).not.toContain(key);
    expect(kid).not.toBe(nextKid);
  });

  test("has its WeChat credentials checked, and an errcode explains itself", async () => {
    const { wechat, pool } = desk().world;
    const page = await desk().owner(`/console/pools/${pool.id}/integrate`);
    const check = () => page.getByRole("button", { name: /检查/ }).click();
    await check();
    await page.getByText("微信认可 wxshared000000000 的凭据").waitFor();
    const refused = (errcode: number, more = {}) =>
      new Refusal("wechat.misconfigured", { cause: { endpoint: "stable_token", errcode, ...more } });
    wechat.refusesCredentials = refused(40164, { ip: "203.0.113.7" });
    await check();
    await page.getByText("服务器的 IP 不在白名单").waitFor();
    await page.getByText("微信看到的 IP 是 203.0.113.7").waitFor();
    wechat.refusesCredentials = refused(40125);
    await check();
    await page.getByText("重置 AppSecret，再填到“设置”里").waitFor();
    wechat.refusesCredentials = refused(12345);
    await check();
    await page.getByText("微信没有写明的错误").waitFor();
    wechat.refusesCredentials = new Refusal("wechat.unavailable");
    await check();
    const alert = page.getByRole("alert");
    await alert.getByText("微信没有应答").waitFor();
    expect(await alert.textContent()).toContain("api.weixin.qq.com");
    wechat.refusesCredentials = undefined;
  });

  test("shows how far a deletion came, and when it is over", async () => {
    const deletion = {
      poolId: "a".repeat(24),
      name: "大池",
      actor: "admin:ada",
      state: "running",
      usersDeleted: 400_000,
      usersTotal: 1_000_000,
      startedAt: Date.now(),
      finishedAt: null as number | null,
    };
    const page = await desk().sit({ token: ADMIN_TOKEN });
    await page.route("**/admin/v1/deletions*", (route) => route.fulfill({ json: { deletions: [deletion] } }));
    await page.goto("/console/pools");
    await page.getByText("已删除 400,000 / 1,000,000 个用户").waitFor();
    expect(await page.getByRole("progressbar").evaluate((bar) => (bar as HTMLProgressElement).value)).toBe(400_000);
    Object.assign(deletion, { state: "done", finishedAt: Date.now() });
    await page.getByText("「大池」已经删除。").waitFor();
  });

  test("has a button for the browser phone where one runs, and only there", async () => {
    const { id } = desk().world.pool;
    const page = await desk().owner(`/console/pools/${id}/integrate`);
    await page.getByText("上线前检查").waitFor();
    expect(await page.getByRole("link", { name: "打开浏览器手机" }).count()).toBe(0);
    await page.route("**/admin/v1/surroundings", async (route) => {
      const json = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...json, phoneOrigin: "http://127.0.0.1:4690" } });
    });
    await page.reload();
    expect(await page.getByRole("link", { name: "打开浏览器手机" }).getAttribute("href")).toBe(
      `http://127.0.0.1:4690/?pool=${id}&app=wxcaller00000000`,
    );
  });
}
