import { describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { useFixturePhone } from "./support";

const phone = useFixturePhone();

/** The phone in a browser of its own, until `look` is done. */
async function visit<Seen>(
  { path = "/", locale = "zh-CN", ...viewport }: { path?: string; locale?: string; width?: number; height?: number },
  look: (page: Page) => Promise<Seen>,
): Promise<Seen> {
  const { width = 1360, height = 900 } = viewport;
  const page = await phone.bench().browser.newPage({ viewport: { width, height }, locale });
  try {
    await page.goto(phone.bench().address + path);
    await page.waitForFunction(() => window.phone !== undefined);
    return await look(page);
  } finally {
    await page.close();
  }
}

const inSight = (page: Page, selector: string) =>
  page.locator(selector).evaluate((node) => {
    const { top, left, right, bottom } = node.getBoundingClientRect();
    return top >= 0 && left >= 0 && right <= window.innerWidth && bottom <= window.innerHeight;
  });

describe("the frame", () => {
  test.each([
    [1366, 650],
    [1280, 720],
    [900, 600],
    [360, 640],
    [360, 800],
  ])("fits into a window of %i × %i px with the login button in it", async (width, height) => {
    await visit({ width, height }, async (page) => {
      expect(await inSight(page, ".screen")).toBe(true);
      expect(await inSight(page, ".login")).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });

  test("goes from edge to edge where the window is a phone's", async () => {
    const box = await visit({ width: 360, height: 740 }, (page) => page.locator(".screen").boundingBox());
    expect(box).toMatchObject({ x: 0, y: 0, width: 360 });
  });
});

describe("the page's address", () => {
  test("with what the phone does not understand gets a banner, and the phone is there", async () => {
    await visit({ path: "/?colour=red&theme=sepia&textScale=1.2" }, async (page) => {
      const banner = page.getByRole("alert");
      expect((await banner.innerText()).split("\n").slice(1)).toEqual([
        "没有叫 colour 的设置",
        "theme 只能是 light, dark",
      ]);
      expect(await page.locator(".login").isVisible()).toBe(true);
      expect(await page.evaluate(() => window.phone!.device().textScale)).toBe(1.2);
    });
  });

  test("holds what was set, so that it can be sent to somebody", async () => {
    await visit({}, async (page) => {
      await page.getByLabel("深色模式").check();
      await page.reload();
      await page.waitForFunction(() => window.phone !== undefined);
      expect(await page.getByLabel("深色模式").isChecked()).toBe(true);
    });
  });
});

test.each([
  ["en-US", "Sign in to an app through a mini program", "Sign in with WeChat", "en"],
  ["fr-FR", "Sign in to an app through a mini program", "Sign in with WeChat", "en"],
  ["zh-TW", "用小程式登入 App", "微信登入", "zh-Hant"],
  ["zh-HK", "用小程式登入 App", "微信登入", "zh-Hant"],
  ["zh-CN", "用小程序登录 App", "微信登录", "zh-Hans"],
])("a browser in %s is spoken to in its language, by the page and by the app", async (locale, title, login, lang) => {
  await visit({ locale }, async (page) => {
    expect(await page.title()).toBe(title);
    expect(await page.locator(".login").innerText()).toBe(login);
    expect(await page.locator("html").getAttribute("lang")).toBe(lang);
  });
});

describe("the settings", () => {
  test("keep the keyboard where it is through every change", async () => {
    await visit({}, async (page) => {
      const slider = page.getByLabel("文字大小");
      await slider.focus();
      for (let n = 0; n < 4; n += 1) await page.keyboard.press("ArrowRight");
      expect(await page.evaluate(() => window.phone!.device().textScale)).toBe(1.4);
      expect(await slider.evaluate((node) => node === document.activeElement)).toBe(true);
    });
  });

  test("let the text size be dragged to its end in one go", async () => {
    await visit({}, async (page) => {
      const { x, y, width, height } = (await page.getByLabel("文字大小").boundingBox())!;
      await page.mouse.move(x + 8, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width - 2, y + height / 2, { steps: 12 });
      await page.mouse.up();
      expect(await page.evaluate(() => window.phone!.device().textScale)).toBe(1.4);
    });
  });

  test("keep long names beside their labels, in each language", async () => {
    for (const locale of ["en-US", "zh-CN", "zh-TW"])
      await visit({ locale, width: 1190, path: "/?person=chan" }, async (page) => {
        await page.locator("details summary").click();
        const wrong = await page.evaluate(() =>
          [...document.querySelectorAll(".row")].flatMap((row) => {
            const [label, control] = [...row.children].map((child) => child.getBoundingClientRect());
            const fits = label!.right <= control!.left && control!.right <= row.getBoundingClientRect().right + 0.5;
            return fits ? [] : [row.textContent?.trim().slice(0, 30)];
          }),
        );
        expect(wrong).toEqual([]);
      });
  });
});

describe("the keyboard", () => {
  test("does not reach the app behind the applet", async () => {
    await phone.open();
    expect(
      await phone
        .page()
        .locator(".host-app")
        .evaluate((node) => (node as HTMLElement).inert),
    ).toBe(true);
    await phone.act((handle) => handle.hide());
    expect(
      await phone
        .page()
        .locator(".host-app")
        .evaluate((node) => (node as HTMLElement).inert),
    ).toBe(false);
  });

  test("goes into WeChat's sheet, stays there, and comes back to the applet", async () => {
    await phone.open();
    await phone.applet().locator("#phone").press("Enter");
    const sheet = phone.page().getByRole("dialog", { name: "夹具 申请获取并验证你的手机号" });
    await sheet.waitFor();
    const where = () =>
      phone.page().evaluate(() => {
        const { activeElement } = document;
        return activeElement?.closest("[role=dialog]") ? activeElement.className : activeElement?.localName;
      });
    expect(await where()).toBe("sheet");
    await phone.page().keyboard.press("Tab");
    expect(await where()).toBe("no");
    await phone.page().keyboard.press("Tab");
    expect(await where()).toBe("yes");
    await phone.page().keyboard.press("Enter");
    expect(await phone.answers()).toEqual([expect.objectContaining({ errMsg: "getPhoneNumber:ok" })]);
    expect(await where()).toBe("iframe");
    expect(
      await phone
        .applet()
        .locator("#phone")
        .evaluate((node) => node === document.activeElement),
    ).toBe(true);
  });

  test("refuses by Escape", async () => {
    await phone.open();
    await phone.tap("phone");
    await phone.page().getByRole("dialog").waitFor();
    await phone.page().keyboard.press("Escape");
    expect(await phone.answers()).toEqual([{ errMsg: "getPhoneNumber:fail user deny" }]);
  });
});
