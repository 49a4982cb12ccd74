import { readDatabaseSettings, type DatabaseSettings } from "./database-settings";
import { readTrustProxy, type TrustProxy } from "./trust-proxy";
import { valueOf, type Environment } from "./values";

/** Somebody who administers: an owner may do everything, a reader may look. */
export interface Admin {
  name: string;
  role: "owner" | "reader";
  token: string;
}

/** What the operator decides, read once at the start. */
export interface Settings extends DatabaseSettings {
  host: string;
  /** 0: any free port. */
  port: number;
  wechatApiOrigin: string;
  sharedApplet: { appId: string; appSecret: string } | undefined;
  /** The original id (gh_…) of the shared applet, by which apps open it; for the console to show. */
  wechatUserName: string | undefined;
  /** The browser phone on this machine; for the console to open. */
  phoneOrigin: string | undefined;
  masterKey: string;
  /** While it is rotated: opens what it sealed, seals nothing. */
  formerMasterKey: string | undefined;
  /** Where administration, its console and the metrics listen. */
  adminHost: string;
  adminPort: number;
  admins: Admin[];
  /** Proxies in front: how many, or their addresses. Never "all", which would let a client choose its address. */
  trustProxy: TrustProxy;
  logLevel: string;
  /** What tokens name as their issuer; undefined: the address the server listens on. */
  publicOrigin: string | undefined;
  /** How long a server that was told to end still accepts, so that proxies can notice. */
  drainSeconds: number;
  /** How long it is kept who logged in when, and through which app. */
  loginEventDays: number;
  /** Origins the server had before, whose tokens it still calls its own. */
  formerOrigins: string[];
}

/** Every problem found, each naming its variable. */
export class SettingsError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join("\n"));
    this.name = "SettingsError";
  }
}

const WECHAT_ORIGIN = "https://api.weixin.qq.com";
const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];
const LEAST_BYTES = 32;
/** Unless the operator says otherwise. */
export const LOGIN_EVENT_DAYS = 90;
/** What an Authorization header can carry: RFC 6750, section 2.1. */
export const BEARER = /^[A-Za-z0-9._~+/=-]{1,512}$/;

/** An applet's original id. */
export const USER_NAME = /^gh_[0-9a-z_-]{1,61}$/i;

