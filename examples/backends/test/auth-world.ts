import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createWechat, type Wechat } from "@app2wxapp/wechat";
import { startAuthServer, type AuthServer } from "../../../phone/demo/auth-server";
import { createPool } from "../../../phone/demo/pools";
import { Front } from "./front";

export interface TestPool {
  id: string;
  secret: string;
  tokenKey: string;
}

type Body = Record<string, unknown>;

const APPLET = { appId: "wxapplet00000000", secret: randomBytes(16).toString("hex") };
const APP = { appId: "wxcaller00000000", name: "示例应用" };
const ADMIN_TOKEN = randomBytes(32).toString("base64url");

/** The auth server as operators run it, WeChat's stand-in behind it, and a {@link Front} before it. */
export class AuthWorld {
  private constructor(
    readonly front: Front,
    private readonly wechat: Wechat,
    private readonly server: AuthServer,
    private readonly folder: string,
  ) {}

  static async open(): Promise<AuthWorld> {
    const front = new Front();
    await front.start();
    const wechat = createWechat({ applets: [APPLET] });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "backends-"));
    const server = await startAuthServer({
      port: 0,
      adminPort: 0,
      databaseUrl: `sqlite:${path.join(folder, "auth.db")}`,
      wechatOrigin: await wechat.start(),
      wechatAppId: APPLET.appId,
      wechatAppSecret: APPLET.secret,
      masterKey: randomBytes(32).toString("base64"),
      adminToken: ADMIN_TOKEN,
      phoneOrigin: undefined,
      publicOrigin: front.origin,
    });
    front.behind = server.origin;
    return new AuthWorld(front, wechat, server, folder);
  }

  async close(): Promise<void> {
    await this.front.stop();
    await this.server.stop();
    await this.wechat.stop();
    fs.rmSync(this.folder, { recursive: true });
  }

  async createPool(tokenAlgorithm: "ES256" | "HS256"): Promise<TestPool> {
    const settings = { name: "示例", allowedApps: [APP], tokenAlgorithm };
    const { pool, secret, tokenKey } = await createPool(this.server.adminOrigin, ADMIN_TOKEN, settings);
    return { id: pool.id, secret, tokenKey: tokenKey ?? "" };
  }

  admin(method: "POST" | "PATCH" | "DELETE", place: string, body: Body = {}): Promise<Body> {
    const authorization = `Bearer ${ADMIN_TOKEN}`;
    return send(method, `${this.server.adminOrigin}/admin/v1${place}`, body, { authorization });
  }

  /** A ticket as the applet gets it, for a person of the stand-in's. */
  async ticket(pool: TestPool, person: string, codeChallenge?: string): Promise<string> {
    const { ticket } = await send("POST", `${this.server.origin}/oauth/app2wxapp/attempts/${pool.id}`, {
      code: this.wechat.device.loginCode(person, APPLET.appId),
      appId: APPLET.appId,
      callerAppId: APP.appId,
      getPhone: false,
      codeChallenge,
    });
    return String(ticket);
  }

  async exchange({ id, secret }: TestPool, ticket: string): Promise<{ token: string }> {
    const { token } = await send("POST", `${this.server.origin}/oauth/app2wxapp/auth/${id}`, { ticket, secret });
    return { token: String(token) };
  }

  async isActive({ id, secret }: TestPool, token: string): Promise<boolean> {
    const { active } = await send("POST", `${this.server.origin}/oauth/introspect/${id}`, { token, secret });
    return active === true;
  }

  /** As another backend of the pool does. */
  async revoke({ id, secret }: TestPool, token: string): Promise<void> {
    await send("POST", `${this.server.origin}/oauth/revoke/${id}`, { token, secret });
  }
}

async function send(method: string, url: string, body: Body, headers: Record<string, string> = {}): Promise<Body> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}
