import { expect, test } from "@jest/globals";
import type { Desk } from "../desk";

export function auditChapter(desk: () => Desk): void {
  test("is filtered by pool, event, person and day", async () => {
    const pool = await desk().world.createPool({ name: "被审计的" });
    await desk().world.changePool({ ticketTtlSeconds: 99 }, pool);
    const page = await desk().owner("/console/audit");
    const rows = page.locator("tbody tr");
    const filter = async () => {
      await page.getByRole("button", { name: "筛选", exact: true }).click();
      await page.locator(".waiting").first().waitFor({ state: "detached" });
    };
    await page.getByLabel("用户池").selectOption(pool.id);
    await filter();
    await rows.nth(1).waitFor();
    expect(await rows.count()).toBe(2);
    await page.getByLabel("事件").selectOption("pool.changed");
    await filter();
    await rows.getByText("ticketTtlSeconds").waitFor();
    expect(await rows.count()).toBe(1);
    await page.getByLabel("谁").fill("admin:nobody");
    await filter();
    await page.getByText("没有记录").waitFor();
    await page.getByRole("button", { name: "清除筛选" }).click();
    await rows.nth(3).waitFor();
    await page.getByLabel("到", { exact: true }).fill("2020-01-01");
    await filter();
    await page.getByText("没有记录").waitFor();
  });
}
