import { expect, test } from "@jest/globals";
import { originProblem } from "../src/auth-origin";
import { packagedOriginProblems } from "../src/packaged-origin";

test.each([
  [undefined, "is missing"],
  ["", "is missing"],
  ["login.example.com", "is not an address"],
  ["http://127.0.0.1:4680", "is this computer"],
  ["https://127.1", "is this computer"],
  ["https://2130706433", "is this computer"],
  ["https://localhost", "is this computer"],
  ["https://dev.localhost:4680", "is this computer"],
  ["https://[::1]", "is this computer"],
  ["http://login.example.com", "is not https"],
  ["wss://login.example.com", "is not https"],
  ["https://203.0.113.9", "is an IP address"],
  ["https://[2001:db8::9]", "is an IP address"],
  ["https://login", "has no registered domain"],
  ["https://api.weixin.qq.com", "is WeChat's own server"],
  ["https://login.example.com:8443", "has a port"],
  ["https://login.example.com:443", "has a port"],
  ["https://login.example.com/", "is more than scheme and name"],
  ["https://login.example.com/auth", "is more than scheme and name"],
  ["https://login.example.com?", "is more than scheme and name"],
  ["https://Login.example.com", "not in lower case: https://login.example.com"],
  ["https://:hunter2@login.example.com", "must not hold a name or a password"],
])("phones could not reach an auth server at %s: it %s", (origin, why) => {
  expect(originProblem(origin)).toContain(why);
});

test("a password in the address is not repeated", () => {
  expect(originProblem("https://me:hunter2@login.example.com")).not.toContain("hunter2");
});

test("a name under https without a port can be listed with WeChat", () => {
  expect(originProblem("https://login.example.com")).toBeNull();
});

test("a package that was built for another server is noticed", () => {
  const files = { "app.js": Buffer.from('App({origin:"https://other.example.com"})') };
  expect(packagedOriginProblems(files, "https://login.example.com")).toEqual([
    "the build does not hold AUTH_ORIGIN https://login.example.com",
  ]);
});

test("an address that ext.json puts in place of the build's is judged too", () => {
  const files = {
    "app.js": Buffer.from('App({origin:"https://login.example.com"})'),
    "ext.json": Buffer.from('{"extEnable":true,"ext":{"authOrigin":"https://10.0.0.1"}}'),
  };
  expect(packagedOriginProblems(files, "https://login.example.com")).toEqual([
    expect.stringContaining("ext.json's authOrigin https://10.0.0.1 is an IP address"),
  ]);
});
