import { expect, test } from "@jest/globals";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import { STATES } from "../../phone/automation/states";
import type { TestWorld } from "../../phone/automation/test-world";
import { useTestWorld } from "./hooks";
import type { TestPhone } from "../../phone/automation/test-phone";

let world: TestWorld;
let phone: TestPhone;

useTestWorld((opened) => {
  world = opened;
  ({ phone } = opened);
});

const RULES: RunOptions = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };

/** The applet's own frame. */
function frame() {
  const found = phone.page.frames().find((candidate) => new URL(candidate.url()).pathname === "/applet/");
  if (!found) throw new Error("No applet is open");
  return found;
}

/** axe's violations, a line for each node. */
async function violations(): Promise<string[]> {
  const { violations: found } = await frame().evaluate<AxeResults, RunOptions>(
    (options) => (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run(options),
    RULES,
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
  "%s: everybody can read and reach it, with text 1.4 times as large on 320 px, light and dark",
  async (_, { device, pool, reach }) => {
    await phone.renew({ ...device, textScale: 1.4, screenWidth: 320 });
    await reach(phone, await world.newPool(pool), world);
    await frame().evaluate(axe.source);
    expect(await violations()).toEqual([]);
    expect(await misfits()).toEqual([]);
    await phone.do("set", { theme: "dark" });
    expect(await violations()).toEqual([]);
  },
);

test.each([320, 430, 1024])(
  "on a screen %i px wide nothing is cut off, in the longest language",
  async (screenWidth) => {
    await phone.renew({ screenWidth, language: "en" });
    await phone.launch(await world.newPool());
    await phone.sees("allow-phone");
    expect(await misfits()).toEqual([]);
  },
);

test("the phone's own page passes too, with the host app before and after a login", async () => {
  await phone.renew({ questions: "allow" });
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
  await phone.tap("allow-phone");
  await phone.tap("confirm");
  await phone.host(".claims").waitFor();
  expect(await check()).toEqual([]);
});