/** Reads the settings from an environment. Throws one {@link SettingsError} that names all problems. */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  const get = (name: string): string | undefined => valueOf(env, name, problems);

  const whole = (name: string, missing: number, most: number): number => {
    const text = get(name) ?? String(missing);
    if (!/^\d{1,5}$/.test(text) || Number(text) > most) problems.push(`${name} must be a number from 0 to ${most}`);
    return Number(text);
  };
  const host = get("HOST") ?? "127.0.0.1";
  const port = whole("PORT", 4680, 65_535);
  const adminHost = get("ADMIN_HOST") ?? "127.0.0.1";
  // Whoever takes any free port for the one takes it for the other.
  const adminPort = whole("ADMIN_PORT", port === 0 ? 0 : 4681, 65_535);
  if (adminPort === port && port !== 0 && adminHost === host) problems.push("ADMIN_PORT must be another one than PORT");
  const drainSeconds = whole("DRAIN_SECONDS", 5, 15);
  const loginEventDays = whole("LOGIN_EVENT_DAYS", LOGIN_EVENT_DAYS, 3650);

  const database = readDatabaseSettings(env, problems);

  const wechatApiOrigin = get("WECHAT_API_ORIGIN") ?? WECHAT_ORIGIN;
  if (wechatApiOrigin !== WECHAT_ORIGIN && !isLoopbackOrigin(wechatApiOrigin)) {
    problems.push(`WECHAT_API_ORIGIN must be ${WECHAT_ORIGIN}, or an origin on loopback for tests`);
  }

  const appId = get("WECHAT_APP_ID");
  const appSecret = get("WECHAT_APP_SECRET");
  if ((appId === undefined) !== (appSecret === undefined)) {
    problems.push("WECHAT_APP_ID and WECHAT_APP_SECRET belong together: set both or neither");
  }
  if (appId !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(appId)) problems.push("WECHAT_APP_ID is not an AppID");

  const wechatUserName = get("WECHAT_USER_NAME");
  if (wechatUserName !== undefined && !USER_NAME.test(wechatUserName)) {
    problems.push("WECHAT_USER_NAME must be the applet's original id, which begins with gh_");
  }
  const phoneOrigin = get("PHONE_ORIGIN");
  if (phoneOrigin !== undefined && !isLoopbackOrigin(phoneOrigin)) {
    problems.push("PHONE_ORIGIN must be an origin on loopback");
  }

  const masterKey = get("MASTER_KEY") ?? "";
  if (Buffer.byteLength(masterKey) < LEAST_BYTES) {
    problems.push(`MASTER_KEY must be set, to at least ${LEAST_BYTES} bytes (openssl rand -base64 32)`);
  }

  const formerMasterKey = get("MASTER_KEY_FORMER");
  if (formerMasterKey !== undefined && formerMasterKey === masterKey) {
    problems.push("MASTER_KEY_FORMER is the same as MASTER_KEY");
  }

  const publicOrigin = get("PUBLIC_ORIGIN");
  if (publicOrigin !== undefined && originOf(publicOrigin) !== publicOrigin) {
    problems.push("PUBLIC_ORIGIN must be an origin such as https://auth.example.com, without a path");
  }

  const formerOrigins = (get("FORMER_ORIGINS") ?? "")
    .split(",")
    .map((origin) => origin.trim())
    .filter(Boolean);
  if (formerOrigins.some((origin) => originOf(origin) !== origin)) {
    problems.push(
      "FORMER_ORIGINS must be origins such as https://login.example.com, separated by commas, without paths",
    );
  }

  const logLevel = get("LOG_LEVEL") ?? "info";
  if (!LOG_LEVELS.includes(logLevel)) problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}`);

  const admins = readAdmins(get("ADMIN_TOKENS"), problems);
  const trustProxy = readTrustProxy(get("TRUST_PROXY"), problems);
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    host,
    port,
    adminHost,
    adminPort,
    ...database,
    wechatApiOrigin,
    sharedApplet: appId !== undefined && appSecret !== undefined ? { appId, appSecret } : undefined,
    wechatUserName,
    phoneOrigin,
    masterKey,
    formerMasterKey,
    admins,
    trustProxy,
    logLevel,
    publicOrigin,
    drainSeconds,
    loginEventDays,
    formerOrigins,
  };
}

/** What an operator should know of settings that are accepted, each with the name of its log line. */
export function warningsOf(
  settings: Pick<Settings, "admins" | "sharedApplet" | "publicOrigin">,
): { event: string; message: string }[] {
  const { admins, sharedApplet, publicOrigin } = settings;
  const warnings: { event: string; message: string }[] = [];
  if (admins.length === 0) {
    warnings.push({
      event: "admins.none",
      message:
        "ADMIN_TOKENS is not set: nobody can sign in to the console or change a pool. To get in, set " +
        "ADMIN_TOKENS=me:$(openssl rand -hex 32), start again, open /console on ADMIN_PORT, and sign in with the token after me:",
    });
  }
  if (sharedApplet === undefined) {
    warnings.push({
      event: "applet.none",
      message: "WECHAT_APP_ID is not set: only pools with their own applet can log in",
    });
  }
  // On loopback too: that is where a server behind a proxy on the same machine listens.
  if (publicOrigin === undefined) {
    warnings.push({
      event: "issuer.local",
      message: "PUBLIC_ORIGIN is not set: tokens name the address the server listens on as their issuer",
    });
  }
  return warnings;
}

function readAdmins(text: string | undefined, problems: string[]): Settings["admins"] {
  const admins = (text ?? "")
    .split(",")
    .filter(Boolean)
    .map((entry) => {
      const [name = "", ...rest] = entry.split(":").map((part) => part.trim());
      const role = rest.length === 2 && rest[0] === "reader" ? ("reader" as const) : ("owner" as const);
      if (rest.length === 0) return { name: "", role, token: name };
      return { name, role, token: rest.slice(role === "reader" ? 1 : 0).join(":") };
    });
  for (const [index, { name, token }] of admins.entries()) {
    // By position, not by name: without a colon the name could be the token.
    const which = `ADMIN_TOKENS, entry ${index + 1}`;
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(name))
      problems.push(`${which}: must read name:token or name:reader:token, the name of A-Z a-z 0-9 . _ -`);
    if (!BEARER.test(token))
      problems.push(`${which}: the token may hold A-Z a-z 0-9 . _ ~ + / = - and no more than 512`);
    if (Buffer.byteLength(token) < LEAST_BYTES)
      problems.push(`${which}: the token must have at least ${LEAST_BYTES} bytes`);
  }
  if (new Set(admins.map(({ name }) => name)).size < admins.length) problems.push("ADMIN_TOKENS: a name stands twice");
  if (new Set(admins.map(({ token }) => token)).size < admins.length)
    problems.push("ADMIN_TOKENS: a token stands twice");
  return admins;
}

function originOf(text: string): string | undefined {
  try {
    return new URL(text).origin;
  } catch {
    return undefined;
  }
}

function isLoopbackOrigin(text: string): boolean {
  if (originOf(text) !== text) return false;
  const { hostname } = new URL(text);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
