import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readSettings, SettingsError, warningsOf } from "../src/startup/settings";

const KEY = "k".repeat(32);
const TOKEN = "t".repeat(32);

function problems(env: Record<string, string>): string[] {
  try {
    readSettings({ MASTER_KEY: KEY, ...env });
    return [];
  } catch (error) {
    return error instanceof SettingsError ? error.problems : [String(error)];
  }
}

test("a master key is all an operator must choose; everything else has a safe default", () => {
  expect(readSettings({ MASTER_KEY: KEY })).toEqual({
    host: "127.0.0.1",
    port: 4680,
    adminHost: "127.0.0.1",
    adminPort: 4681,
    databaseUrl: "sqlite:data/app2wxapp.db",
    connections: 10,
    wechatApiOrigin: "https://api.weixin.qq.com",
    sharedApplet: undefined,
    masterKey: KEY,
    formerMasterKey: undefined,
    admins: [],
    trustProxy: false,
    logLevel: "info",
    publicOrigin: undefined,
    drainSeconds: 5,
    loginEventDays: 90,
    formerOrigins: [],
  });
});

test("everything can be chosen", () => {
  const env = {
    HOST: "0.0.0.0",
    PORT: "0",
    DATABASE_URL: "postgres://user:password@db/app2wxapp",
    DATABASE_REPLICA_URL: "postgres://user:password@standby/app2wxapp",
    DATABASE_POOL: "40",
    WECHAT_API_ORIGIN: "http://127.0.0.1:1234",
    WECHAT_APP_ID: "wx0123456789abcdef",
    WECHAT_APP_SECRET: "secret",
    MASTER_KEY: KEY,
    ADMIN_HOST: "10.0.0.1",
    ADMIN_PORT: "0",
    DRAIN_SECONDS: "0",
    ADMIN_TOKENS: `ada:${TOKEN},grace:${TOKEN}+/=,eve:reader:${TOKEN}.`,
    TRUST_PROXY: "10.0.0.0/8, ::1",
    LOG_LEVEL: "debug",
    PUBLIC_ORIGIN: "https://auth.example.com",
    FORMER_ORIGINS: "https://login.example.com, http://10.0.0.1:4680",
  };
  expect(readSettings(env)).toMatchObject({
    port: 0,
    replicaUrl: "postgres://user:password@standby/app2wxapp",
    connections: 40,
    adminHost: "10.0.0.1",
    adminPort: 0,
    drainSeconds: 0,
    sharedApplet: { appId: "wx0123456789abcdef", appSecret: "secret" },
    admins: [
      { name: "ada", role: "owner", token: TOKEN },
      { name: "grace", role: "owner", token: `${TOKEN}+/=` },
      { name: "eve", role: "reader", token: `${TOKEN}.` },
    ],
    trustProxy: ["10.0.0.0/8", "::1"],
    publicOrigin: "https://auth.example.com",
    formerOrigins: ["https://login.example.com", "http://10.0.0.1:4680"],
  });
});

describe("a secret in a file", () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), "secrets-"))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (text: string): string => {
    const name = path.join(folder, `secret-${Math.random()}`);
    writeFileSync(name, text);
    return name;
  };

  test("is read as one in the environment is, without the line's end", () => {
    const settings = readSettings({
      MASTER_KEY_FILE: file(`${KEY}\n`),
      MASTER_KEY_FORMER_FILE: file(`${KEY}-former\r\n`),
      ADMIN_TOKENS_FILE: file(`ada:${TOKEN}`),
      WECHAT_APP_ID: "wx1",
      WECHAT_APP_SECRET_FILE: file("the AppSecret"),
      DATABASE_URL_FILE: file("postgres://user:password@db/app2wxapp"),
    });
    expect(settings).toMatchObject({
      masterKey: KEY,
      formerMasterKey: `${KEY}-former`,
      admins: [{ name: "ada", token: TOKEN }],
      sharedApplet: { appSecret: "the AppSecret" },
      databaseUrl: "postgres://user:password@db/app2wxapp",
    });
  });

  test("that cannot be read, is empty or stands beside the setting itself is a problem that shows no secret", () => {
    expect(problems({ ADMIN_TOKENS_FILE: path.join(folder, "absent") })).toEqual([
      "ADMIN_TOKENS_FILE: the file cannot be read (ENOENT)",
    ]);
    expect(problems({ ADMIN_TOKENS_FILE: file("\n") })).toEqual(["ADMIN_TOKENS_FILE: the file is empty"]);
    expect(problems({ MASTER_KEY_FILE: file(TOKEN) })).toEqual(["MASTER_KEY and MASTER_KEY_FILE: set one of them"]);
    // What is no secret is not looked for in files.
    expect(readSettings({ MASTER_KEY: KEY, LOG_LEVEL_FILE: file("loud") }).logLevel).toBe("info");
  });

  test("that is the former master key is another one than the present", () => {
    expect(problems({ MASTER_KEY_FORMER: KEY })).toEqual(["MASTER_KEY_FORMER is the same as MASTER_KEY"]);
  });
});

