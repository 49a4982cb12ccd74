import { expect, test } from "@jest/globals";
import { hasRows, type Desk } from "../desk";

export function auditChapter(desk: () => Desk): void {
  test("is filtered by pool, event, person and day", async () => {
    const pool = await desk().world.createPool({ name: "被审计的" });
    await desk().world.changePool({ ticketTtlSeconds: 99 }, pool);
    const page = await desk().owner("/console/audit");
    const filter = () => page.getByRole("button", { name: "筛选", exact: true }).click();
    await page.getByLabel("用户池").selectOption(pool.id);
    await filter();
    await hasRows(page, 2);
    await page.getByLabel("事件").selectOption("pool.changed");
    await filter();
    await hasRows(page, 1);
    expect(await page.locator("tbody tr").textContent()).toContain("ticketTtlSeconds");
    await page.getByLabel("谁").fill("admin:nobody");
    await filter();
    await page.getByText("没有记录").waitFor();
    await page.getByRole("button", { name: "清除筛选" }).click();
    await page.locator("tbody tr").nth(3).waitFor();
    await page.getByLabel("到", { exact: true }).fill("2020-01-01");
    await filter();
    await page.getByText("没有记录").waitFor();
  });
}
