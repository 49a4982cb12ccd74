import axe, { type AxeResults, type RunOptions } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../../phone/automation/browser";
import { ADMIN_TOKEN, World } from "../../server/test/support/world";

export const READER_TOKEN = "readers-token-with-plenty-of-bytes-too";

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
/** Less than a test has, so that what was waited for is named. */
const ACTION_MILLISECONDS = 10_000;

type Seat = Parameters<Browser["newContext"]>[0] & { token?: string | undefined };

/** A server with its database, and a browser in front of it: what an operator sits at. */
export class Desk {
  /** Whatever a page said that it should not have: errors, refused by the policy or not. */
  readonly complaints: string[] = [];
  readonly #contexts: BrowserContext[] = [];

  private constructor(
    readonly world: World,
    readonly browser: Browser,
    readonly origin: string,
  ) {}

  static async open(options: Parameters<typeof World.open>[0] = {}): Promise<Desk> {
    const world = await World.open({
      time: Date.now(),
      ...options,
      settings: {
        admins: [
          { name: "ada", role: "owner", token: ADMIN_TOKEN },
          { name: "bob", role: "reader", token: READER_TOKEN },
        ],
        ...options.settings,
      },
    });
    const origin = await world.adminApp.listen({ host: "127.0.0.1", port: 0 });
    return new Desk(world, await launchBrowser(), origin);
  }

  /** A browser of its own; with a token, signed in. */
  async sit({ token, ...how }: Seat = {}): Promise<Page> {
    const context = await this.browser.newContext({ locale: "zh-CN", ...how, baseURL: this.origin });
    context.setDefaultTimeout(ACTION_MILLISECONDS);
    // Logos: nothing leaves this machine.
    await context.route(/^https:/, (route) => route.fulfill({ contentType: "image/svg+xml", body: LOGO }));
    this.#contexts.push(context);
    if (token !== undefined) {
      const reply = await context.request.post("/admin/v1/session", { data: { token }, headers: { "x-console": "1" } });
      if (!reply.ok()) throw new Error(`no session: ${reply.status()}`);
    }
    return this.tab(context);
  }

  async tab(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      // A refused request is written there by the browser itself; that a session is asked for is no complaint.
      const refused = /status of (401|403|404|412|422|429)/.test(message.text());
      if (message.type() === "error" && !refused) this.complaints.push(message.text());
    });
    return page;
  }

  /** The owner's page. */
  async owner(path: string, how: Seat = {}): Promise<Page> {
    const page = await this.sit({ token: ADMIN_TOKEN, ...how });
    await page.goto(path);
    await page.locator("h1").waitFor();
    return page;
  }

  async leave(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.leave();
    await this.browser.close();
    await this.world.close();
  }
}

const RULES: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  // To describe every element that passed takes as long as to find those that do not.
  resultTypes: ["violations"],
};

/** What keeps somebody from reading or reaching a page, a line each. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (rules) => (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run(rules),
    RULES,
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const cut = await page
    .locator(".table-frame")
    .evaluateAll((frames) => frames.filter((one) => one.scrollWidth > one.clientWidth).length);
  if (cut > 0) found.push("a table is wider than its frame");
  if (wide > 0) found.push(`the page is ${wide} px wider than the screen`);
  return found;
}

/** Waits until a table has so many rows. */
export async function hasRows(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelectorAll("tbody tr").length === wanted, count);
}
