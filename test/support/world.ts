import path from "node:path";
import type { Browser, FrameLocator, Page } from "playwright-core";
import type { Device } from "../../phone/src/device";
import type { PhoneHandle } from "../../phone/src/browser/shell/phone-handle";
import type { JournalEntry } from "../../phone/src/journal";
import { startWorld, type World, type WorldOptions } from "../../phone/src/world";
import { launchBrowser } from "./browser";

/** What WeChat's own compiler made of dist/; the global setup puts it there. */
const OFFICIAL_PACKAGE = path.resolve(__dirname, "../../.cache/official");

/** Everything on free ports, and a browser: once per test file. */
export async function openTestWorld(pool?: WorldOptions["pool"]) {
  const world = await startWorld({
    appletFolder: OFFICIAL_PACKAGE,
    authPort: 0,
    phonePort: 0,
    ...(pool ? { pool } : {}),
  });
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
  return {
    ...world,
    /** A phone as its page shows it at this address; nothing of an earlier one is left but the server's memory. */
    openPhone: (device: Partial<Device> = {}) => TestPhone.open(world, browser, device),
    async stop() {
      await browser.close();
      await world.stop();
    },
  };
}

export type TestWorld = Awaited<ReturnType<typeof openTestWorld>>;

/** One phone in one page of the browser, and what it did. */
export class TestPhone {
  /** Anything on the console that a phone must not have. */
  readonly complaints: string[] = [];
  readonly #from: number;

  private constructor(
    readonly page: Page,
    readonly world: World,
  ) {
    this.#from = world.journal.entries.length;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.stack ?? error.message));
  }

  static async open(world: World, browser: Browser, device: Partial<Device>): Promise<TestPhone> {
    const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, reducedMotion: "reduce" });
    const phone = new TestPhone(await context.newPage(), world);
    // Waiting proves nothing here; tests that are about time set their own.
    const quick: Partial<Device> = { loginLatency: 0, requestLatency: 0, ...device };
    const query = new URLSearchParams(Object.entries(quick).map(([name, value]) => [name, String(value)]));
    await phone.page.goto(`${world.address}/?${query}`);
    await phone.page.waitForFunction(() => window.phone !== undefined);
    return phone;
  }

  /** The applet's page. */
  get applet(): FrameLocator {
    return this.page.frameLocator("iframe");
  }

  /** The host app's screen. */
  host(selector: string, options: { hasText?: string } = {}) {
    return this.page.locator(`.host-app ${selector}`, options);
  }

  async startLogin(): Promise<void> {
    await this.host(".login").click();
  }

  /** Taps one of the applet's elements once it is there. */
  async tap(id: string): Promise<void> {
    await this.applet.locator(`#${id}`).click();
  }

  async answer(which: "yes" | "no"): Promise<void> {
    await this.page.locator(`.answers .${which}`).click();
  }

  /** Calls a method of `window.phone`. */
  do<Name extends "set" | "open" | "hide" | "end" | "passTime" | "setClockBack">(
    name: Name,
    ...parameters: Parameters<PhoneHandle[Name]>
  ): Promise<void> {
    return this.page.evaluate(
      async ([method, values]) => {
        await (window.phone![method] as (...all: unknown[]) => unknown)(...values);
      },
      [name, parameters] as const,
    );
  }

  notes() {
    return this.page.evaluate(() => window.phone!.notes);
  }

  /** The strings launchApp handed over, oldest first. */
  returned(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.phone!.returned);
  }

  /** HTTP requests since this phone was opened: `applet POST …/attempts 200`. */
  requests(from: JournalEntry["from"]): string[] {
    return this.world.journal.entries
      .slice(this.#from)
      .filter((entry) => entry.from === from)
      .map(({ method, path: place, status }) => `${method} ${place.split("/").slice(0, -1).pop()} ${status}`);
  }

  /** WeChat's endpoints the auth server called. */
  wechatCalls(): string[] {
    return this.world.journal.entries
      .slice(this.#from)
      .filter(({ to }) => to === "WeChat")
      .map(({ path: place, status }) => `${place} ${status}`);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

/** Reads a return string exactly as the documented Swift does: split at &, then at =, take the second, decode nothing. */
export function readAsSwift(extMsg: string): Record<string, string> {
  const data: Record<string, string> = {};
  for (const row of extMsg.split("&")) {
    const pairs = row.split("=");
    // pairs[1] of an array that is too short ends a Swift program.
    if (pairs[0] === undefined || pairs[1] === undefined) throw new RangeError("Index out of range");
    data[pairs[0]] = pairs[1];
  }
  return data;
}
