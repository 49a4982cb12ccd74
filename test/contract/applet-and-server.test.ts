import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import jwt from "jsonwebtoken";
import { createAuthClient, type AuthClient } from "../../miniprogram/services/auth-client";
import type { AttemptRequest, TicketRequest } from "@app2wxapp/protocol";
import { createWechat, type Wechat } from "@app2wxapp/wechat";
import { buildServer } from "../../server/src/app";
import { createVault } from "../../server/src/secrets/vault";
import { openStore } from "../../server/src/startup/open-store";
import type { Store } from "../../server/src/store/store";
import { createWeChat } from "../../server/src/wechat/client";
import type { WeChat } from "../../server/src/wechat/wechat";

/** The applet's own client, the real server and WeChat's stand-in, in one process. */
const APPLET = { appId: "wx0000000000000a01", secret: randomBytes(16).toString("hex") };
const CALLER = "wx0000000000000c01";
const ADMIN_TOKEN = randomBytes(32).toString("base64url");

let folder: string;
let wechat: Wechat;
let upstream: WeChat;
let store: Store;
let app: FastifyInstance;
let admin: FastifyInstance;
let applet: AuthClient;
let pool: { id: string; secret: string; tokenKey: string };

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "contract-"));
  wechat = createWechat({ applets: [APPLET] });
  const vault = createVault(randomBytes(32).toString("base64"));
  store = await openStore(`sqlite:${path.join(folder, "auth.db")}`, Date.now, vault);
  upstream = createWeChat({ origin: await wechat.start(), store, vault, clock: Date.now });
  const server = await buildServer({
    settings: {
      sharedApplet: { appId: APPLET.appId, appSecret: APPLET.secret },
      admins: [{ name: "test", role: "owner", token: ADMIN_TOKEN }],
      trustProxy: false,
      logLevel: "silent",
      publicOrigin: "https://auth.example.com",
      formerOrigins: [],
    },
    store,
    vault,
    wechat: upstream,
  });
  app = server.open.app;
  admin = server.admin.app;
  applet = createAuthClient(
    () => "https://auth.example.com",
    async (url, body) => {
      const response = await app.inject({ method: "POST", url, payload: body });
      return { statusCode: response.statusCode, data: response.json() };
    },
  );
});

// What one test stores, another pool does not see.
beforeEach(async () => {
  pool = await createPool({});
});

afterEach(() => wechat.fail("/sns/jscode2session", undefined));

afterAll(async () => {
  await app.close();
  await admin.close();
  await upstream.close();
  await store.close();
  await wechat.stop();
  fs.rmSync(folder, { recursive: true });
});

async function createPool(settings: object): Promise<typeof pool> {
  const response = await admin.inject({
    method: "POST",
    url: "/admin/v1/pools",
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    payload: { name: "Pool", allowedApps: [{ appId: CALLER, name: "App" }], ...settings },
  });
  const created = response.json<{ pool: { id: string }; secret: string; tokenKey: string }>();
  return { id: created.pool.id, secret: created.secret, tokenKey: created.tokenKey };
}

function open(person: string, request: Partial<AttemptRequest> = {}, userPoolId = pool.id) {
  const code = wechat.device.loginCode(person, APPLET.appId);
  const whole = { code, appId: APPLET.appId, getPhone: false, callerAppId: CALLER, ...request };
  return applet.openAttempt({ type: "openAttempt", userPoolId, language: "zh-CN", request: whole });
}

function issue(request: TicketRequest) {
  return applet.issueTicket({ type: "issueTicket", userPoolId: pool.id, language: "zh-CN", request });
}

async function exchange(ticket: string | undefined): Promise<Record<string, unknown>> {
  const response = await app.inject({
    method: "POST",
    url: `/oauth/app2wxapp/auth/${pool.id}`,
    payload: { ticket, secret: pool.secret },
  });
  return response.json();
}

