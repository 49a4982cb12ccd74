import { expect, test } from "@jest/globals";
import * as crypto from "node:crypto";
import { readSettings } from "../src/settings";

const { privateKey } = crypto.generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const machine = { version: "1.4.2", lastCommit: "fix: the button", read: () => privateKey };
const env = {
  WECHAT_APP_ID: "wx0123456789abcdef",
  WECHAT_UPLOAD_KEY_PATH: "/keys/private.wx0123456789abcdef.key",
};

test("an upload needs an AppID and a key, and takes the rest from the project", () => {
  expect(readSettings("upload", [], env, machine)).toEqual({
    kind: "ready",
    qrFile: null,
    job: expect.objectContaining({
      appId: "wx0123456789abcdef",
      privateKey,
      version: "1.4.2",
      description: "fix: the button",
      robot: 1,
    }),
  });
});

test("outside git the description names the version instead of a commit", () => {
  const settings = readSettings("upload", [], env, { ...machine, lastCommit: null });
  expect(settings).toMatchObject({ job: { description: "1.4.2, not from a git repository" } });
});

test("a preview opens the pool of the environment as an app would that wants the phone number", () => {
  const settings = readSettings("preview", [], { ...env, USER_POOL_ID: "p1" }, machine);
  expect(settings).toMatchObject({ job: { page: "routes/explore", query: "userPoolId=p1&getPhone=1&fromApp=1" } });
});

test.each([
  ["an unknown option", ["--apid", "x"], {}, "Unknown option '--apid'"],
  ["robot 0", ["--robot", "0"], {}, "--robot 0 is not a number from 1 to 30"],
  ["half a robot", ["--robot", "1.5"], {}, "--robot 1.5"],
  ["no AppID", [], { WECHAT_APP_ID: undefined }, "the AppID is missing"],
  ["a QR file for an upload", ["--qr", "code.jpg"], {}, "belong to a preview"],
  ["no key", [], { WECHAT_UPLOAD_KEY_PATH: undefined }, "the code upload key is missing"],
  ["two keys", [], { WECHAT_UPLOAD_KEY: "x" }, "keep one"],
  ["another applet's key", ["--appid", "wxffffffffffffffff"], {}, "is that of wx0123456789abcdef, not of wxff"],
])("%s is refused", (_, args, changes, words) => {
  const settings = readSettings("upload", args, { ...env, ...changes }, machine);
  expect(settings).toEqual({ kind: "problems", problems: [expect.stringContaining(words)] });
});

test.each([
  ["a public key", crypto.createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString()],
  [
    "a key of another kind",
    crypto.generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  ],
  ["an AppSecret", "00112233445566778899aabbccddeeff"],
])("%s in place of the upload key is refused without repeating it", (_, text) => {
  const settings = readSettings("upload", [], env, { ...machine, read: () => text });
  expect(settings).toEqual({
    kind: "problems",
    problems: [
      "the file /keys/private.wx0123456789abcdef.key does not hold the private key that WeChat's console gave (PEM, RSA)",
    ],
  });
});

test("a package without a version cannot be uploaded", () => {
  const settings = readSettings("upload", [], env, { ...machine, version: "" });
  expect(settings).toEqual({ kind: "problems", problems: ["package.json has no version such as 1.2.3"] });
});
