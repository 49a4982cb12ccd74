import path from "node:path";
import { PHONE_FOLDER } from "../src/bundle";
import { createPool, hostPool } from "../demo/pools";
import { HOST_APP, startWorld } from "../demo/world";
import { launchBrowser } from "./browser";
import { readAsSwift, TestPhone } from "./test-phone";

/** What WeChat's own compiler made of the login as an applet of its own, and of another applet with the login in it. */
const STANDALONE = path.join(PHONE_FOLDER, "../.cache/official");
export const EMBEDDED = path.join(PHONE_FOLDER, "../.cache/embedded-official");

/** Whether the tests play the login inside the other applet: `EMBEDDED=1`. */
export const isEmbedded = process.env["EMBEDDED"] === "1";

/** Everything on free ports, and a browser with one phone: once per test file. */
export async function openTestWorld(appletFolder = isEmbedded ? EMBEDDED : STANDALONE) {
  const world = await startWorld({ appletFolder, authPort: 0, phonePort: 0 });
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
  const secrets = new Map<string, string>();
  return {
    ...world,
    browser,
    phone: await TestPhone.open(world, browser),
    /** A pool nobody has signed in to yet; gives its id. */
    async newPool(settings: Record<string, unknown> = {}): Promise<string> {
      const created = await createPool(world.adminOrigin, world.adminToken, hostPool(HOST_APP, settings));
      secrets.set(created.pool.id, created.secret);
      return created.pool.id;
    },
    /** Trades a return string's ticket at the pool's own backend; gives the user object or the error. */
    async exchange(userPoolId: string, extMsg: string): Promise<Record<string, unknown>> {
      const { ticket } = readAsSwift(extMsg);
      const response = await fetch(`${world.authOrigin}/oauth/app2wxapp/auth/${userPoolId}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ticket, secret: secrets.get(userPoolId) }),
      });
      return (await response.json()) as Record<string, unknown>;
    },
    async stop() {
      await browser.close();
      await world.stop();
    },
  };
}

export type TestWorld = Awaited<ReturnType<typeof openTestWorld>>;
