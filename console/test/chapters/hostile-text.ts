import { expect, test } from "@jest/globals";
import type { Desk } from "../desk";

/** Each would run, or break out of where it stands, if it were ever taken for anything but text. */
const HOSTILE = [
  `<img src=x onerror="parent.hit=1">`,
  `"><script>hit=1</script>`,
  `'};hit=1;//\${hit=1}{{hit=1}}`,
  `javascript:hit=1`,
];
const [first, second, third, fourth] = HOSTILE as [string, string, string, string];

export function hostileTextChapter(desk: () => Desk): void {
  test("stays text in every view, whoever wrote it into whatever field", async () => {
    const pool = await desk().world.createPool({
      name: { "zh-CN": first, en: second },
      reasons: { phone: third, identity: fourth },
      allowedApps: [{ appId: "wxapp00000000003", name: second, reasons: { phone: first } }],
      agreements: [{ title: third, text: second, version: first.slice(0, 60), required: true }],
      logo: "https://logo.invalid/%22onerror=hit=1",
    });
    const { user } = (
      await desk().world.admin("POST", `/pools/${pool.id}/users`, {
        phone: "+8613800138200",
        nickname: first,
        photo: fourth,
      })
    ).json<{ user: { id: string } }>();
    const leaving = await desk().world.createPool({ name: second });
    await desk().world.admin("DELETE", `/pools/${leaving.id}`);
    await desk().world.admin("POST", `/pools/${pool.id}/users`, { phone: "+8613800138201", nickname: second });
    const page = await desk().owner("/console");
    page.on("dialog", () => desk().complaints.push("a dialog"));
    for (const path of [
      "",
      "/pools",
      "/audit",
      ...["integrate", "people", `people/${user.id}`, "brand", "settings", "keys"].map(
        (tab) => `/pools/${pool.id}/${tab}`,
      ),
    ]) {
      await page.goto(`/console${path}`);
      await page.locator("h1").waitFor();
      await page.locator(".waiting").first().waitFor({ state: "detached" });
      expect(await page.evaluate(() => "hit" in window)).toBe(false);
      expect(await page.locator("#console script, #console iframe, #console [onerror]").count()).toBe(0);
    }
    await page.goto(`/console/pools/${pool.id}/people`);
    await page.getByText(first).first().waitFor();
    await page.goto("/console/pools");
    await page.getByText(`正在删除「${second}」`).waitFor();
  });

  test("is no formula in an exported sheet", async () => {
    await desk().world.createPool({ name: "=1+1" });
    const page = await desk().owner("/console/audit");
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "导出 CSV" }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await waiting).createReadStream()) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    expect(text).toMatch(/^\uFEFFat,actor,event,pool,subject,details,id\r\n/);
    expect(text).toContain("admin:ada,pool.created");
    expect(text).not.toMatch(/(^|,)"?[=+@]/m);
  });
}
