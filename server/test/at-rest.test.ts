import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createWechat, type Wechat } from "@app2wxapp/wechat";
import { createVault } from "../src/secrets/vault";
import { openStore } from "../src/startup/open-store";
import { createWeChat } from "../src/wechat/client";
import { DIALECTS } from "./support/databases";
import { everythingStored, tableRows } from "./support/stored";
import { SHARED_APPLET, World, type Body } from "./support/world";

const OWN_APPLET = { wechatAppId: "wxownapplet00000", wechatAppSecret: "the-own-applets-appsecret-0002" };
describe.each(DIALECTS)("what is stored on %s after logins with the phone, in every way", (dialect) => {
  let stand: Wechat;
  let world: World;
  let stored: string;
  const sessionKeys: string[] = [];
  const accessTokens: string[] = [];

  beforeAll(async () => {
    stand = createWechat({
      applets: [
        { appId: SHARED_APPLET.appId, secret: SHARED_APPLET.appSecret },
        { appId: OWN_APPLET.wechatAppId, secret: OWN_APPLET.wechatAppSecret },
      ],
    });
    const origin = await stand.start();
    world = await World.open({
      dialect,
      wechat: (store, vault, clock) => createWeChat({ origin, store, vault, clock }),
    });
    const parse = JSON.parse;
    // What WeChat told the server, seen where the server reads it.
    JSON.parse = ((text: string, reviver?: (key: string, value: unknown) => unknown) => {
      const value: unknown = parse(text, reviver);
      const { session_key: sessionKey, access_token: accessToken } = (value ?? {}) as Body;
      if (typeof sessionKey === "string") sessionKeys.push(sessionKey);
      if (typeof accessToken === "string") accessTokens.push(accessToken);
      return value;
    }) as typeof JSON.parse;
    try {
      const own = await world.createPool({ ...OWN_APPLET, tokenAlgorithm: "ES256" });
      for (const [pool, appId] of [
        [world.pool, SHARED_APPLET.appId],
        [own, OWN_APPLET.wechatAppId],
      ] as const) {
        const code = stand.device.loginCode("lin", appId);
        const { attempt } = (await world.attempt({ openid: "" }, { code, appId, getPhone: true }, pool)).json<Body>();
        const phoneCode = stand.device.phoneCode("lin", appId);
        const { ticket } = (await world.tickets({ attempt, phoneCode }, pool)).json<Body>();
        await world.redeem(String(ticket), pool);
        await world.tickets(
          {
            attempt: (
              await world.attempt({ openid: "" }, { code: stand.device.loginCode("lin", appId), appId }, pool)
            ).json<Body>()["attempt"],
          },
          pool,
        );
      }
    } finally {
      JSON.parse = parse;
    }
    world.secrets.watch(...sessionKeys, ...accessTokens);
    stored = await everythingStored(world);
  });
  afterAll(async () => {
    await world.close();
    await stand.stop();
  });

  test("is no ticket, handle, code, secret, key, token or session_key in clear", () => {
    expect(sessionKeys.length).toBeGreaterThan(0);
    expect(accessTokens.length).toBeGreaterThan(0);
    // The phone number itself is stored: it is what the backend asks for.
    const secrets = [...world.secrets.known].filter((secret) => !/^\+?\d+$/.test(secret));
    expect(secrets.length).toBeGreaterThan(15);
    expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
  });

  test("the control: the search finds what is stored in clear", () => {
    expect(stored).toContain(stand.openid("lin", SHARED_APPLET.appId));
    expect(stored).toContain("13800138000");
  });

  test("an access token is found again by another process with the master key, sealed to its row", async () => {
    const rows = await tableRows(world, "access_tokens");
    const [row] = rows as { app_id: string; token: string }[];
    const clear = world.vault.open({ purpose: "wechat-access-token", row: String(row?.app_id) }, String(row?.token));
    expect(accessTokens).toContain(clear);
    const elsewhere = { purpose: "wechat-access-token", row: "wxelsewhere" } as const;
    expect(() => world.vault.open(elsewhere, String(row?.token))).toThrow("unable to authenticate data");
  });

  test("a server with another master key does not start on it", async () => {
    const other = createVault("another master key of at least 32 bytes");
    await expect(openStore(world.database.url, Date.now, other)).rejects.toThrow("MASTER_KEY is not the one");
  });
});

test("a sealed value opens only where it was sealed, whole and under its key", () => {
  const vault = createVault("a master key of at least 32 bytes!");
  const place = { purpose: "token-key", row: "a" } as const;
  const sealed = vault.seal(place, "秘密 secret");
  expect(vault.open(place, sealed)).toBe("秘密 secret");
  expect(vault.seal(place, "秘密 secret")).not.toBe(sealed);
  expect(() => vault.open({ ...place, row: "b" }, sealed)).toThrow("unable to authenticate data");
  expect(() => vault.open({ ...place, purpose: "wechat-app-secret" }, sealed)).toThrow("unable to authenticate data");
  expect(() => createVault("another master key of 32 bytes!!!").open(place, sealed)).toThrow(
    "unable to authenticate data",
  );
  const [version, nonce, text, tag] = sealed.split(".");
  expect(() => vault.open(place, [version, nonce, text, tag?.slice(0, 5)].join("."))).toThrow("not a sealed value");
  const flipped = Buffer.from(String(text), "base64url");
  flipped[0] = (flipped[0] ?? 0) ^ 1;
  expect(() => vault.open(place, [version, nonce, flipped.toString("base64url"), tag].join("."))).toThrow(
    "unable to authenticate data",
  );
});
