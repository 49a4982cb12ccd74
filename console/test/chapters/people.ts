import { expect, test } from "@jest/globals";
import { stranger } from "../../../server/test/support/world";
import type { Desk } from "../desk";

export function peopleChapter(desk: () => Desk): void {
  test("an import says in a dry run what it would do, and then does it", async () => {
    const pool = await desk().world.createPool({ name: "导入" });
    const page = await desk().owner(`/console/pools/${pool.id}/people`);
    await page.getByText("还没有用户").waitFor();
    await page.getByRole("button", { name: "导入" }).click();
    const dialog = page.getByRole("dialog", { name: "导入用户" });
    await dialog
      .getByLabel("名单")
      .fill("phone,nickname\n13800138100,小林\n+8613800138101\nabc,坏的\n13800138100,重复");
    await dialog.getByRole("button", { name: "试运行" }).click();
    await dialog.getByText("2 个新用户").waitFor();
    await dialog.getByText("第 4 行：手机号格式不对").waitFor();
    await dialog.getByText("第 5 行：和前面的行重复").waitFor();
    const count = async () =>
      (await desk().world.admin("GET", `/pools/${pool.id}/users`)).json<{ users: unknown[] }>().users.length;
    expect(await count()).toBe(0);
    await dialog.getByRole("button", { name: "导入 2 个用户" }).click();
    await dialog.getByText("完成，导入了 2 个用户").waitFor();
    await dialog.getByRole("button", { name: "关闭" }).click();
    await page.getByRole("link", { name: "小林" }).waitFor();
    expect(await count()).toBe(2);
    const user = await desk().world.loginWithPhone(stranger({ phone: "+8613800138100" }), pool);
    expect(user).toMatchObject({ nickname: "小林" });
  });
}
