import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import type { Opening, PhoneHandle } from "../src/browser/shell/phone-handle";
import { NEW_DEVICE, type Device } from "../src/device";
import { Journal } from "../src/journal";
import { createPhone } from "../src/phone";
import { createWechat, type Wechat } from "@app2wxapp/wechat";
import { launchBrowser } from "../automation/browser";

export const FIXTURE = path.join(__dirname, "fixture");
export const CALLER = "wxhost";

/** What the echo server got, as far as tests look at it. */
export interface Heard {
  method: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A phone with the fixture applet, whose auth server is an echo, in a browser. */
async function openBench() {
  const heard: Heard[] = [];
  const echo = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      heard.push({ method: request.method ?? "", headers: request.headers, body });
      response.writeHead(201, { "content-type": "application/json" }).end(body);
    });
  });
  await new Promise<void>((done) => {
    echo.listen(0, "127.0.0.1", done);
  });
  const wechat: Wechat = createWechat({ applets: [{ appId: "touristappid", secret: "s" }] });
  const journal = new Journal();
  const phone = createPhone({
    appletFolder: FIXTURE,
    appId: "touristappid",
    appletName: "夹具",
    authOrigin: `http://127.0.0.1:${(echo.address() as AddressInfo).port}`,
    wechat,
    host: {
      appId: CALLER,
      name: "云杉咖啡",
      userPoolId: "0123456789abcdef01234567",
      backend: { signIn: () => Promise.resolve({ error: "ticket.invalid" }) },
    },
    journal,
  });
  const address = await phone.start(0);
  const browser: Browser = await launchBrowser();
  return {
    address,
    browser,
    journal,
    heard,
    async stop() {
      await browser.close();
      await phone.stop();
      echo.close();
      echo.closeAllConnections();
    },
  };
}

/** The phone's page with the fixture applet, for the tests of a file; whatever its console complains of fails a test. */
export function useFixturePhone() {
  let bench: Awaited<ReturnType<typeof openBench>>;
  let page: Page;
  /** What a test expects on the console; everything else fails it. */
  let expected: RegExp[] = [];
  const complaints: string[] = [];
  /** Notes and answers of earlier tests. */
  let past = { notes: 0, returned: 0 };

  beforeAll(async () => {
    bench = await openBench();
    page = await openPage(bench.browser, bench.address, complaints);
  });
  afterAll(() => bench.stop());
  afterEach(() => {
    const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
    expected = [];
    complaints.length = 0;
    expect(unexpected).toEqual([]);
  });

  const enter = (opening: Opening) => page.evaluate((value) => window.phone!.open(value), opening);
  const notesOf = async (name: string) => {
    const notes = await page.evaluate((from) => window.phone!.notes.slice(from), past.notes);
    return notes.filter((note) => note.name === name).map(({ detail }) => detail ?? "");
  };

  return {
    bench: () => bench,
    page: () => page,
    applet: () => page.frameLocator("iframe"),
    complaints,
    expectComplaint: (pattern: RegExp) => void expected.push(pattern),
    enter,
    /** A phone as new, whose applet is started. */
    async open(opening: Partial<Opening> = {}, change: Partial<Device> = {}): Promise<void> {
      const device = { ...NEW_DEVICE, loginLatency: 0, requestLatency: 0, ...change };
      past = await page.evaluate(async (settings) => {
        const { end, set, notes, returned } = window.phone!;
        end();
        await set(settings);
        return { notes: notes.length, returned: returned.length };
      }, device);
      await enter({ path: "/pages/first?a=1", scene: 1069, caller: CALLER, ...opening });
    },
    act: (run: (phone: PhoneHandle) => unknown) => page.evaluate(`(${run.toString()})(window.phone)`),
    tap: (id: string) => page.frameLocator("iframe").locator(`#${id}`).click(),
    /** The fixture's own lines. */
    lines: () => notesOf("log.info"),
    notesOf,
    /** What the fixture's page was answered, once there are that many. */
    async answers(count = 1): Promise<unknown[]> {
      const given = await page.waitForFunction((least) => {
        const all = window.phone!.page()?.data["answers"];
        return Array.isArray(all) && all.length >= least ? (all as unknown[]) : undefined;
      }, count);
      return (await given.jsonValue()) ?? [];
    },
    data: async (name: string) => (await page.evaluate(() => window.phone!.page()?.data))?.[name],
    /** The string the app was handed since the applet was started. */
    async returned(): Promise<string> {
      await page.waitForFunction((from) => window.phone!.returned.length > from, past.returned);
      return page.evaluate(() => String(window.phone!.returned.at(-1)));
    },
    style: (selector: string, property: string) =>
      page
        .frameLocator("iframe")
        .locator(selector)
        .first()
        .evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property),
  };
}

async function openPage(browser: Browser, address: string, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 900 },
    reducedMotion: "reduce",
    locale: "zh-CN",
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
  await page.waitForFunction(() => window.phone !== undefined);
  return page;
}
