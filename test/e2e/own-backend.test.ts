import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import path from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { launchBrowser } from "../../phone/automation/browser";
import { freePort } from "../../server/test/support/loopback";
import { startDemo } from "./demo-program";

const EXAMPLE = path.resolve(__dirname, "../../examples/backends/node/dist/main.js");
const ends: (() => unknown)[] = [];

afterAll(() => Promise.all(ends.map((end) => end())));

test("a developer signs in with a backend of their own, and reads what it answered", async () => {
  const port = String(await freePort());
  const demo = startDemo({}, ["--backend", `http://127.0.0.1:${port}/login`]);
  ends.push(() => demo.stop());
  const address = await demo.address;
  const backend = spawn(process.execPath, [EXAMPLE], { env: { ...demo.settings(), PORT: port } });
  ends.push(() => backend.kill("SIGKILL"));
  await once(backend.stdout, "data");

  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, locale: "zh-CN" });
    const signIn = async () => {
      await page.locator(".host-app .login").click();
      await page.frameLocator("iframe").locator("#confirm").click();
    };
    const answer = page.locator(".host-app .answer");
    await page.goto(`${address}/?getPhone=false&questions=allow&loginLatency=0&requestLatency=0`);
    await signIn();
    await page.getByRole("heading", { name: "你的后端答复 200" }).waitFor();
    const { user, token } = JSON.parse((await answer.textContent()) ?? "") as { user: object; token: string };
    expect(user).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{24}$/), phone: null });
    expect(token.split(".")).toHaveLength(3);
    await page.locator(".timeline .http", { hasText: "POST /login" }).getByText("200", { exact: true }).waitFor();

    await page.locator(".host-app .logout").click();
    backend.kill("SIGKILL");
    await once(backend, "close");
    await signIn();
    await page.locator(".host-app .problem", { hasText: `ECONNREFUSED: http://127.0.0.1:${port}/login` }).waitFor();

    const busy = http.createServer((_, response) => response.writeHead(503).end("later")).listen(Number(port));
    await once(busy, "listening");
    await signIn();
    await page.locator(".host-app .problem", { hasText: "HTTP 503" }).waitFor();
    expect(await answer.textContent()).toBe("later");
    busy.close();
    busy.closeAllConnections();
  } finally {
    await browser.close();
  }
});
