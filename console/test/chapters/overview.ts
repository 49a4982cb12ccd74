import { expect, test } from "@jest/globals";
import { stranger } from "../../../server/test/support/world";
import type { Desk } from "../desk";

export function overviewChapter(desk: () => Desk): void {
  test("counts logins, keeps people's own time-outs out of the rate, and says why others were refused", async () => {
    const pool = await desk().world.createPool({ name: "有数的" });
    for (let n = 0; n < 3; n++) await desk().world.login(stranger(), {}, pool);
    await desk().world.attempt(stranger(), { callerAppId: "wxstranger000000" }, pool);
    await desk().world.tickets({ attempt: "A".repeat(43) }, pool);
    const page = await desk().owner("/console");
    await page.getByLabel("用户池", { exact: true }).selectOption(pool.id);
    const tile = (name: string) => page.locator(".tile", { hasText: name }).locator(".figure");
    await page.getByText("App 不在名单里").waitFor();
    expect(await tile("登录成功").textContent()).toBe("3");
    expect(await tile("成功率").textContent()).toBe("75%");
    expect(await tile("被拒绝").textContent()).toBe("1");
    await page.getByText("把它的 AppID 加到“登录页”的名单里").waitFor();
    await page.getByText("登录超时，用户没有完成").waitFor();
    await page.getByText("以表格查看").click();
    expect(await page.getByRole("table", { name: "登录" }).locator("tbody tr").allTextContents()).toEqual([
      expect.stringMatching(/311$/),
    ]);
    for (const span of ["一小时", "三十天"]) {
      await page.getByText(span).click();
      await page.getByText("App 不在名单里").waitFor();
      expect(await tile("登录成功").textContent()).toBe("3");
    }
  });
}
