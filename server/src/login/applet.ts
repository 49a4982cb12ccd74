import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import type { Transaction } from "../store/store";
import type { Applet } from "../wechat/wechat";
import { appletIdOf } from "./admission";

/**
 * The applet a pool's logins run under, with its secret. Refused when it is not the one that asks, so that a code is
 * never shown to WeChat as another applet's.
 */
export function appletOf(services: Services, pool: Readonly<Pool>, appId: string): Applet {
  const { sharedApplet } = services;
  if (appletIdOf(pool, sharedApplet?.appId) !== appId) throw new Refusal("applet.mismatch");
  if (pool.wechatAppId === null && sharedApplet) return sharedApplet;
  return ownAppletOf(services, pool, appId);
}

/** An applet whose logins this server takes, whichever pool they are for. */
export async function appletWith(services: Services, tx: Transaction, appId: string): Promise<Applet> {
  const { sharedApplet, pools } = services;
  if (sharedApplet?.appId === appId) return sharedApplet;
  const pool = await pools.findByApplet(tx, appId);
  if (!pool) throw new Refusal("applet.mismatch");
  return ownAppletOf(services, pool, appId);
}

function ownAppletOf({ vault }: Services, pool: Readonly<Pool>, appId: string): Applet {
  if (pool.wechatAppSecret === null) throw new Refusal("wechat.misconfigured");
  return { appId, appSecret: vault.open({ purpose: "wechat-app-secret", row: pool.id }, pool.wechatAppSecret) };
}