test("what is left out and narrows what the server can do is warned of, and nothing of what is set is repeated", () => {
  const events = (env: Record<string, string>) =>
    warningsOf(readSettings({ MASTER_KEY: KEY, ...env })).map(({ event }) => event);
  expect(events({})).toEqual(["admins.none", "applet.none", "issuer.local"]);
  expect(events({ ADMIN_TOKENS: `ada:${TOKEN}`, HOST: "0.0.0.0" })).toEqual(["applet.none", "issuer.local"]);
  // Behind a proxy on the same machine too.
  expect(events({ ADMIN_TOKENS: `ada:${TOKEN}`, HOST: "127.0.0.1" })).toEqual(["applet.none", "issuer.local"]);
  const whole = { ADMIN_TOKENS: `ada:${TOKEN}`, WECHAT_APP_ID: "wx1", WECHAT_APP_SECRET: "s" };
  expect(events({ ...whole, PUBLIC_ORIGIN: "https://auth.example.com" })).toEqual([]);
});

test("all problems are told at once, none of them with what was set", () => {
  const secrets = {
    MASTER_KEY: "too-short",
    ADMIN_TOKENS: "no-colon-at-all,ada:short-token",
    WECHAT_APP_SECRET: "alone",
  };
  const found = problems({ PORT: "-1", DATABASE_URL: "file.db", LOG_LEVEL: "loud", TRUST_PROXY: "true", ...secrets });
  for (const name of [
    "PORT",
    "DATABASE_URL",
    "LOG_LEVEL",
    "TRUST_PROXY",
    "MASTER_KEY",
    "ADMIN_TOKENS",
    "WECHAT_APP_ID",
  ]) {
    expect(found.join("\n")).toContain(name);
  }
  for (const secret of ["too-short", "no-colon", "short-token", "alone"])
    expect(found.join("\n")).not.toContain(secret);
});

test.each([
  [{ PORT: "65536" }],
  [{ PORT: "4680x" }],
  [{ ADMIN_PORT: "4680" }],
  [{ PORT: "5000", ADMIN_PORT: "5000" }],
  [{ DRAIN_SECONDS: "16" }],
  [{ ADMIN_TOKENS: "ada:reader:short" }],
  [{ ADMIN_TOKENS: `ada:writer:${TOKEN}` }],
  [{ ADMIN_TOKENS: TOKEN }],
  [{ DATABASE_URL: "sqlite:" }],
  [{ DATABASE_POOL: "0" }],
  [{ DATABASE_POOL: "501" }],
  [{ DATABASE_POOL: "many" }],
  [{ DATABASE_REPLICA_URL: "postgres://standby/x" }],
  [{ DATABASE_URL: "postgres://primary/x", DATABASE_REPLICA_URL: "sqlite:x" }],
  [{ MASTER_KEY: "" }],
  [{ WECHAT_APP_ID: "wx1" }],
  [{ WECHAT_APP_ID: "not an id", WECHAT_APP_SECRET: "s" }],
  [{ WECHAT_USER_NAME: "wx0123456789abcdef" }],
  [{ PHONE_ORIGIN: "https://phone.example.com" }],
  [{ ADMIN_TOKENS: `ada:${TOKEN},ada:${KEY}` }],
  [{ ADMIN_TOKENS: `ada:${TOKEN},grace:${TOKEN}` }],
  [{ ADMIN_TOKENS: `a b:${TOKEN}` }],
  [{ ADMIN_TOKENS: `ada:${TOKEN} with a space` }],
  [{ ADMIN_TOKENS: `ada:${TOKEN}密` }],
  [{ PUBLIC_ORIGIN: "https://auth.example.com/path" }],
  [{ PUBLIC_ORIGIN: "auth.example.com" }],
  [{ FORMER_ORIGINS: "https://a.example.com,https://b.example.com/" }],
])("%o is refused", (env) => {
  expect(problems(env as Record<string, string>)).toHaveLength(1);
});

test("WeChat's address can be changed to a stand-in on loopback and to nothing else", () => {
  for (const origin of ["http://127.0.0.1:9", "http://localhost:9", "http://[::1]:9", "https://api.weixin.qq.com"]) {
    expect(problems({ WECHAT_API_ORIGIN: origin })).toEqual([]);
  }
  for (const origin of [
    "http://api.weixin.qq.com",
    "https://evil.example",
    "http://127.0.0.1.evil.example",
    "http://127.0.0.1:9/path",
    "x",
  ]) {
    expect(problems({ WECHAT_API_ORIGIN: origin })).toHaveLength(1);
  }
});

test("trusted proxies are a number of hops or addresses, never everybody", () => {
  const trusted = (text: string) => readSettings({ MASTER_KEY: KEY, TRUST_PROXY: text }).trustProxy;
  expect([trusted("0"), trusted("8"), trusted("127.0.0.1"), trusted("fd00::/16"), trusted("::1/128")]).toEqual([
    false,
    8,
    ["127.0.0.1"],
    ["fd00::/16"],
    ["::1/128"],
  ]);
  for (const text of ["9", "99", "true", "*", "10.0.0.0/33", "10.0.0.0/8/8", "loopback", "-1"]) {
    expect(problems({ TRUST_PROXY: text })).toHaveLength(1);
  }
  const nearlyEverybody = ["0.0.0.0/0", "128.0.0.0/1", "64.0.0.0/7", "::/0", "2000::/3", "::/16", "::1/64", "0:0::/80"];
  for (const text of [...nearlyEverybody, "::ffff:0:0/96", "0:0:0:0:0:ffff::/96", "::ffff:10.0.0.0/104"]) {
    expect(problems({ TRUST_PROXY: text })).toHaveLength(1);
  }
});
