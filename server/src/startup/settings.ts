import { isIP } from "node:net";

/** What the operator decides, read once at the start. */
export interface Settings {
  host: string;
  /** 0: any free port. */
  port: number;
  databaseUrl: string;
  wechatApiOrigin: string;
  sharedApplet: { appId: string; appSecret: string } | undefined;
  masterKey: string;
  admins: { name: string; token: string }[];
  /** Proxies in front: how many, or their addresses. Never "all", which would let a client choose its address. */
  trustProxy: number | string[] | false;
  logLevel: string;
  /** What tokens name as their issuer; undefined: the address the server listens on. */
  publicOrigin: string | undefined;
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
/** What an Authorization header can carry: RFC 6750, section 2.1. */
export const BEARER = /^[A-Za-z0-9._~+/=-]{1,512}$/;

/** Reads the settings from an environment. Throws one {@link SettingsError} that names all problems. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = [];
  const get = (name: string): string | undefined => env[name]?.trim() || undefined;

  const portText = get("PORT") ?? "4680";
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) problems.push("PORT must be a number from 0 to 65535");

  const databaseUrl = get("DATABASE_URL") ?? "sqlite:data/app2wxapp.db";
  if (!/^(sqlite:.|postgres(ql)?:\/\/.)/.test(databaseUrl)) {
    problems.push("DATABASE_URL must begin with sqlite: and name a file, or begin with postgres://");
  }

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

  const masterKey = get("MASTER_KEY") ?? "";
  if (Buffer.byteLength(masterKey) < LEAST_BYTES) {
    problems.push(`MASTER_KEY must be set, to at least ${LEAST_BYTES} bytes (openssl rand -base64 32)`);
  }

  const publicOrigin = get("PUBLIC_ORIGIN");
  if (publicOrigin !== undefined && originOf(publicOrigin) !== publicOrigin) {
    problems.push("PUBLIC_ORIGIN must be an origin such as https://auth.example.com, without a path");
  }

  const logLevel = get("LOG_LEVEL") ?? "info";
  if (!LOG_LEVELS.includes(logLevel)) problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}`);

  const admins = readAdmins(get("ADMIN_TOKENS"), problems);
  const trustProxy = readTrustProxy(get("TRUST_PROXY"), problems);
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    host: get("HOST") ?? "127.0.0.1",
    port,
    databaseUrl,
    wechatApiOrigin,
    sharedApplet: appId !== undefined && appSecret !== undefined ? { appId, appSecret } : undefined,
    masterKey,
    admins,
    trustProxy,
    logLevel,
    publicOrigin,
  };
}

/** What an operator should know of settings that are accepted, each with the name of its log line. */
export function warningsOf(
  settings: Pick<Settings, "admins" | "sharedApplet" | "publicOrigin" | "host">,
): { event: string; message: string }[] {
  const { admins, sharedApplet, publicOrigin, host } = settings;
  const warnings: { event: string; message: string }[] = [];
  if (admins.length === 0) {
    warnings.push({
      event: "admins.none",
      message: "ADMIN_TOKENS is not set: pools cannot be created or changed",
    });
  }
  if (sharedApplet === undefined) {
    warnings.push({
      event: "applet.none",
      message: "WECHAT_APP_ID is not set: only pools with their own applet can log in",
    });
  }
  if (publicOrigin === undefined && !/^(127\.|::1$|localhost$)/.test(host)) {
    warnings.push({
      event: "issuer.local",
      message: "PUBLIC_ORIGIN is not set: tokens name this machine's own address as their issuer",
    });
  }
  return warnings;
}

function readAdmins(text: string | undefined, problems: string[]): Settings["admins"] {
  const admins = (text ?? "")
    .split(",")
    .filter(Boolean)
    .map((entry) => {
      const colon = entry.indexOf(":");
      return { name: entry.slice(0, Math.max(colon, 0)).trim(), token: entry.slice(colon + 1).trim() };
    });
  for (const [index, { name, token }] of admins.entries()) {
    // By position, not by name: without a colon the name could be the token.
    const which = `ADMIN_TOKENS, entry ${index + 1}`;
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(name))
      problems.push(`${which}: must read name:token, the name of A-Z a-z 0-9 . _ -`);
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

function readTrustProxy(text: string | undefined, problems: string[]): Settings["trustProxy"] {
  if (text === undefined) return false;
  if (/^\d{1,2}$/.test(text)) return Number(text) === 0 ? false : Number(text);
  const ranges = text.split(",").map((range) => range.trim());
  if (ranges.every(isAddressRange)) return ranges;
  problems.push("TRUST_PROXY must be a number of hops, or addresses and CIDR ranges separated by commas");
  return false;
}

function isAddressRange(range: string): boolean {
  const [address = "", bits, ...rest] = range.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  // A range of nearly everybody would be "true" by another name. An IPv6 range that begins with zeros may hold all of IPv4
  // (::ffff:0:0/96).
  const [least, most] = version === 4 ? [8, 32] : [16, 128];
  const zeros = version === 6 && /^(:|0+:)/.test(address) && Number(bits) < 128;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= least && Number(bits) <= most && !zeros;
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
