import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { CONFIG } from "../../../miniprogram/config";
import { configFaults } from "../../../miniprogram/config-rules";
import { DIST, read, REPOSITORY } from "./files";

describe("a setting", () => {
  test("of the development defaults is sound", () => {
    expect(configFaults(CONFIG)).toEqual([]);
  });

  test.each([
    ["authOrigin", "https://login.example.com"],
    ["authOrigin", "https://login.example.com:8443"],
    ["authOrigin", "http://localhost:4680"],
    ["userPoolId", ""],
    ["themeColor", "#005A9C"],
  ])("%s = %s is taken", (name, value) => {
    expect(configFaults({ ...CONFIG, [name]: value })).toEqual([]);
  });

  test.each([
    ["authOrigin", "login.example.com"],
    ["authOrigin", "http://login.example.com"],
    ["authOrigin", "https://login.example.com/"],
    ["authOrigin", "https://login.example.com:443"],
    ["authOrigin", "https://localhost"],
    ["authOrigin", "https://Login.example.com"],
    ["userPoolId", "a b"],
    ["themeColor", "blue"],
    ["themeColor", "#07c160"],
    ["operatorName", " "],
    ["returnMode", "json"],
    ["codeModeCallers", [{ appId: "wx 1", name: "A" }]],
    ["codeModeCallers", [{ appId: "wx1", name: "" }]],
    ["realtimeLog", undefined],
  ])("%s = %j is refused", (name, value) => {
    expect(configFaults({ ...CONFIG, [name]: value })).toEqual([name]);
  });

  test("of code mode needs a caller", () => {
    expect(configFaults({ ...CONFIG, returnMode: "code" })).toEqual(["codeModeCallers"]);
    const codeModeCallers = [{ appId: "wx1", name: "App" }];
    expect(configFaults({ ...CONFIG, returnMode: "code", codeModeCallers })).toEqual([]);
  });
});

describe("the build", () => {
  let folder: string;

  /** A project of its own, so that dist/ stays what the other tests run on. */
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "app2wxapp-build-"));
    for (const name of ["miniprogram", "typings", "gulpfile.js", "tsconfig.json", "project.config.json"])
      fs.cpSync(path.join(REPOSITORY, name), path.join(folder, name), { recursive: true });
    fs.symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"));
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
    const script = path.join(folder, "dist/app.js");
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
    expect(read(DIST, "app.js")).not.toContain("phoneInfoCode");
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
