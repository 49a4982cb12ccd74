import fs from "node:fs";
import path from "node:path";
import { PHONE_FOLDER } from "../src/bundle";
import type { Device } from "../src/device";
import { STATES, type ReachableState } from "../automation/states";
import { openTestWorld, type TestWorld } from "../automation/test-world";

const FOLDER = path.join(PHONE_FOLDER, "../docs/pictures");

interface Variant {
  name: string;
  device: Partial<Device>;
}

const SMALL: Partial<Device> = { textScale: 1.4, screenWidth: 320, screenHeight: 568 };
const LARGE: Partial<Device> = { screenWidth: 430, screenHeight: 932 };

/** Two people: the auth server asks WeChat for twenty numbers of one person a day. */
const VARIANTS: readonly Variant[] = [
  { name: "简体中文", device: {} },
  { name: "简体中文 · 深色 · 320 × 568 · 1.4 倍字", device: { theme: "dark", ...SMALL } },
  { name: "繁體中文 · 430 × 932", device: { language: "zh_TW", ...LARGE } },
  { name: "繁體中文 · 深色", device: { person: "zhou", language: "zh_TW", theme: "dark" } },
  { name: "English · 320 × 568 · text 1.4", device: { person: "zhou", language: "en", ...SMALL } },
  { name: "English · dark", device: { person: "zhou", language: "en", theme: "dark" } },
];

/** The calling app's logo, which the browser takes for what stands at its address. */
const LOGO = "https://spruce.example/logo.svg";
const DRAWN =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#fff8ee" d="M0 0h64v64H0z"/><path fill="#1f5c46" d="M32 10 20 28h6L14 46h15v9h6v-9h15L38 28h6z"/></svg>';

/** How wide one picture is on the sheet, in CSS pixels. */
const THUMBNAIL_WIDTH = 156;
const STATES_PER_SHEET = 6;

/** Makes the README's picture, the reviewers' and the contact sheets of every state, from the build in dist/. */
async function main(): Promise<void> {
  fs.mkdirSync(FOLDER, { recursive: true });
  const world = await openTestWorld(path.join(PHONE_FOLDER, "../dist"));
  try {
    await takeReadmePicture(world);
    await takeAccountPicture(world);
    await world.phone.page.route(LOGO, (route) => route.fulfill({ contentType: "image/svg+xml", body: DRAWN }));
    await world.phone.page.addStyleTag({ content: ".screen { border-radius: 0 }" });
    for (let n = 0; n * STATES_PER_SHEET < STATES.length; n += 1) {
      const states = STATES.slice(n * STATES_PER_SHEET, (n + 1) * STATES_PER_SHEET);
      await makeSheet(world, states, path.join(FOLDER, `states-${n + 1}.jpg`));
    }
  } finally {
    await world.stop();
  }
}

/** The phone's page with the applet about to confirm, and what led there. */
async function takeReadmePicture({ phone }: TestWorld): Promise<void> {
  await phone.renew({ questions: "allow" });
  await phone.page.setViewportSize({ width: 1240, height: 868 });
  await phone.startLogin();
  await phone.tap("allow-phone");
  await phone.sees("confirm");
  await phone.page.evaluate(() => document.fonts.ready);
  await phone.page.screenshot({ path: path.join(FOLDER, "login.png") });
}

/** What somebody sees of their own account, for whoever reviews the applet. */
async function takeAccountPicture(world: TestWorld): Promise<void> {
  const state = STATES.find(({ name }) => name === "my account");
  if (!state) throw new Error("No state shows the account");
  const picture = await pictureOf(world, state, { name: "", device: LARGE });
  fs.writeFileSync(path.join(FOLDER, "account.jpg"), Buffer.from(picture.split(",")[1] ?? "", "base64"));
}

async function makeSheet(world: TestWorld, states: readonly ReachableState[], file: string): Promise<void> {
  const rows: string[] = [];
  for (const state of states) {
    const cells: string[] = [];
    for (const variant of VARIANTS) cells.push(`<td><img src="${await pictureOf(world, state, variant)}"></td>`);
    rows.push(`<tr><th>${state.name}</th>${cells.join("")}</tr>`);
  }
  const page = await world.browser.newPage({ deviceScaleFactor: 1.25 });
  // Somewhere of the phone's origin, so that its fonts may be used.
  await page.goto(`${world.address}/fonts/index.css`);
  await page.setContent(`<!doctype html><link rel="stylesheet" href="${world.address}/fonts/index.css"><style>
    body { display: inline-block; margin: 0; padding: 16px; background: #eceae4; font: 13px "Noto Sans SC Variable", sans-serif }
    img { display: block; width: ${THUMBNAIL_WIDTH}px; border-radius: 8px; box-shadow: 0 0 0 1px #cfcabf }
    td { padding: 6px; vertical-align: top } th { width: 110px; padding: 6px; font-weight: 400; text-align: left; vertical-align: top }
  </style><table><tr><th></th>${VARIANTS.map(({ name }) => `<th>${name}</th>`).join("")}</tr>${rows.join("")}</table>`);
  await page.evaluate(() => document.fonts.ready);
  await page.locator("body").screenshot({ path: file, type: "jpeg", quality: 58 });
  await page.close();
}

/** One screen of one variant, as a data address. */
async function pictureOf(world: TestWorld, state: ReachableState, { device }: Variant): Promise<string> {
  const { phone } = world;
  await phone.renew({ ...device, ...state.device });
  await state.reach(phone, await world.newPool({ logo: LOGO, ...state.pool }), world);
  await Promise.all(phone.page.frames().map((frame) => frame.evaluate(() => document.fonts.ready)));
  const picture = await phone.page.locator(".screen").screenshot({ type: "jpeg", quality: 80 });
  return `data:image/jpeg;base64,${picture.toString("base64")}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
