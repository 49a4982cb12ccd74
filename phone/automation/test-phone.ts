import type { Browser, FrameLocator, Page } from "playwright-core";
import type { PhoneHandle } from "../src/browser/shell/phone-handle";
import { NEW_DEVICE, type Device } from "../src/device";
import type { JournalEntry } from "../src/journal";
import { HOST_APP, type World } from "../demo/world";

/** How an app opens the applet, where it differs from a proper login with a number. */
export interface AppLaunch {
  getPhone?: boolean;
  /** Path without the query. */
  path?: string;
  /** Parameters to add or replace; undefined leaves one out. */
  query?: Record<string, string | undefined>;
  scene?: number;
  caller?: string;
}

/** One phone in one page of the browser, and what it did. */
export class TestPhone {
  /** Anything on the console that a phone must not have. */
  readonly complaints: string[] = [];
  #from = { requests: 0, notes: 0, returned: 0 };

  private constructor(
    readonly page: Page,
    readonly world: World,
  ) {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.stack ?? error.message));
  }

  static async open(world: World, browser: Browser): Promise<TestPhone> {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 900 },
      reducedMotion: "reduce",
      locale: "zh-CN",
    });
    const phone = new TestPhone(await context.newPage(), world);
    await phone.page.goto(world.address);
    await phone.page.waitForFunction(() => window.phone !== undefined);
    return phone;
  }

  /** A phone as new. Its person's accounts are still on the server. */
  async renew(device: Partial<Device> = {}): Promise<void> {
    this.complaints.length = 0;
    // Waiting proves nothing here; tests that are about time set their own.
    const settings: Device = { ...NEW_DEVICE, loginLatency: 0, requestLatency: 0, ...device };
    const past = await this.page.evaluate(async (all) => {
      const { end, set, restart, notes, returned } = window.phone!;
      end();
      await set(all);
      restart();
      return { notes: notes.length, returned: returned.length };
    }, settings);
    this.#from = { ...past, requests: this.world.journal.entries.length };
  }

  /** The applet's page. */
  get applet(): FrameLocator {
    return this.page.frameLocator("iframe");
  }

  /** The host app's screen. */
  host(selector: string, options: { hasText?: string } = {}) {
    return this.page.locator(`.host-app ${selector}`, options);
  }

  /** The host app's own button. */
  async startLogin(): Promise<void> {
    await this.host(".login").click();
  }

  /** Another app, or the host app by hand, opens the applet for a pool. */
  async launch(
    userPoolId: string,
    { getPhone = true, path: page, query, scene, caller }: AppLaunch = {},
  ): Promise<void> {
    const all = { userPoolId, getPhone: getPhone ? "1" : "0", fromApp: "1", useSelfWxapp: "0", state: "s1", ...query };
    const pairs = Object.entries(all).filter(([, value]) => value !== undefined);
    const search = pairs.map(([name, value]) => `${name}=${value}`).join("&");
    await this.do("open", {
      path: `${page ?? "/routes/explore"}?${search}`,
      scene: scene ?? 1069,
      caller: caller ?? HOST_APP.appId,
    });
  }

  /** One of the applet's elements, by its documented id. */
  at(id: string) {
    return this.applet.locator(`#${id}`);
  }

  /** Taps an element once it is there. */
  async tap(id: string): Promise<void> {
    await this.at(id).click();
  }

  /** Waits until an element is there. */
  async sees(id: string): Promise<void> {
    await this.at(id).waitFor();
  }

  async answer(which: "yes" | "no"): Promise<void> {
    await this.page.locator(`.answers .${which}`).click();
  }

  /** Calls a method of `window.phone`. */
  do<Name extends "set" | "open" | "hide" | "comeBack" | "end" | "passTime" | "setClockBack">(
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

  /** Everything noted since the phone was renewed. */
  notes() {
    return this.page.evaluate((from) => window.phone!.notes.slice(from), this.#from.notes);
  }

  /** Until the auth server has answered a request of the applet's, whether or not the applet knows. */
  async hasReachedServer(): Promise<void> {
    if (this.requests("applet").length > 0) return;
    await new Promise<void>((done) => {
      const end = this.world.journal.subscribe(({ from }) => {
        if (from !== "applet") return;
        end();
        done();
      });
    });
  }

  /** Until the applet has had this many answers, good or bad, to wx.request. */
  async hasHadAnswers(count: number): Promise<void> {
    await this.page.waitForFunction(
      ([from, least]) => {
        const notes = window.phone!.notes.slice(from);
        return notes.filter(({ name }) => name === "wx.request").length >= least;
      },
      [this.#from.notes, count] as const,
    );
  }

  /** What a button would hand to the app; null for a plain one. */
  async parameter(id: string): Promise<string | null> {
    const button = this.at(id);
    return (await button.getAttribute("open-type")) === "launchApp" ? button.getAttribute("app-parameter") : null;
  }

  /** When something was noted last, in epoch milliseconds. */
  async notedAt(name: string): Promise<number> {
    const note = (await this.notes()).findLast((candidate) => candidate.name === name);
    if (!note) throw new Error(`Nothing called ${name} was noted`);
    return note.at;
  }

  /** When an element comes into the applet's page, in epoch milliseconds; call it before what makes it come. */
  appears(id: string): Promise<number> {
    return this.page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const now = () => performance.timeOrigin + performance.now();
          const watch = (frame: HTMLIFrameElement) => {
            const page = frame.contentDocument!;
            const look = () => page.getElementById(wanted) && resolve(now());
            new MutationObserver(look).observe(page, { childList: true, subtree: true, attributes: true });
            look();
          };
          const open = document.querySelector("iframe");
          if (open) watch(open);
          else
            new MutationObserver((_, observer) => {
              const frame = document.querySelector("iframe");
              if (!frame) return;
              observer.disconnect();
              frame.addEventListener("load", () => watch(frame), { once: true });
            }).observe(document, { childList: true, subtree: true });
        }),
      id,
    );
  }

  /** The string of the n-th hand-over since the phone was renewed, once it happened. */
  async returned(n = 1): Promise<string> {
    const at = this.#from.returned + n - 1;
    await this.page.waitForFunction((index) => window.phone!.returned.length > index, at);
    return this.page.evaluate((index) => String(window.phone!.returned[index]), at);
  }

  /** HTTP requests since the phone was renewed: `POST attempts 200`. */
  requests(from: JournalEntry["from"]): string[] {
    return this.#entries()
      .filter((entry) => entry.from === from && entry.to === "auth server")
      .map(({ method, path: place, status }) => `${method} ${place.split("/").at(-2)} ${status}`);
  }

  /** WeChat's endpoints the auth server called, with their errcodes. */
  wechatCalls(): string[] {
    return this.#entries()
      .filter(({ to }) => to === "WeChat")
      .map(({ path: place, status }) => `${place.split("/").at(-1)} ${status}`);
  }

  #entries(): JournalEntry[] {
    return this.world.journal.entries.slice(this.#from.requests);
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
