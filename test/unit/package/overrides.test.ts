import { expect, test } from "@jest/globals";
import { CONFIG } from "../../../miniprogram/config";
import { withOverrides } from "../../../miniprogram/config-overrides";

test("ext.json sets origin, pool, colour, operator and help for one of many applets", () => {
  const overrides = {
    authOrigin: "https://login.example.com",
    userPoolId: "pool-b",
    themeColor: "#123456",
    operatorName: "某某",
    helpContact: "400-1",
  };
  expect(withOverrides(CONFIG, overrides)).toEqual({ ...CONFIG, ...overrides });
});

test.each([
  ["authOrigin", "login.example.com"],
  ["authOrigin", "https://a.example/path"],
  ["authOrigin", "http://login.example.com"],
  ["userPoolId", "a b"],
  ["themeColor", "red"],
  ["themeColor", "#123456;--ink:#fff"],
  ["operatorName", ""],
  ["helpContact", 400],
])("%s = %j is passed over", (name, value) => {
  expect(withOverrides(CONFIG, { [name]: value })).toEqual(CONFIG);
});

test("who gets codes is not for ext.json to say", () => {
  expect(withOverrides(CONFIG, { returnMode: "code", codeModeCallers: [] })).toEqual(CONFIG);
});
