import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import type { Desk } from "../desk";

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("项改动还没有保存").waitFor({ state: "detached" });
}

export function settingsChapter(desk: () => Desk): void {
  const stored = async (id: string) =>
    (await desk().world.admin("GET", `/pools/${id}`)).json<{ pool: Record<string, unknown> }>().pool;

  test("each can be changed, and only what was changed is sent", async () => {
    const { id } = await desk().world.createPool({ name: "改设置" });
    const page = await desk().owner(`/console/pools/${id}/settings`);
    await page.getByRole("radio", { name: /^PKCE/ }).check();
    await page.getByLabel("ticket 有效期").fill("60");
    await page.getByRole("radio", { name: /^信封/ }).check();
    await page.getByRole("radio", { name: /^总是/ }).check();
    await page.getByRole("checkbox", { name: /允许用户不提供/ }).check();
    await page.getByLabel("验证过的号码多久内不再询问").fill("30");
    await page.getByRole("checkbox", { name: /只许已有用户登录/ }).check();
    await page.getByLabel("多久内可以找回").fill("3");
    await page.getByLabel("有效期", { exact: true }).fill("7");
    await page.getByRole("button", { name: "添加协议" }).click();
    await page.getByLabel("标题").fill("服务协议");
    await page.getByLabel("版本").fill("2026-03");
    await page.getByLabel("正文").fill("第一条");
    await page.getByRole("button", { name: "其他语言 正文" }).click();
    await page.getByLabel("正文 · English").fill("First");
    await save(page);
    expect(await stored(id)).toMatchObject({
      exchange: "pkce",
      requirePkce: true,
      ticketTtlSeconds: 60,
      responseStyle: "envelope",
      phone: "always",
      phoneOptional: true,
      phoneMaxAgeDays: 30,
      loginOnly: true,
      deletionGraceDays: 3,
      tokenTtlSeconds: 7 * 86_400,
      agreements: [{ title: "服务协议", version: "2026-03", text: { "zh-CN": "第一条", en: "First" }, required: true }],
    });
    const changed = (await desk().world.audit({ id, secret: "", tokenKey: "" })).at(-1);
    expect(changed?.details["fields"]).not.toContain("name");
  });

  test("says the risk of a ticket alone where it is chosen", async () => {
    const { id } = await desk().world.createPool();
    const page = await desk().owner(`/console/pools/${id}/settings`);
    await page.getByRole("radio", { name: /^仅凭 ticket/ }).check();
    expect(
      await page.getByRole("radio", { name: /^仅凭 ticket/ }).evaluate((radio) => radio.closest("label")?.textContent),
    ).toContain("谁先换取谁就登录了");
  });

  test("takes an AppSecret and never shows it again", async () => {
    const { id } = await desk().world.createPool();
    const page = await desk().owner(`/console/pools/${id}/settings`);
    await page.getByRole("radio", { name: /^自己的小程序/ }).check();
    await page.getByLabel("小程序 AppID").fill("wxown0000000000b");
    await page.getByLabel("小程序 AppSecret").fill("appsecret-that-is-written-only-1");
    desk().world.secrets.watch("appsecret-that-is-written-only-1");
    await save(page);
    await page.getByText("已保存，加密存放，不再显示").waitFor();
    expect(await page.getByLabel("小程序 AppSecret").inputValue()).toBe("");
    expect(await stored(id)).toMatchObject({ wechatAppId: "wxown0000000000b" });
    await page.getByRole("radio", { name: /^共用小程序/ }).check();
    await save(page);
    expect(await stored(id)).toMatchObject({ wechatAppId: null });
  });

  test("does not write over what another operator changed meanwhile", async () => {
    const pool = await desk().world.createPool({ name: "两个人" });
    const page = await desk().owner(`/console/pools/${pool.id}/settings`);
    await page.getByLabel("ticket 有效期").waitFor();
    await desk().world.pass(1000);
    await desk().world.changePool({ ticketTtlSeconds: 45 }, pool);
    await page.getByLabel("ticket 有效期").fill("90");
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("别人改了这个用户池").waitFor();
    expect(await stored(pool.id)).toMatchObject({ ticketTtlSeconds: 45 });
  });

  test("asks before a link takes unsaved changes away, and stays if told to", async () => {
    const { id } = await desk().world.createPool();
    const page = await desk().owner(`/console/pools/${id}/settings`);
    await page.getByLabel("ticket 有效期").fill("90");
    page.once("dialog", (dialog) => void dialog.dismiss());
    await page.getByRole("link", { name: "密钥" }).click();
    expect(await page.getByLabel("ticket 有效期").inputValue()).toBe("90");
    await page.getByRole("button", { name: "放弃改动" }).click();
    expect(await page.getByLabel("ticket 有效期").inputValue()).toBe("120");
    await page.getByRole("link", { name: "密钥" }).click();
    await page.getByRole("heading", { name: "用户池密钥" }).waitFor();
  });
}
