import { expect, test } from "@jest/globals";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import { STATES } from "../../../phone/automation/states";
import { phone, world } from "../hooks";

const RULES: RunOptions = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };

/** What depends on colours. */
const CONTRAST: RunOptions = { runOnly: { type: "rule", values: ["color-contrast"] } };

/** The applet's own frame. */
function frame() {
  const found = phone.page.frames().find((candidate) => new URL(candidate.url()).pathname === "/applet/");
  if (!found) throw new Error("No applet is open");
  return found;
}

/** axe's violations, a line for each node. */
async function violations(rules = RULES): Promise<string[]> {
  const { violations: found } = await frame().evaluate<AxeResults, RunOptions>(
    (options) => (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run(options),
    rules,
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

/** What a finger would miss, and what the screen cuts off. */
function misfits(): Promise<string[]> {
  return frame().evaluate(() => {
    const problems: string[] = [];
    const name = (node: Element) =>
      `${node.localName}#${node.id}.${node.className} ${node.textContent?.trim().slice(0, 20)}`;
    for (const node of document.querySelectorAll("wx-button,[role=button],[role=checkbox],[role=link]")) {
      const { width, height } = node.getBoundingClientRect();
      if (width < 44 || height < 44) problems.push(`${name(node)} is ${width} × ${height}`);
    }
    // WeChat makes every button 184 px wide; the page's own rule has to win against it.
    for (const node of document.querySelectorAll("wx-button:not(.second, .link)")) {
      const { width } = node.getBoundingClientRect();
      const available = node.parentElement?.clientWidth ?? 0;
      if (width < available) problems.push(`${name(node)} is ${width} of ${available} wide`);
    }
    const screen = document.documentElement;
    const primary = document.querySelector(".actions > :first-child, #close")!.getBoundingClientRect();
    if (primary.top < 0 || primary.bottom > screen.clientHeight) problems.push("the primary button is out of sight");
    if (screen.scrollWidth > screen.clientWidth) problems.push(`the page is ${screen.scrollWidth} wide`);
    for (const node of document.body.querySelectorAll("*")) {
      const { right, left } = node.getBoundingClientRect();
      if (right > screen.clientWidth + 1 || left < -1) problems.push(`${name(node)} reaches out of the screen`);
      if (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "visible")
        problems.push(`${name(node)} is cut off`);
    }
    return problems;
  });
}

test.each(STATES.map((state) => [state.name, state] as const))(
  "%s: everybody can read and reach it, with text 1.4 times as large on 320 by 568 px, light and dark",
  async (_, { device, pool, reach }) => {
    await phone.renew({ ...device, textScale: 1.4, screenWidth: 320, screenHeight: 568 });
    await reach(phone, await world.newPool(pool), world);
    await frame().evaluate(axe.source);
    expect(await violations()).toEqual([]);
    expect(await misfits()).toEqual([]);
    await phone.do("set", { theme: "dark" });
    expect(await violations(CONTRAST)).toEqual([]);
  },
);

test.each([
  [320, 780],
  [430, 932],
  [780, 375],
  [1024, 768],
])("on a screen of %i by %i px nothing is cut off, in the longest language", async (screenWidth, screenHeight) => {
  await phone.renew({ screenWidth, screenHeight, language: "en" });
  await phone.launch(await world.newPool({ phoneOptional: true }));
  await phone.sees("allow-phone");
  expect(await misfits()).toEqual([]);
});

test("on a tablet the page is no wider than a line is easy to read", async () => {
  await phone.renew({ screenWidth: 1024, screenHeight: 768 });
  await phone.launch(await world.newPool());
  const box = await phone.at("allow-phone").boundingBox();
  expect(box?.width).toBeLessThanOrEqual(480);
});

/** What Tab reaches from the page's beginning, in order, and whether it shows that it is there. */
async function tabStops(count: number): Promise<string[]> {
  await frame().evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await frame()
    .locator(".page")
    .click({ position: { x: 2, y: 2 } });
  const stops: string[] = [];
  for (let n = 0; n < count; n += 1) {
    await phone.page.keyboard.press("Tab");
    stops.push(
      await frame().evaluate(() => {
        const node = document.activeElement!;
        const { outlineStyle, outlineWidth } = getComputedStyle(node);
        return `${node.id} ${outlineStyle === "solid" && parseFloat(outlineWidth) >= 2 ? "seen" : "unseen"}`;
      }),
    );
  }
  return stops;
}

test("with a keyboard everything can be reached in the order it is read, seen, and used", async () => {
  const terms = { title: "云杉会员服务协议", text: "欢迎。", version: "1", required: true };
  await phone.renew({ questions: "allow" });
  await phone.launch(await world.newPool({ agreements: [terms], phoneOptional: true }));
  await phone.sees("proceed");
  expect(await tabStops(6)).toEqual(
    ["agree", "agreement-0", "proceed", "skip-phone", "cancel", "privacy"].map((id) => `${id} seen`),
  );
  await phone.at("agreement-0").press("Enter");
  await phone.at("close").press("Enter");
  await phone.at("agree").press("Enter");
  await phone.at("allow-phone").press("Enter");
  await phone.at("confirm").press("Enter");
  expect(await phone.returned()).toContain("code=200");
});

test("the phone's own page passes too, with the host app before and after a login", async () => {
  await phone.renew({ getPhone: false });
  await phone.page.evaluate(axe.source);
  const check = async () => {
    const { violations: found } = await phone.page.evaluate<AxeResults, RunOptions>(
      (options) =>
        (window as unknown as { axe: { run(context: unknown, options: unknown): Promise<AxeResults> } }).axe.run(
          { exclude: ["iframe"] },
          options,
        ),
      RULES,
    );
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  };
  expect(await check()).toEqual([]);
  await phone.startLogin();
  await phone.tap("confirm");
  await phone.host(".claims").waitFor();
  expect(await check()).toEqual([]);
});
