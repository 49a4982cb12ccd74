import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { ADMIN_TOKEN } from "../../../server/test/support/world";
import { READER_TOKEN, type Desk } from "../desk";

export function signInChapter(desk: () => Desk): void {
  test("takes an administrator's token, and says what is wrong with another", async () => {
    const page = await desk().sit();
    await page.goto("/console/audit");
    await page.getByLabel("管理员令牌").fill("not-a-token");
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("alert").getByText("令牌不对").waitFor();
    await page.getByLabel("管理员令牌").fill(`  ${ADMIN_TOKEN} `);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "审计" }).waitFor();
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      "",
    ]);
  });

  test("tells how to get in where nobody was made an administrator yet", async () => {
    const page = await desk().sit();
    await page.route("**/admin/v1/session", (route) => route.fulfill({ status: 404, json: {} }));
    await page.goto("/console");
    await page.getByText("ADMIN_TOKENS=me:$(openssl rand -hex 32)").waitFor();
    expect(await page.getByLabel("管理员令牌").count()).toBe(0);
  });

  test("leaves nothing of a session when somebody signs out", async () => {
    const page = await desk().owner("/console");
    await page.getByRole("button", { name: "退出登录" }).click();
    await page.getByRole("heading", { name: "登录控制台" }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await page.reload();
    await page.getByRole("heading", { name: "登录控制台" }).waitFor();
  });

  test("ends a planted session instead of using it", async () => {
    const page = await desk().sit();
    const planted = "A".repeat(43);
    await page.context().addCookies([{ name: "app2wxapp-console", value: planted, url: desk().origin }]);
    await page.goto("/console");
    await page.getByLabel("管理员令牌").fill(ADMIN_TOKEN);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "概览" }).waitFor();
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
    expect(cookie?.value).not.toBe(planted);
  });

  test("shows a reader everything and offers no change", async () => {
    const page = await desk().sit({ token: READER_TOKEN });
    const { id } = desk().world.pool;
    await page.goto("/console/pools");
    await page.getByRole("link", { name: id }).waitFor();
    expect(await page.getByRole("link", { name: "新建用户池" }).count()).toBe(0);
    await page.goto(`/console/pools/${id}/settings`);
    expect(await page.getByRole("radio", { name: /^PKCE/ }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "删除用户池" }).count()).toBe(0);
  });

  test("asks a stale tab for the token again, and what was typed there is kept", async () => {
    const stale = await desk().owner(`/console/pools/${desk().world.pool.id}/settings`);
    await stale.getByLabel("ticket 有效期").fill("77");
    const other = await desk().tab(stale.context());
    await other.goto("/console");
    await other.getByRole("button", { name: "退出登录" }).click();
    await other.getByRole("heading", { name: "登录控制台" }).waitFor();

    await stale.getByRole("button", { name: "保存" }).click();
    const dialog = stale.getByRole("dialog", { name: "请重新登录" });
    await dialog.getByLabel("管理员令牌").fill(ADMIN_TOKEN);
    await dialog.getByRole("button", { name: "登录" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await stale.getByLabel("ticket 有效期").inputValue()).toBe("77");
    await stale.getByRole("button", { name: "保存" }).click();
    await stale.getByText("项改动还没有保存").waitFor({ state: "detached" });
  });

  test("does not let a stale tab act for whoever signed in after it", async () => {
    const stale = await desk().owner("/console/audit");
    const other = await desk().tab(stale.context());
    await other.goto("/console");
    await other.getByRole("button", { name: "退出登录" }).click();
    await other.getByLabel("管理员令牌").fill(READER_TOKEN);
    await other.keyboard.press("Enter");
    await other.getByText("只读").waitFor();
    await stale.getByRole("button", { name: "筛选", exact: true }).click();
    await stale.getByRole("link", { name: "概览" }).click();
    const dialog = stale.getByRole("dialog");
    await dialog.getByText("换了一个人登录").waitFor();
    expect(await dialog.getByRole("button").allTextContents()).toEqual(["重新载入"]);
  });

  test("gives another site's page no way to act with the operator's session", async () => {
    const page = await desk().owner("/console");
    const { id } = desk().world.pool;
    const before = await desk().world.audit();
    const hostile = http.createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<iframe src="${desk().origin}/console"></iframe>
        <form method="post" action="${desk().origin}/admin/v1/pools/${id}/secret"><button>win</button></form>`);
    });
    await new Promise<void>((done) => hostile.listen(0, "127.0.0.1", done));
    const tab = await page.context().newPage();
    // Another site for the browser, though the same machine.
    await tab.goto(`http://localhost:${(hostile.address() as AddressInfo).port}/`);
    const asked = await tab.evaluate(
      async ([origin, pool]) => {
        const ask = (path: string, init: RequestInit) =>
          fetch(`${origin}/admin/v1${path}`, { credentials: "include", ...init }).then(
            () => "read",
            () => "unreadable",
          );
        return [
          await ask(`/pools/${pool}/secret`, { method: "POST", mode: "no-cors" }).then(() => "sent"),
          await ask(`/pools/${pool}/secret`, { method: "POST", headers: { "x-console": "1" } }),
          await ask("/pools", {}),
        ];
      },
      [desk().origin, id] as const,
    );
    expect(asked).toEqual(["sent", "unreadable", "unreadable"]);
    await tab.getByRole("button", { name: "win" }).click();
    await tab.waitForLoadState();
    expect(await desk().world.audit()).toEqual(before);
    hostile.closeAllConnections();
    hostile.close();
  });
}
