import { createPool } from "../../phone/demo/pools";
import { APPLET_APP_ID, HOST_APP } from "../../phone/demo/world";
import type { TestWorld } from "../../phone/automation/test-world";

export interface Seeded {
  pool: string;
  /** Somebody with a few logins. */
  person: string;
}

const POOL = {
  name: { "zh-CN": "云杉生活", en: "Spruce Living" },
  color: "#1f5c46",
  allowedApps: [
    {
      appId: HOST_APP.appId,
      name: { "zh-CN": HOST_APP.name, en: "Spruce Coffee" },
      color: "#1f5c46",
      reasons: { phone: { "zh-CN": "用于登录和找回会员", en: "To sign in and recover your membership" } },
    },
    { appId: "wx8b1d0c0ffee00b2b", name: { "zh-CN": "云杉到家", en: "Spruce Home" }, color: "#8a3b12" },
  ],
  agreements: [
    { title: "服务协议", text: "第一条……", version: "2026-03", required: true },
    { title: "隐私指引", text: "第一条……", version: "2026-03-p", required: true },
  ],
};

/** Pools, people and logins as a small product has them. */
export async function seed(world: TestWorld): Promise<Seeded> {
  const { adminOrigin, adminToken } = world;
  const { pool, secret } = await createPool(adminOrigin, adminToken, POOL);
  await createPool(adminOrigin, adminToken, {
    name: { "zh-CN": "北境出行", en: "Northern Rides" },
    color: "#27466e",
    exchange: "pkce",
    tokenAlgorithm: "ES256",
    allowedApps: [{ appId: "wx0f00ba4dec0de000", name: "北境" }],
  });
  const people = [
    ["+8613800138000", "林小满"],
    ["+8613900139000", "周一鸣"],
    ["+85261234567", "陈美玲"],
    ["+8613700137011", "赵青"],
    ["+8613700137012", "Anna Weber"],
    ["+8613700137013", "何以然"],
  ];
  await administer(world, `/pools/${pool.id}/users/import`, {
    users: people.map(([phone, nickname]) => ({ phone, nickname })),
  });
  const agreed = POOL.agreements.map(({ version }) => version);
  for (const person of ["lin", "zhou", "chan", "lin"]) await logIn(world, { pool: pool.id, secret, person, agreed });
  await logIn(world, { pool: pool.id, secret, person: "wang", agreed, getPhone: false });
  await logIn(world, { pool: pool.id, secret, person: "lin", agreed, callerAppId: "wxstranger000000" });
  const { users } = (await administer(world, `/pools/${pool.id}/users?phone=13800138000`)) as {
    users: { id: string }[];
  };
  return { pool: pool.id, person: users[0]?.id ?? "" };
}

interface LogIn {
  pool: string;
  secret: string;
  person: string;
  agreed: string[];
  getPhone?: boolean;
  callerAppId?: string;
}

/** What applet and backend do, without their screens. */
async function logIn(
  { authOrigin, wechat }: TestWorld,
  { pool, secret, person, agreed, getPhone = true, callerAppId = HOST_APP.appId }: LogIn,
): Promise<void> {
  const post = async (step: string, body: object) => {
    const response = await fetch(`${authOrigin}/oauth/app2wxapp/${step}/${pool}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { attempt?: string; ticket?: string; needs?: string[] };
  };
  const code = wechat.device.loginCode(person, APPLET_APP_ID);
  const begun = await post("attempts", { code, appId: APPLET_APP_ID, getPhone, callerAppId, agreed });
  const phoneCode = begun.needs?.includes("phone") && wechat.device.phoneCode(person, APPLET_APP_ID);
  const { ticket } = begun.ticket
    ? begun
    : await post("tickets", { attempt: begun.attempt, agreed, ...(phoneCode && { phoneCode }) });
  if (ticket) await post("auth", { ticket, secret });
}

async function administer({ adminOrigin, adminToken }: TestWorld, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${adminOrigin}/admin/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${adminToken}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.json();
}
