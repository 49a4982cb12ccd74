import { expect, test } from "@jest/globals";
import { stranger } from "../../../server/test/support/world";
import { hasRows, READER_TOKEN, type Desk } from "../desk";

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

  /** Somebody with a number, a unionid and three logins, one of them refused. */
  async function regular(number: string) {
    const pool = await desk().world.createPool({ name: "常客" });
    const person = stranger({ phone: `+86${number}` });
    const { _id: id } = await desk().world.loginWithPhone(person, pool);
    const { token } = await desk().world.login(person, {}, pool);
    return { pool, person, id: String(id), token: String(token) };
  }
  const active = async (pool: { id: string; secret: string }, token: string) =>
    (await desk().world.call("POST", `/oauth/introspect/${pool.id}`, { body: { token, secret: pool.secret } })).json<{
      active: boolean;
    }>().active;

  test("are found by phone in any spelling, openid, unionid and id, and a masked number stays masked", async () => {
    const { pool, person, id } = await regular("13700137301");
    await desk().world.loginWithPhone(stranger({ phone: "+8613700137302" }), pool);
    const page = await desk().owner(`/console/pools/${pool.id}/people`);
    await hasRows(page, 2);
    const ways = [
      ["137 0013 7301", "phone"],
      [person.openid, "openid"],
      [String(person.unionid), "unionid"],
      [id, "id"],
    ] as const;
    for (const [text, kind] of ways) {
      await page.getByLabel("查找用户").fill(text);
      await page.getByLabel("这是").selectOption(kind);
      await page.getByRole("button", { name: "查找", exact: true }).click();
      await hasRows(page, 1);
      expect({ kind, found: await page.getByRole("link", { name: id }).count() }).toEqual({ kind, found: 1 });
      expect(await page.content()).not.toContain("13700137301");
      await page.getByRole("button", { name: "显示全部" }).click();
      await hasRows(page, 2);
    }
    await page.getByLabel("查找用户").fill("13900000000");
    await page.getByRole("button", { name: "查找", exact: true }).click();
    await page.getByText("没有找到").waitFor();
  });

  test("show their logins with app and outcome, and their number only to who asks, which is audited", async () => {
    const { pool, id } = await regular("13700137303");
    const page = await desk().owner(`/console/pools/${pool.id}/people/${id}`);
    await page
      .getByRole("row", { name: /示例应用.*成功/ })
      .first()
      .waitFor();
    expect(await page.getByRole("row", { name: /示例应用.*成功/ }).count()).toBe(2);
    expect(await page.content()).not.toContain("13700137303");
    await page.getByRole("button", { name: "显示完整号码" }).click();
    await page.getByText("+8613700137303").waitFor();
    expect((await desk().world.audit(pool)).at(-1)).toMatchObject({
      event: "user.phone_shown",
      actor: "admin:ada",
      subject: id,
    });
  });

  test("never show a whole number to a reader", async () => {
    const { pool, id } = await regular("13700137307");
    const page = await desk().sit({ token: READER_TOKEN });
    await page.goto(`/console/pools/${pool.id}/people/${id}`);
    await page.getByText("137****7307").waitFor();
    expect(await page.getByRole("button", { name: "显示完整号码" }).count()).toBe(0);
  });

  test("are blocked and unblocked, and a blocked one cannot sign in", async () => {
    const { pool, person, id } = await regular("13700137304");
    const page = await desk().owner(`/console/pools/${pool.id}/people/${id}`);
    await page.getByRole("button", { name: "封禁", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "封禁" }).click();
    await page.getByText("已封禁。").waitFor();
    expect((await desk().world.attempt(person, {}, pool)).statusCode).toBe(403);
    await page.getByRole("button", { name: "解封" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "解封" }).click();
    await page.getByText("已解封。").waitFor();
    expect((await desk().world.attempt(person, {}, pool)).statusCode).toBe(200);
  });

  test("are signed out everywhere: no token so far stays active", async () => {
    const { pool, id, token } = await regular("13700137305");
    expect(await active(pool, token)).toBe(true);
    await desk().world.pass(2000);
    const page = await desk().owner(`/console/pools/${pool.id}/people/${id}`);
    await page.getByRole("button", { name: "在所有地方退出" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "在所有地方退出" }).click();
    await page.getByText("已在所有地方退出。").waitFor();
    expect(await active(pool, token)).toBe(false);
    expect(await page.content()).not.toContain("13700137305");
  });

  test("are erased only when their id was typed, and then are nowhere", async () => {
    const { pool, id } = await regular("13700137306");
    const page = await desk().owner(`/console/pools/${pool.id}/people/${id}`);
    await page.getByRole("button", { name: "抹除" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "抹除" }).isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill(id);
    await dialog.getByRole("button", { name: "抹除" }).click();
    await page.getByText("已经抹除。").waitFor();
    expect((await desk().world.admin("GET", `/pools/${pool.id}/users/${id}`)).statusCode).toBe(404);
  });
}
