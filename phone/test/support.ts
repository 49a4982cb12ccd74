import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
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
export async function openBench() {
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

/** A page with the phone, and everything its console complained of. */
export async function openPhonePage(browser: Browser, address: string) {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 900 },
    reducedMotion: "reduce",
    locale: "zh-CN",
  });
  const page: Page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
  await page.waitForFunction(() => window.phone !== undefined);
  return { page, applet: page.frameLocator("iframe"), complaints };
}
