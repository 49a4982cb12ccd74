import { describe, expect, test } from "@jest/globals";
import { readEntry } from "../../../miniprogram/services/entry";
import { installWx, throwing } from "../platform/wx";

const QUERY = { userPoolId: "pool-a", state: "s-1" };
const TOLD = { scene: 1069, query: QUERY, referrerInfo: { appId: "wxapp1" }, apiCategory: "default" };
const WHOLE = {
  scene: 1069,
  query: QUERY,
  referrerAppId: "wxapp1",
  apiCategory: "default",
  appId: "wxapplet",
  language: "zh-TW",
};

function platform(apis: Record<string, unknown> = {}) {
  installWx({
    getAccountInfoSync: () => ({ miniProgram: { appId: "wxapplet" } }),
    getAppBaseInfo: () => ({ language: "zh_HK" }),
    ...apis,
  });
}

test("a whole entry is taken as it is told, with what the platform says of applet and person", () => {
  platform();
  expect(readEntry(TOLD, true)).toEqual(WHOLE);
});

describe("what a phone leaves out is asked of getEnterOptionsSync", () => {
  test.each([
    ["all of it", undefined],
    ["all of it, as null", null],
    ["everything in it", {}],
    ["the query", { ...TOLD, query: undefined }],
    ["the query, as null", { ...TOLD, query: null }],
    ["the referrer", { ...TOLD, referrerInfo: undefined }],
    ["the referrer, as null", { ...TOLD, referrerInfo: null }],
    ["the referrer's AppID", { ...TOLD, referrerInfo: {} }],
    ["the category", { ...TOLD, apiCategory: null }],
  ])("%s", (_what, told) => {
    platform({ getEnterOptionsSync: () => TOLD });
    expect(readEntry(told, false)).toEqual(WHOLE);
  });

  test.each([
    ["another scene", { ...TOLD, scene: 1001 }],
    ["another query", { ...TOLD, query: { ...QUERY, state: "s-2" } }],
  ])("but not of one with %s: that is another entry's caller", (_what, asked) => {
    platform({ getEnterOptionsSync: () => asked });
    expect(readEntry({ scene: 1069, query: QUERY }, false)).toMatchObject({ query: QUERY, referrerAppId: undefined });
  });

  test("and the query of another scene is not this entry's", () => {
    platform({ getEnterOptionsSync: () => ({ ...TOLD, scene: 1047 }) });
    expect(readEntry({ scene: 1069 }, false)).toMatchObject({ scene: 1069, query: {} });
  });
});

describe("the caller of the first entry may be in getLaunchOptionsSync alone", () => {
  const told = { scene: 1069, query: QUERY };

  test("where it is the same launch", () => {
    platform({ getLaunchOptionsSync: () => TOLD });
    expect(readEntry(told, true).referrerAppId).toBe("wxapp1");
    expect(readEntry(undefined, true).referrerAppId).toBeUndefined();
  });

  test("and of a later entry it says nothing", () => {
    platform({ getLaunchOptionsSync: () => TOLD });
    expect(readEntry(told, false).referrerAppId).toBeUndefined();
  });

  test("nor of another launch", () => {
    platform({ getLaunchOptionsSync: () => ({ ...TOLD, query: {} }) });
    expect(readEntry(told, true).referrerAppId).toBeUndefined();
  });
});

test("no other scene's referrer is the caller", () => {
  platform();
  expect(readEntry({ ...TOLD, scene: 1037 }, true).referrerAppId).toBeUndefined();
});

test.each([
  ["knows none of these calls", {}],
  ["throws", { getEnterOptionsSync: throwing(), getLaunchOptionsSync: throwing() }],
  ["says nothing", { getEnterOptionsSync: () => undefined, getLaunchOptionsSync: () => null }],
])("no shape of an entry can throw on a platform that %s", (_what, apis) => {
  installWx(apis);
  for (const told of [undefined, null, {}, { scene: null, query: null, referrerInfo: null, apiCategory: null }])
    expect(readEntry(told, true)).toEqual({
      scene: 0,
      query: {},
      referrerAppId: undefined,
      apiCategory: undefined,
      appId: "",
      language: "zh-CN",
    });
});

test("what is no text was never in a path", () => {
  platform();
  expect(readEntry({ scene: 1069, query: { a: "1", b: 2, c: null, d: undefined } }, true).query).toEqual({ a: "1" });
});
