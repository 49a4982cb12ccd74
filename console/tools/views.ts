import type { Page } from "playwright-core";
import type { Seeded } from "./seed";

export interface View {
  name: string;
  /** Below /console. */
  path(seeded: Seeded): string;
  signedIn?: false;
  before?(page: Page, seeded: Seeded): Promise<unknown>;
  /** What an operator does there before the picture is taken. */
  reach?(page: Page, seeded: Seeded): Promise<unknown>;
}

const inPool = (tab: string) => (seeded: Seeded) => `/pools/${seeded.pool}/${tab}`;

/** Every view of the console, in the order an operator meets them. */
export const VIEWS: readonly View[] = [
  { name: "sign-in", path: () => "", signedIn: false },
  { name: "overview", path: () => "", before: busyDay },
  { name: "pools", path: () => "/pools" },
  { name: "new-pool", path: () => "/pools/new" },
  {
    name: "integrate",
    path: inPool("integrate"),
    async reach(page) {
      await page.getByRole("button", { name: /^(检查|Check)$/ }).click();
      await page.locator(".notice.good").waitFor();
    },
  },
  { name: "people", path: inPool("people") },
  { name: "person", path: ({ pool, person }) => `/pools/${pool}/people/${person}` },
  {
    name: "import",
    path: inPool("people"),
    async reach(page) {
      await page.getByRole("button", { name: /^(导入|Import)$/ }).click();
      await page
        .getByRole("dialog")
        .getByRole("textbox")
        .fill("13700137021,林可\n13700137022,Tom\n1234\n13800138000,林小满");
      await page.getByRole("button", { name: /^(试运行|Dry run)$/ }).click();
      await page.getByRole("dialog").locator(".notice.good").waitFor();
    },
  },
  { name: "sign-in-page", path: inPool("brand") },
  { name: "settings", path: inPool("settings") },
  { name: "keys", path: inPool("keys") },
  { name: "audit", path: () => "/audit" },
];

const HOUR = 3_600_000;

/** A day of a busy product: the figures are made up, since a server that was just started has none. */
async function busyDay(page: Page): Promise<void> {
  await page.route("**/admin/v1/figures?*", (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get("from"));
    const figures = Array.from({ length: 24 }, (_, hour) => {
      const at = from + hour * HOUR;
      const count = Math.round(420 * (1.15 + Math.sin(hour / 3.6)));
      const row = (topic: string, outcome: string, share: number) => ({
        at,
        topic,
        outcome,
        count: Math.round(count * share),
        milliseconds: 0,
      });
      return [
        row("exchange", "ok", 1),
        row("ticket", "attempt.expired", 0.03),
        row("ticket", "phone.required", 0.02),
        row("attempt", "app.not_allowed", hour % 7 === 3 ? 0.06 : 0),
        row("attempt", "wechat.misconfigured", hour === 15 ? 0.12 : 0),
      ].filter(({ count: some }) => some > 0);
    });
    return route.fulfill({ json: { figures: figures.flat() } });
  });
  await page.route("**/admin/v1/wechat/figures?*", (route) => {
    const row = (topic: string, outcome: string, count: number, mean: number) => ({
      at: 0,
      topic,
      outcome,
      count,
      milliseconds: count * mean,
    });
    const figures = [
      row("jscode2session", "ok", 11_208, 62),
      row("getuserphonenumber", "ok", 1404, 118),
      row("stable_token", "ok", 12, 90),
      row("stable_token", "40164", 3, 80),
    ];
    return route.fulfill({ json: { figures } });
  });
}
