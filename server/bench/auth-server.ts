import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { freePort } from "../test/support/loopback";
import { Child } from "./child";
import { load, type Call, type Run } from "./load";
import { APPLET } from "./applet";

const MAIN = path.resolve(__dirname, "../../../dist/main.js");
const ADMIN_TOKEN = "bench-administrator-with-plenty-of-bytes";
export const CALLER = "wxcaller00000000";

export interface Pool {
  id: string;
  secret: string;
}

/** What is not as always: another version's program, a port that was another's, settings. */
interface Different {
  script?: string;
  port?: number;
  env?: Record<string, string>;
}

/** The auth server as an operator runs it, behind one proxy, its log in a file. */
export class AuthServer {
  private constructor(
    readonly child: Child,
    readonly origin: string,
    readonly adminOrigin: string,
    readonly wechat: Child,
  ) {}

  static async start(
    databaseUrl: string,
    log: string,
    wechat: { child: Child; origin: string },
    { script = MAIN, port, env = {} }: Different = {},
  ): Promise<AuthServer> {
    port ??= await freePort();
    const adminPort = await freePort();
    const output = openSync(log, "a");
    const child = Child.start({
      script,
      measured: true,
      output,
      env: {
        NODE_ENV: "production",
        PORT: String(port),
        ADMIN_PORT: String(adminPort),
        DATABASE_URL: databaseUrl,
        MASTER_KEY: "bench-master-key-with-plenty-of-bytes-0001",
        ADMIN_TOKENS: `bench:${ADMIN_TOKEN}`,
        DRAIN_SECONDS: "0",
        PUBLIC_ORIGIN: "https://auth.example.com",
        TRUST_PROXY: "1",
        WECHAT_API_ORIGIN: wechat.origin,
        WECHAT_APP_ID: APPLET.appId,
        WECHAT_APP_SECRET: APPLET.secret,
        ...env,
      },
    });
    closeSync(output);
    const origin = `http://127.0.0.1:${port}`;
    for (let tries = 0; ; tries++) {
      const ready = await fetch(`${origin}/readyz`).catch(() => undefined);
      if (ready?.ok === true) break;
      if (tries > 600 || child.process.exitCode !== null) throw new Error(`the auth server did not start; see ${log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return new AuthServer(child, origin, `http://127.0.0.1:${adminPort}`, wechat.child);
  }

  async createPool(): Promise<Pool> {
    const response = await fetch(`${this.adminOrigin}/admin/v1/pools`, {
      method: "POST",
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify({
        name: "示例",
        allowedApps: [{ appId: CALLER, name: "示例应用" }],
        phone: "never",
        ticketTtlSeconds: 600,
      }),
    });
    if (response.status !== 201) throw new Error(`no pool: ${await response.text()}`);
    const { pool, secret } = (await response.json()) as { pool: { id: string }; secret: string };
    return { id: pool.id, secret };
  }

  /** Logins of so many people in turn, or of those of the last time again; all of them end with a ticket. */
  async login(pool: Pool, count: number, connections: number, again = false): Promise<Run & { tickets: string[] }> {
    const codes = await this.wechat.ask<string[]>({ count, again });
    const address = `/oauth/app2wxapp/attempts/${pool.id}`;
    const calls = codes.map((code): Call => {
      const body = { code, appId: APPLET.appId, getPhone: false, callerAppId: CALLER };
      return { method: "POST", path: address, body };
    });
    const run = await load(this.origin, connections, calls);
    return { ...run, tickets: run.bodies.map((body) => (JSON.parse(body) as { ticket: string }).ticket) };
  }

  exchange(pool: Pool, tickets: readonly string[], connections: number): Promise<Run> {
    const address = `/oauth/app2wxapp/auth/${pool.id}`;
    const calls = tickets.map((ticket): Call => ({
      method: "POST",
      path: address,
      body: { ticket, secret: pool.secret },
    }));
    return load(this.origin, connections, calls);
  }

  stop(): Promise<void> {
    return this.child.stop();
  }
}
