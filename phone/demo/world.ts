import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createHostBackend } from "@app2wxapp/browser-host/backend";
import { createOwnBackend } from "@app2wxapp/browser-host/own-backend";
import { createWechat, type Wechat } from "@app2wxapp/wechat";
import { startAuthServer } from "./auth-server";
import { createPool, defaultPool, hostPool, type CreatedPool } from "./pools";
import { Journal } from "../src/journal";
import { createPhone } from "../src/phone";

/** AppID of the host app in the phone; nobody's. */
export const HOST_APP = { appId: "wx5ca7e0c0ffee5ca7", name: "云杉咖啡" };

/** The tourist's AppID, so that WeChat devtools and the phone talk to the same server. */
export const APPLET_APP_ID = "touristappid";

/** `defaultPool` of the applet's development settings. */
export const DEFAULT_POOL_ID = "0123456789abcdef01234567";

export interface WorldOptions {
  appletFolder: string;
  /** 0 takes a free port. */
  authPort: number;
  /** Where the auth server is administered; missing: a free port. */
  adminPort?: number;
  phonePort: number;
  /** Changes to the host app's pool. */
  pool?: Record<string, unknown>;
  /** Where the developer's own backend takes tickets; missing: the host app brings one. */
  ownBackend?: string;
}

export interface World {
  /** Where to open the phone. */
  address: string;
  authOrigin: string;
  adminOrigin: string;
  wechat: Wechat;
  wechatOrigin: string;
  wechatAppSecret: string;
  journal: Journal;
  hostPool: CreatedPool;
  adminToken: string;
  /** Ends everything that was started. */
  stop(): Promise<void>;
}

/** Everything of one login on this machine: WeChat's stand-in, the auth server, two pools, the phone. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of stops.toReversed()) await end();
    stops.length = 0;
  };
  try {
    const wechatAppSecret = random();
    const adminToken = random();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "app2wxapp-"));
    stops.push(() => fs.rmSync(folder, { recursive: true, force: true }));
    const wechat = createWechat({
      applets: [{ appId: APPLET_APP_ID, secret: wechatAppSecret }],
      // So that the applet runs in devtools against this server without an AppID, and an operator's own AppID works here.
      conditions: { takesDevtoolsCode: true, learnsApplets: true },
    });
    const wechatOrigin = await wechat.start();
    stops.push(() => wechat.stop());
    const auth = await startAuthServer({
      port: options.authPort,
      adminPort: options.adminPort ?? 0,
      databaseUrl: `sqlite:${path.join(folder, "auth.sqlite")}`,
      wechatOrigin,
      wechatAppId: APPLET_APP_ID,
      wechatAppSecret,
      masterKey: randomBytes(32).toString("base64"),
      adminToken,
      phoneOrigin: options.phonePort === 0 ? undefined : `http://127.0.0.1:${options.phonePort}`,
    });
    stops.push(() => auth.stop());
    const created = await createPool(
      auth.adminOrigin,
      adminToken,
      hostPool(HOST_APP, { requirePkce: true, ...options.pool }),
    );
    await createPool(auth.adminOrigin, adminToken, defaultPool(DEFAULT_POOL_ID));
    const journal = new Journal();
    const backend =
      options.ownBackend === undefined
        ? createHostBackend({
            origin: auth.origin,
            userPoolId: created.pool.id,
            poolSecret: created.secret,
            // An ES256 pool has none: its token is believed because it comes from the auth server itself.
            ...(created.tokenKey !== null && { tokenKey: created.tokenKey }),
            appId: HOST_APP.appId,
            onCall: (call) => journal.record({ from: "host app", to: "auth server", ...call }),
          })
        : createOwnBackend({
            url: options.ownBackend,
            onCall: (call) => journal.record({ from: "app", to: "host app", ...call }),
          });
    const phone = createPhone({
      appletFolder: options.appletFolder,
      appId: APPLET_APP_ID,
      appletName: "云杉登录",
      authOrigin: auth.origin,
      wechat,
      host: { ...HOST_APP, userPoolId: created.pool.id, backend },
      journal,
    });
    const address = await phone.start(options.phonePort);
    stops.push(() => phone.stop());
    return {
      address,
      authOrigin: auth.origin,
      adminOrigin: auth.adminOrigin,
      wechat,
      wechatOrigin,
      wechatAppSecret,
      journal,
      hostPool: created,
      adminToken,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** 32 bytes, as the auth server demands of administrators' tokens. */
function random(): string {
  return randomBytes(32).toString("base64url");
}
