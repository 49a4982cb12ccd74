import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { CONFIG } from "../../../miniprogram/config";
import { demoProblems, extProblems, help, readConfig, warnings } from "../../../miniprogram/config-settings";
import { copyProject } from "../../support/project";
import { DIST, read } from "./files";

const problemsOf = (env: Record<string, string>) => readConfig(env).problems.map((line) => line.split("=")[0]);

describe("a setting", () => {
  test("of the development defaults is sound", () => {
    expect(readConfig({})).toEqual({ config: CONFIG, problems: [] });
  });

  test.each([
    ["AUTH_ORIGIN", "https://login.example.com"],
    ["AUTH_ORIGIN", "https://login.example.com:8443"],
    ["AUTH_ORIGIN", "https://xn--fiqs8s.xn--fiqz9s"],
    ["AUTH_ORIGIN", "http://localhost:4680"],
    ["USER_POOL_ID", ""],
    ["THEME_COLOR", "#005A9C"],
    ["REALTIME_LOG", "false"],
  ])("%s=%s is taken", (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([]);
  });

  test.each([
    ["AUTH_ORIGIN", ""],
    ["AUTH_ORIGIN", "login.example.com"],
    ["AUTH_ORIGIN", "http://login.example.com"],
    ["AUTH_ORIGIN", "wss://login.example.com"],
    ["AUTH_ORIGIN", "https://login.example.com/"],
    ["AUTH_ORIGIN", "https://login.example.com/auth"],
    ["AUTH_ORIGIN", "https://login.example.com?"],
    ["AUTH_ORIGIN", "https://login.example.com:443"],
    ["AUTH_ORIGIN", "https://login"],
    ["AUTH_ORIGIN", "https://localhost"],
    ["AUTH_ORIGIN", "https://dev.localhost:4680"],
    ["AUTH_ORIGIN", "https://127.1"],
    ["AUTH_ORIGIN", "https://2130706433"],
    ["AUTH_ORIGIN", "https://203.0.113.9"],
    ["AUTH_ORIGIN", "https://[2001:db8::9]"],
    ["AUTH_ORIGIN", "https://[::1]"],
    ["AUTH_ORIGIN", "https://api.weixin.qq.com"],
    ["AUTH_ORIGIN", "https://me:hunter2@login.example.com"],
    ["AUTH_ORIGIN", "https://Login.example.com"],
    ["USER_POOL_ID", "a b"],
    ["THEME_COLOR", "blue"],
    ["THEME_COLOR", "#07c160"],
    ["OPERATOR_NAME", " "],
    ["RETURN_MODE", "json"],
    ["CODE_MODE_CALLERS", "wx 1:A"],
    ["CODE_MODE_CALLERS", "wx1"],
    ["CODE_MODE_CALLERS", "wx1:A,wx2"],
    ["REALTIME_LOG", "yes"],
  ])("%s=%s is refused", (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([name]);
  });

  test("of code mode needs a caller", () => {
    expect(problemsOf({ RETURN_MODE: "code" })).toEqual(["CODE_MODE_CALLERS"]);
    expect(readConfig({ RETURN_MODE: "code", CODE_MODE_CALLERS: "wx1:某 App, wx2:Another:One" })).toEqual({
      config: {
        ...CONFIG,
        returnMode: "code",
        codeModeCallers: [
          { appId: "wx1", name: "某 App" },
          { appId: "wx2", name: "Another:One" },
        ],
      },
      problems: [],
    });
  });

  test("that is wrong is named with what it accepts, a password in it is not repeated", () => {
    const { problems } = readConfig({ AUTH_ORIGIN: "https://me:hunter2@login.example.com", REALTIME_LOG: "yes" });
    expect(problems).toEqual([
      expect.stringMatching(/^AUTH_ORIGIN=https:\/\/…@login\.example\.com\n {4}accepted: https:\/\/ and a domain name/),
      "REALTIME_LOG=yes\n    accepted: true or false",
    ]);
  });

  test("of ext.json keeps the rule of the build, and only what ext.json may set is looked at", () => {
    const fine = { authOrigin: "https://b.example.com", userPoolId: "b", returnMode: "json", theirOwn: 1 };
    expect(extProblems(fine)).toEqual([]);
    expect(extProblems({ themeColor: "#ffe000" })).toEqual([expect.stringContaining("contrast of 4.5")]);
    expect(extProblems({ authOrigin: "https://10.0.0.1", helpContact: 400 })).toEqual([
      expect.stringContaining("ext.json's authOrigin=https://10.0.0.1\n    accepted: https://"),
      expect.stringContaining("ext.json's helpContact=400\n"),
    ]);
  });

  test("of development keeps an applet from people, and each is named with what to set", () => {
    const own = {
      AUTH_ORIGIN: "https://login.example.com",
      USER_POOL_ID: "p",
      OPERATOR_NAME: "某",
      HELP_CONTACT: "400",
    };
    expect(demoProblems(readConfig(own).config)).toEqual([]);
    expect(demoProblems(CONFIG)).toEqual([
      expect.stringContaining("AUTH_ORIGIN=http://127.0.0.1:4680 is for development only: https://"),
      expect.stringContaining(`USER_POOL_ID=${CONFIG.userPoolId} is for development only`),
      expect.stringContaining("OPERATOR_NAME=app2wxapp is for development only"),
      expect.stringContaining("HELP_CONTACT is not set"),
    ]);
    expect(demoProblems(readConfig({ ...own, USER_POOL_ID: "" }).config)).toEqual([
      expect.stringContaining("USER_POOL_ID is not set"),
    ]);
  });

  test("that hands raw codes to apps comes with a warning of what a leaked one is worth", () => {
    expect(warnings(CONFIG)).toEqual([]);
    expect(warnings({ ...CONFIG, returnMode: "code" })).toEqual([expect.stringContaining("worth an account")]);
  });

  test("is listed in the help by its name in the environment", () => {
    const { AUTH_ORIGIN, REPORT_EVENT_ID } = Object.fromEntries(
      [...help().matchAll(/^ {2}([A-Z_]+)(.*)$/gm)].map(([, name, remarks]) => [name, remarks]),
    );
    expect(AUTH_ORIGIN).toBe(" · also in ext.json · development: http://127.0.0.1:4680");
    expect(REPORT_EVENT_ID).toBe("");
  });
});

