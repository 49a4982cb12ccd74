import { expect, test } from "@jest/globals";
import { readLaunch } from "../../../miniprogram/protocol/launch";

const NOTHING = { getPhone: false, fromApp: false, malformed: [] };
const CHALLENGE = "c".repeat(43);

test("the seed's query is read", () => {
  expect(
    readLaunch({ userPoolId: "5e4cdd055df3df65dc58b97d", getPhone: "1", fromApp: "1", useSelfWxapp: "0" }),
  ).toEqual({
    userPoolId: "5e4cdd055df3df65dc58b97d",
    getPhone: true,
    fromApp: true,
    useSelfWxapp: false,
    malformed: [],
  });
});

test("missing and empty parameters are no error, unknown ones are ignored", () => {
  expect(readLaunch({})).toEqual(NOTHING);
  expect(readLaunch({ userPoolId: "", state: "", codeChallenge: "", extra: "1" })).toEqual(NOTHING);
});

test("a nonce keeps the alphabet of the state", () => {
  expect(readLaunch({ nonce: "n%2D1._~" }).nonce).toBe("n-1._~");
});

test.each(["0", "true", "2", ""])("getPhone=%s means the number is not wanted", (getPhone) => {
  expect(readLaunch({ getPhone }).getPhone).toBe(false);
});

test.each([
  ["1", true],
  ["true", true],
  ["0", false],
  ["false", false],
  ["yes", undefined],
])("useSelfWxapp=%s is read as %s", (useSelfWxapp, expected) => {
  expect(readLaunch({ useSelfWxapp }).useSelfWxapp).toBe(expected);
});

test.each(["zh-CN", "zh-TW", "en"] as const)("lang=%s is spoken", (lang) => {
  expect(readLaunch({ lang }).lang).toBe(lang);
});

test("a language we do not speak is left to WeChat's", () => {
  expect(readLaunch({ lang: "fr" }).lang).toBeUndefined();
});

test("values are decoded once", () => {
  expect(readLaunch({ state: "a%2Eb", codeChallenge: CHALLENGE })).toMatchObject({
    state: "a.b",
    codeChallenge: CHALLENGE,
  });
  expect(readLaunch({ state: "a%252Eb" }).malformed).toEqual(["state"]);
});

test.each([
  ["userPoolId", "a b"],
  ["userPoolId", "x".repeat(65)],
  ["state", "a&b"],
  ["state", "a=b"],
  ["state", "s".repeat(129)],
  ["state", "%zz"],
  ["codeChallenge", "short"],
  ["codeChallenge", `${CHALLENGE}=`],
  ["nonce", "a b"],
  ["nonce", "n".repeat(129)],
])("%s=%s is malformed and used for nothing", (name, value) => {
  const launch = readLaunch({ [name]: value });
  expect(launch.malformed).toEqual([name]);
  expect(launch).not.toHaveProperty(name);
});
