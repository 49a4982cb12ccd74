import { expect, test } from "@jest/globals";
import { barriers, type Desk } from "../desk";

/** English has the longest words, and 360 px the least room; the others take their time in the soak. */
const LOOKS = [
  { colorScheme: "dark", locale: "en-US", viewport: { width: 360, height: 780 } },
  { colorScheme: "light", locale: "zh-CN", viewport: { width: 1440, height: 900 } },
  { colorScheme: "light", locale: "en-US", viewport: { width: 768, height: 1024 } },
  { colorScheme: "dark", locale: "zh-CN", viewport: { width: 1440, height: 900 } },
].slice(0, process.env["SOAK"] ? undefined : 1) as {
  colorScheme: "light" | "dark";
  locale: string;
  viewport: { width: number; height: number };
}[];

export function everybodyChapter(desk: () => Desk): void {
  const views = (): string[] => {
    const pool = `/console/pools/${desk().world.pool.id}`;
    return [
      "/console",
      "/console/pools",
      "/console/pools/new",
      "/console/audit",
      ...["integrate", "people", "brand", "settings", "keys"].map((tab) => `${pool}/${tab}`),
    ];
  };

  test.each(LOOKS)("can be read and reached by everybody: $colorScheme, $locale, $viewport.width px", async (how) => {
    const page = await desk().owner("/console", how);
    for (const path of views()) {
      await page.goto(path);
      await page.locator("h1").waitFor();
      await page.locator(".waiting").first().waitFor({ state: "detached" });
      expect({ path, barriers: await barriers(page) }).toEqual({ path, barriers: [] });
      const open = page.locator(".tabs [aria-current]");
      const isOut = await open.evaluateAll((tabs) =>
        tabs.some((tab) => tab.getBoundingClientRect().right > innerWidth),
      );
      expect({ path, isOut }).toEqual({ path, isOut: false });
    }
  });

  test("the sign-in page can be read and reached by everybody", async () => {
    const page = await desk().sit({ viewport: { width: 360, height: 640 }, colorScheme: "dark" });
    await page.goto("/console");
    await page.getByLabel("管理员令牌").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  test("works by keyboard: past the menu, through the tabs, into a dialog and back", async () => {
    const page = await desk().owner(`/console/pools/${desk().world.pool.id}/keys`);
    const replace = page.getByRole("button", { name: "更换密钥" });
    await replace.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "content");
    await replace.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    expect(await dialog.evaluate((node) => node.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await replace.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.getByRole("link", { name: "设置" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "微信小程序" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  });

  test("speaks the language and wears the light the operator chose, after a reload too", async () => {
    const page = await desk().owner("/console");
    await page.getByLabel("语言").selectOption("en");
    await page.getByLabel("Appearance").selectOption("dark");
    await page.reload();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    expect(
      await page.evaluate(() => [
        document.documentElement.lang,
        getComputedStyle(document.documentElement).colorScheme,
      ]),
    ).toEqual(["en", "dark"]);
  });
}
