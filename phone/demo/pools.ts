/** What creating a pool answers, once. */
export interface CreatedPool {
  pool: { id: string };
  secret: string;
  /** Null: the pool signs with ES256, and its keys are public. */
  tokenKey: string | null;
}

/** Creates a pool through the auth server's administration, as an operator does. */
export async function createPool(
  adminOrigin: string,
  adminToken: string,
  pool: Record<string, unknown>,
): Promise<CreatedPool> {
  const response = await fetch(`${adminOrigin}/admin/v1/pools`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${adminToken}` },
    body: JSON.stringify(pool),
  });
  if (response.status !== 201) throw new Error(`Creating a pool failed: ${response.status} ${await response.text()}`);
  return (await response.json()) as CreatedPool;
}

/** The strict pool of the host app in the phone: one known caller, in its own colour, with its own reasons. */
export function hostPool(host: { appId: string; name: string }, changes: Record<string, unknown> = {}) {
  return {
    name: { "zh-CN": "云杉会员", "zh-TW": "雲杉會員", en: "Spruce Club" },
    allowedApps: [
      {
        appId: host.appId,
        name: { "zh-CN": host.name, "zh-TW": "雲杉咖啡", en: "Spruce Coffee" },
        color: "#1f5c46",
        reasons: {
          phone: {
            "zh-CN": "用于登录和找回会员",
            "zh-TW": "用於登入和找回會員資格",
            en: "To sign you in and find your membership",
          },
        },
      },
    ],
    missingCaller: "deny",
    ...changes,
  };
}

/** The applet's compiled default pool, for WeChat devtools and the applet opened on its own. */
export function defaultPool(id: string) {
  return { id, name: "演示用户池", allowedApps: "*", missingCaller: "allow" };
}