test("a login without phone is one call, and its ticket buys a token that stock libraries verify", async () => {
  const { ticket, ticketExpiresIn, needs } = await open("lin");
  expect({ needs, ticketExpiresIn }).toEqual({ needs: [], ticketExpiresIn: 120 });
  const user = await exchange(ticket);
  const claims = jwt.verify(String(user["token"]), pool.tokenKey, { algorithms: ["HS256"], audience: pool.id });
  expect(claims).toMatchObject({
    data: { unionid: wechat.unionid("lin"), id: user["_id"], clientId: pool.id },
    azp: CALLER,
  });
});

test("a phone that is asked for is asked for once: the next login has it", async () => {
  const first = await open("lin", { getPhone: true });
  expect(first).toMatchObject({ needs: ["phone"], user: null });
  expect(first).not.toHaveProperty("ticket");
  const phoneCode = wechat.device.phoneCode("lin", APPLET.appId);
  const { ticket, user } = await issue({ attempt: first.attempt, phoneCode });
  expect(user).toMatchObject({ phone: "138****8000" });
  expect(await exchange(ticket)).toMatchObject({ phone: "13800138000" });

  const second = await open("lin", { getPhone: true });
  expect(second).toMatchObject({ needs: [], user: { phone: "138****8000" }, ticket: expect.any(String) });
});

test("an attempt renews its ticket without asking the person, and both work until one is exchanged", async () => {
  const { attempt, ticket } = await open("zhou");
  const renewed = await issue({ attempt });
  expect(renewed.ticket).not.toBe(ticket);
  expect(await exchange(ticket)).toHaveProperty("token");
  expect(await exchange(renewed.ticket)).toMatchObject({ error: "ticket.used" });
  await expect(issue({ attempt })).rejects.toMatchObject({ message: "attempt.expired" });
});

test("agreements hold the ticket back until the person has ticked them, and are not asked again", async () => {
  const agreements = [{ title: "Terms", text: "…", version: "2026-11", required: true }];
  pool = await createPool({ agreements });
  const { attempt, needs, pool: shown } = await open("zhou");
  expect({ needs, shown }).toMatchObject({ needs: ["agreements"], shown: { agreements } });
  await expect(issue({ attempt })).rejects.toMatchObject({ message: "agreements.required" });
  await exchange((await issue({ attempt, agreed: ["2026-11"] })).ticket);
  expect(await open("zhou")).toMatchObject({ needs: [] });
});

test.each([
  ["an app that is not listed", () => open("lin", { callerAppId: "wx0000000000000bad" }), "app.not_allowed"],
  ["no caller", () => open("lin", { callerAppId: undefined } as object), "app.caller_missing"],
  ["another applet", () => open("lin", { appId: "wx0000000000000a02" }), "applet.mismatch"],
  ["an unknown pool", () => open("lin", {}, "ffffffffffffffffffffffff"), "pool.unknown"],
  ["a spent wx.login code", () => open("lin", { code: "spent" }), "wechat_code.invalid"],
  ["a person WeChat blocks", () => open("zhao"), "user.blocked"],
  ["an unknown attempt", () => issue({ attempt: "A".repeat(43) }), "attempt.expired"],
])("the applet understands the server's refusal of %s", async (_title, call, problem) => {
  await expect(call()).rejects.toMatchObject({ message: problem });
});

test("another person's phone code is refused, and the person's own still works", async () => {
  const { attempt } = await open("lin", { getPhone: true });
  const foreign = wechat.device.phoneCode("zhou", APPLET.appId);
  await expect(issue({ attempt, phoneCode: foreign })).rejects.toMatchObject({ message: "phone.mismatch" });
  await expect(issue({ attempt, phoneCode: "never issued" })).rejects.toMatchObject({ message: "phone_code.invalid" });
  const phoneCode = wechat.device.phoneCode("lin", APPLET.appId);
  expect(await issue({ attempt, phoneCode })).toHaveProperty("ticket");
});

test("WeChat's troubles reach the applet as what they are", async () => {
  wechat.fail("/sns/jscode2session", -1);
  await expect(open("lin")).rejects.toMatchObject({ message: "wechat.unavailable" });
  wechat.fail("/sns/jscode2session", 40125);
  await expect(open("lin")).rejects.toMatchObject({ message: "wechat.misconfigured" });
});
