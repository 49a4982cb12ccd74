import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { PHONE_FOLDER } from "../src/bundle";

export interface AuthServer {
  origin: string;
  /** Where administration listens. */
  adminOrigin: string;
  stop(): Promise<void>;
}

export interface AuthServerSettings {
  port: number;
  adminPort: number;
  /** `sqlite:` and a file. */
  databaseUrl: string;
  wechatOrigin: string;
  wechatAppId: string;
  wechatAppSecret: string;
  masterKey: string;
  adminToken: string;
  /** Where the phone will be, for the console to open it. */
  phoneOrigin: string | undefined;
  /** Where backends reach it, if that is not where it listens. */
  publicOrigin?: string;
}

/** An original id that is nobody's. */
const DEMO_USER_NAME = "gh_0123456789ab";

const STARTS_WITHIN_MS = 20_000;

/** Starts the compiled auth server as its own process, as an operator would, and waits until it listens. */
export async function startAuthServer(settings: AuthServerSettings): Promise<AuthServer> {
  const program = path.join(PHONE_FOLDER, "../server/dist/main.js");
  const child = spawn(process.execPath, [program], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "development",
      HOST: "127.0.0.1",
      PORT: String(settings.port),
      ADMIN_PORT: String(settings.adminPort),
      // Nothing stands in front of it that would have to notice.
      DRAIN_SECONDS: "0",
      DATABASE_URL: settings.databaseUrl,
      WECHAT_API_ORIGIN: settings.wechatOrigin,
      WECHAT_APP_ID: settings.wechatAppId,
      WECHAT_APP_SECRET: settings.wechatAppSecret,
      MASTER_KEY: settings.masterKey,
      ADMIN_TOKENS: `demo:${settings.adminToken}`,
      WECHAT_USER_NAME: DEMO_USER_NAME,
      ...(settings.phoneOrigin !== undefined && { PHONE_ORIGIN: settings.phoneOrigin }),
      ...(settings.publicOrigin !== undefined && { PUBLIC_ORIGIN: settings.publicOrigin }),
      LOG_LEVEL: "info",
    },
  });
  const exited = new Promise<void>((done) => {
    // Not "exit", after which what it wrote last may still be on its way.
    child.once("close", () => done());
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  let alarm: NodeJS.Timeout | undefined;
  const starting = new Promise<Listening>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`The auth server ${reason}\n${said}`));
    alarm = setTimeout(() => fail("did not start in time"), STARTS_WITHIN_MS);
    void exited.then(() => fail("ended"));
    // Read to the end, or the pipe fills up; what it says after it listens is its own affair.
    createInterface(child.stdout).on("line", (line) => {
      const listening = listeningAt(line);
      if (listening !== undefined) resolve(listening);
    });
  });
  try {
    return { ...(await starting), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(alarm);
  }
}

type Listening = Pick<AuthServer, "origin" | "adminOrigin">;

function listeningAt(line: string): Listening | undefined {
  try {
    const { event, origin, adminOrigin } = JSON.parse(line) as Record<string, unknown>;
    const isWhole = event === "listening" && typeof origin === "string" && typeof adminOrigin === "string";
    return isWhole ? { origin, adminOrigin } : undefined;
  } catch {
    return undefined;
  }
}
