import { expect, test } from "@jest/globals";
import type { Desk } from "../desk";

export function brandChapter(desk: () => Desk): void {
  test("an app gets its name, colour and reasons, and the preview shows them at once", async () => {
    const { id } = await desk().world.createPool({ name: "云杉会员", allowedApps: [] });
    const page = await desk().owner(`/console/pools/${id}/brand`);
    const preview = page.getByRole("complementary", { name: "登录页预览" });
    await page.getByRole("button", { name: "添加 App" }).click();
    const app = page.locator(".app").last();
    await app.getByLabel("AppID").fill("wxapp00000000002");
    await app.getByLabel("App 名称").fill("云杉咖啡");
    await app.getByRole("button", { name: "其他语言 App 名称" }).click();
    await app.getByLabel("App 名称 · English").fill("Spruce Coffee");
    await app.getByRole("textbox", { name: "主色" }).fill("#8a3b12");
    await app.getByLabel("手机号的用途").fill("用于找回会员");
    await preview.getByText("登录云杉咖啡").waitFor();
    await preview.getByText("用于找回会员").waitFor();
    await preview.getByText("账号服务由「云杉会员」提供").waitFor();
    expect(await preview.locator(".act").evaluate((act) => getComputedStyle(act).backgroundColor)).toBe(
      "rgb(138, 59, 18)",
    );
    await preview.getByText("En", { exact: true }).click();
    await preview.getByText("Sign in to Spruce Coffee").waitFor();
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("项改动还没有保存").waitFor({ state: "detached" });
    expect((await desk().world.admin("GET", `/pools/${id}`)).json()).toMatchObject({
      pool: {
        allowedApps: [
          {
            appId: "wxapp00000000002",
            name: { "zh-CN": "云杉咖啡", en: "Spruce Coffee" },
            color: "#8a3b12",
            reasons: { phone: "用于找回会员" },
          },
        ],
      },
    });
  });

  test("a colour on which white cannot be read is refused before it is sent", async () => {
    const { id } = await desk().world.createPool();
    const page = await desk().owner(`/console/pools/${id}/brand`);
    await page.getByRole("textbox", { name: "主色" }).last().fill("#ffcc00");
    await page.getByText("至少要 4.5").waitFor();
    expect(await page.getByRole("button", { name: "保存" }).isDisabled()).toBe(true);
  });

  test("opening it to any app says the risk, and coming back to a list refuses the nameless again", async () => {
    const { id } = await desk().world.createPool();
    const page = await desk().owner(`/console/pools/${id}/brand`);
    await page.getByRole("radio", { name: /^任何 App/ }).check();
    await page.getByRole("radio", { name: /^只有名单里的 App/ }).check();
    expect(await page.getByRole("radio", { name: /^拒绝/ }).isChecked()).toBe(true);
  });
}