describe("the build", () => {
  let folder: string;

  beforeAll(() => {
    folder = copyProject();
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function build(env: Record<string, string>) {
    const { status, stderr } = spawnSync(process.execPath, ["node_modules/gulp/bin/gulp.js", "build"], {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    const script = path.join(folder, "dist/services/login.js");
    return { status, stderr, script: status === 0 ? fs.readFileSync(script, "utf8") : "" };
  }

  test("takes the operator's settings from the environment and leaves the development ones out", () => {
    const { status, script } = build({
      AUTH_ORIGIN: "https://login.example.com",
      USER_POOL_ID: "pool-x",
      OPERATOR_NAME: "某某公司",
      REALTIME_LOG: "false",
      WECHAT_APP_ID: "wx0123456789abcdef",
    });
    expect(status).toBe(0);
    expect(script).toContain('authOrigin:"https://login.example.com",userPoolId:"pool-x"');
    expect(script).toContain("某某公司");
    expect(script).not.toContain("127.0.0.1");
    expect(JSON.parse(fs.readFileSync(path.join(folder, "dist/project.config.json"), "utf8"))).toMatchObject({
      appid: "wx0123456789abcdef",
    });
  });

  test("leaves code mode out of a package that returns tickets, and puts it into one that returns codes", () => {
    expect(read(DIST, "services/login.js")).not.toContain("phoneInfoCode");
    const { script } = build({ RETURN_MODE: "code", CODE_MODE_CALLERS: "wx1:某 App, wx2:Another" });
    expect(script).toContain("phoneInfoCode");
    expect(script).toContain('{appId:"wx1",name:"某 App"},{appId:"wx2",name:"Another"}');
  });

  test("names every wrong setting with what it accepts, and fails", () => {
    const { status, stderr } = build({ AUTH_ORIGIN: "http://example.com", THEME_COLOR: "#fff", REALTIME_LOG: "yes" });
    expect(status).toBe(1);
    for (const variable of ["AUTH_ORIGIN=http://example.com", "THEME_COLOR=#fff", "REALTIME_LOG=yes"])
      expect(stderr).toContain(variable);
    expect(stderr).toContain("accepted: true or false");
  });
});
