import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { spawn, spawnSync } from "node:child_process";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { BUDGET } from "../src/budget";
import { compiled, FIXTURE, type Ended } from "./cli";
import { type Arrived, startUploadService, type UploadService } from "./upload-service";

/** One run takes seconds of processor time, and the machine may be busy. */
jest.setTimeout(120_000);

const APP_ID = "wx0123456789abcdef";
const AUTH_ORIGIN = "https://login.example.com";

const project = crypto.generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});

let service: UploadService;
/** An operator's checkout. */
let checkout: string;

beforeEach(async () => {
  service = await startUploadService(project.publicKey);
  checkout = fs.mkdtempSync(path.join(os.tmpdir(), "operator-"));
  fs.cpSync(FIXTURE, path.join(checkout, "miniprogram"), { recursive: true });
  fs.symlinkSync(path.resolve("node_modules"), path.join(checkout, "node_modules"));
  write("package.json", JSON.stringify({ version: "1.4.2" }));
  write("certificate.pem", service.certificate);
  write("private.key", project.privateKey);
  write("miniprogram/app.js", "App({ origin: '__AUTH_ORIGIN__' });");
  write(
    "gulpfile.js",
    `const fs = require("node:fs");
     const { settings, publishable } = require(${JSON.stringify(path.resolve("gulpfile.js"))});
     Object.assign(exports, { settings, publishable });
     exports.build = async () => {
       if (process.env.WECHAT_UPLOAD_KEY_PATH) throw new Error("the build was given the key");
       fs.cpSync("miniprogram", "dist", { recursive: true });
       fs.writeFileSync("dist/app.js", fs.readFileSync("dist/app.js", "utf8").replace("__AUTH_ORIGIN__", process.env.AUTH_ORIGIN));
     };`,
  );
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "--message", "feat: 新的登录页");
});

afterEach(async () => {
  await service.stop();
  fs.rmSync(checkout, { recursive: true, force: true });
});

function git(...args: string[]): void {
  const identity = ["-c", "user.name=operator", "-c", "user.email=operator@example.com", "-c", "commit.gpgSign=false"];
  expect(spawnSync("git", [...identity, ...args], { cwd: checkout }).status).toBe(0);
}

function write(name: string, content: string): void {
  fs.writeFileSync(path.join(checkout, name), content);
}

/** Everything a command printed, which must hold no line of the key. */
function printed({ stdout, stderr }: Ended): string {
  for (const line of project.privateKey.trim().split("\n")) expect(stdout + stderr).not.toContain(line);
  return stdout + stderr;
}

/** Runs a command as the operator would, in a process of its own so that the stand-in can answer meanwhile. */
function operator(command: "preview" | "upload", args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [compiled("send"), command, "--appid", APP_ID, ...args], {
    cwd: checkout,
    env: {
      PATH: process.env["PATH"],
      AUTH_ORIGIN,
      USER_POOL_ID: "89abcdef0123456701234567",
      OPERATOR_NAME: "示例科技",
      HELP_CONTACT: "400-000-0000",
      WECHAT_UPLOAD_KEY_PATH: "private.key",
      HTTPS_PROXY: service.proxy,
      NODE_EXTRA_CA_CERTS: "certificate.pem",
      ...env,
    },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}

test("an upload arrives signed, with its version, the commit's subject and the robot", async () => {
  const oneLine = project.privateKey.replaceAll("\n", "\\n");
  const ended = await operator("upload", ["--robot", "7"], { WECHAT_UPLOAD_KEY: oneLine, WECHAT_UPLOAD_KEY_PATH: "" });
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  expect(service.arrived).toHaveLength(1);
  const [{ path: called, query, files }] = service.arrived as [Arrived];
  expect(called).toBe("/wxa/ci/upload");
  expect(query).toMatchObject({ appid: APP_ID, version: "1.4.2", desc: "feat: 新的登录页", robot: "7" });
  expect(files.get("/app.js")?.toString()).toContain(AUTH_ORIGIN);
  expect(printed(ended)).toMatch(/uploaded wx0123456789abcdef 1\.4\.2 by robot 7, "feat: 新的登录页", \d+ bytes/);
  for (const check of [
    "基础库最低版本设置: 2.21.2",
    "用户隐私保护指引: the phone number",
    `request 合法域名: ${AUTH_ORIGIN}`,
  ])
    expect(ended.stdout).toContain(check);
});

test("a preview opens the applet as an app would, and its QR code goes into a file as WeChat drew it", async () => {
  service.drawing = Buffer.from("a picture of a kind that cannot be read here");
  const ended = await operator("preview", ["--qr", "codes/today.jpg"]);
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  const [{ path: called, query }] = service.arrived as [Arrived];
  expect(called).toBe("/wxa/ci/testSourceURL");
  expect(query["path"]).toBe("routes/explore?userPoolId=89abcdef0123456701234567&getPhone=1&fromApp=1");
  expect(fs.readFileSync(path.join(checkout, "codes/today.jpg"))).toEqual(service.drawing);
  expect(printed(ended)).toContain("scan codes/today.jpg");
});

test("a package over its budget stays here", async () => {
  write("miniprogram/noise.js", `module.exports = "${crypto.randomBytes(BUDGET.rawBytes).toString("hex")}";`);
  const ended = await operator("upload");
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(/over its budget\n.*over its budget\nnothing was sent/);
  expect(service.arrived).toEqual([]);
});

test("a build that fails is not sent", async () => {
  fs.appendFileSync(
    path.join(checkout, "gulpfile.js"),
    'exports.build = async () => { throw new Error("the styles cannot be read"); };',
  );
  const ended = await operator("upload");
  expect(ended.status).toBe(1);
  expect(printed(ended)).toContain("the styles cannot be read");
  expect(ended.stderr).toContain("the build failed; nothing was sent");
});

test("everything that is wrong with the settings is said at once, before anything is built", async () => {
  const ended = await operator("preview", ["--appid", "touristappid", "--robot", "31"], {
    AUTH_ORIGIN: "http://127.0.0.1:4680",
    USER_POOL_ID: "",
    OPERATOR_NAME: "app2wxapp",
    HELP_CONTACT: undefined,
    WECHAT_UPLOAD_KEY_PATH: "absent.key",
  });
  expect(ended.status).toBe(1);
  expect(ended.stderr.trim().split("\n")).toEqual([
    expect.stringContaining("touristappid is not the AppID"),
    expect.stringContaining("the key cannot be read: ENOENT"),
    expect.stringContaining("--robot 31"),
    expect.stringContaining("AUTH_ORIGIN=http://127.0.0.1:4680 is for development only: https://"),
    expect.stringContaining("USER_POOL_ID is not set: the pool of a launch that names none"),
    expect.stringContaining("OPERATOR_NAME=app2wxapp is for development only: the name of"),
    expect.stringContaining("HELP_CONTACT is not set: where people find help"),
    expect.stringContaining("--help"),
  ]);
  expect(fs.existsSync(path.join(checkout, "dist"))).toBe(false);
});

test("help is printed without any setting", async () => {
  const ended = await operator("preview", ["--help"], { AUTH_ORIGIN: "", WECHAT_UPLOAD_KEY_PATH: "" });
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  expect(ended.stdout).toContain("usage: npm run preview -- [options]");
  expect(ended.stdout).toContain("OPERATOR_NAME · also in ext.json");
});
