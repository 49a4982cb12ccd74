import type { ServerErrorCode } from "@app2wxapp/protocol";
import type { Pool } from "../pools/pool";

/**
 * Whether the app that opened the applet may start a login in this pool, or the error that says why not. WeChat lets any
 * certified app open any applet, so this is the only defence against a hostile initiator.
 */
export function refusedCaller(
  pool: Pick<Pool, "allowedApps" | "missingCaller">,
  caller: string | null,
): ServerErrorCode | null {
  if (caller === null) return pool.missingCaller === "allow" ? null : "app.caller_missing";
  if (pool.allowedApps === "*") return null;
  return pool.allowedApps.some((app) => app.appId === caller) ? null : "app.not_allowed";
}

/** The AppID logins of this pool run under: its own, else the shared applet's, else none. */
export function appletIdOf(pool: Pick<Pool, "wechatAppId">, sharedAppId: string | undefined): string | undefined {
  return pool.wechatAppId ?? sharedAppId;
}
