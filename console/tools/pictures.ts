import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { openTestWorld, type TestWorld } from "../../phone/automation/test-world";
import { seed, type Seeded } from "./seed";
import { VIEWS, type View } from "./views";

const HERE = createRequire(__filename).resolve("@app2wxapp/console/package.json");
const FOLDER = path.join(path.dirname(HERE), "../docs/pictures/console");
const FONTS = path.dirname(createRequire(__filename).resolve("@fontsource-variable/noto-sans-sc/package.json"));

interface Look {
  locale: "zh-CN" | "en-US";
  colorScheme: "light" | "dark";
  width: number;
  height: number;
}

const DESKTOP = { width: 1280, height: 820 };
const LOOKS: readonly Look[] = [
  { locale: "zh-CN", colorScheme: "light", ...DESKTOP },
  { locale: "zh-CN", colorScheme: "dark", ...DESKTOP },
  { locale: "en-US", colorScheme: "light", ...DESKTOP },
  { locale: "en-US", colorScheme: "dark", ...DESKTOP },
];
const PHONE: Look = { locale: "zh-CN", colorScheme: "light", width: 360, height: 760 };

/** Makes a sheet of each view, light and dark in both languages, and one of all views on a phone. */
async function main(): Promise<void> {
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.mkdirSync(FOLDER, { recursive: true });
  const world = await openTestWorld();
  try {
    const seeded = await seed(world);
    const session = await signIn(world);
    const narrow: string[] = [];
    for (const view of VIEWS) {
      const shots: string[] = [];
      for (const look of LOOKS) shots.push(await pictureOf(world, { seeded, session }, view, look));
      await sheet(world, shots, { columns: 2, width: 640 }, `${view.name}.jpg`);
      narrow.push(await pictureOf(world, { seeded, session }, view, PHONE));
    }
    await sheet(world, narrow, { columns: 6, width: 240 }, "phone.jpg");
  } finally {
    await world.stop();
  }
}

type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** One session for all pictures: the audit log tells of each. */
async function signIn({ browser, adminOrigin, adminToken }: TestWorld): Promise<Session> {
  const context = await browser.newContext();
  const headers = { "x-console": "1" };
  await context.request.post(`${adminOrigin}/admin/v1/session`, { data: { token: adminToken }, headers });
  const session = await context.storageState();
  await context.close();
  return session;
}

interface Shown {
  seeded: Seeded;
  session: Session;
}

/** One view as a data address. */
async function pictureOf(world: TestWorld, { seeded, session }: Shown, view: View, look: Look): Promise<string> {
  const { locale, colorScheme, width, height } = look;
  // The policy of the page would not let the font in that machines without a Chinese one need.
  const context = await world.browser.newContext({
    locale,
    colorScheme,
    viewport: { width, height },
    bypassCSP: true,
    reducedMotion: "reduce",
    ...(view.signedIn !== false && { storageState: session }),
  });
  const page = await context.newPage();
  await useFont(context, page);
  await view.before?.(page, seeded);
  await page.goto(`${world.adminOrigin}/console${view.path(seeded)}`);
  await page.locator("h1").waitFor();
  await page.locator(".waiting").first().waitFor({ state: "detached" });
  await view.reach?.(page, seeded);
  await page.evaluate(() => document.fonts.ready);
  const picture = await page.screenshot({ type: "jpeg", quality: 88 });
  await context.close();
  return `data:image/jpeg;base64,${picture.toString("base64")}`;
}

async function useFont(context: BrowserContext, page: Page): Promise<void> {
  await context.route("**/noto/**", (route) => {
    const [, name = ""] = new URL(route.request().url()).pathname.split("/noto/");
    return route.fulfill({ path: path.join(FONTS, name) });
  });
  await page.addInitScript(() => {
    addEventListener("DOMContentLoaded", () => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = "/noto/index.css";
      document.head.append(link);
      const style = document.createElement("style");
      // The Chinese font draws English quotation marks as wide as a character.
      style.textContent = `
        @font-face { font-family: Quotes; src: local("DejaVu Sans"); unicode-range: U+2018-201D }
        :root { --sans: "Noto Sans SC Variable", sans-serif }
        :root:lang(en) { --sans: Quotes, "Noto Sans SC Variable", sans-serif }`;
      document.head.append(style);
    });
  });
}

async function sheet(
  { browser }: TestWorld,
  shots: readonly string[],
  { columns, width }: { columns: number; width: number },
  file: string,
): Promise<void> {
  const page = await browser.newPage();
  const images = shots.map((shot) => `<img src="${shot}">`).join("");
  await page.setContent(`<!doctype html><style>
    body { display: inline-grid; grid-template-columns: repeat(${columns}, ${width}px); gap: 16px; margin: 0; padding: 16px; background: #d9dcdb }
    img { display: block; width: 100%; border-radius: 6px; box-shadow: 0 0 0 1px rgb(0 0 0 / 12%) }
  </style>${images}`);
  await page.locator("body").screenshot({ path: path.join(FOLDER, file), type: "jpeg", quality: 72 });
  await page.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
