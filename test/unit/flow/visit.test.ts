import { expect, test } from "@jest/globals";
import { CONFIG } from "../../../miniprogram/config";
import { CODES } from "../../../miniprogram/flow/mode/codes";
import type { Mode } from "../../../miniprogram/flow/mode/mode";
import { TICKETS } from "../../../miniprogram/flow/mode/tickets";
import { visitOf } from "../../../miniprogram/flow/visit";
import { CODE_MODE, ENTRY, Walk } from "./walk";

const visit = (entry: Partial<typeof ENTRY>, config = CONFIG, mode: Mode = TICKETS) =>
  visitOf("v", { ...ENTRY, ...entry }, config, mode);

test("scene 1069 means an app even where the SDK dropped every parameter", () => {
  expect(visit({ query: {} })).toMatchObject({ fromApp: true, userPoolId: CONFIG.userPoolId, problem: undefined });
});

test("a launch that says fromApp is from an app whatever the scene, but its caller is nobody's word", () => {
  expect(visit({ scene: 1089 })).toMatchObject({ fromApp: true, callerAppId: undefined });
});

test("the referrer is the caller in scene 1069 and in no other", () => {
  expect(visit({}).callerAppId).toBe("wxapp1");
  expect(visit({ scene: 1037, query: {} }).callerAppId).toBeUndefined();
  expect(visit({ referrerAppId: undefined }).callerAppId).toBeUndefined();
});

test("the launch's language wins over the one of WeChat", () => {
  expect(visit({ query: { lang: "en" } }).language).toBe("en");
  expect(visit({ query: { lang: "fr" } }).language).toBe("zh-CN");
});

test.each([
  ["a malformed state", { query: { state: "a b" } }, CONFIG, "launch.malformed"],
  ["a malformed pool", { query: { userPoolId: "!" } }, CONFIG, "launch.malformed"],
  ["no pool at all", { query: {} }, { ...CONFIG, userPoolId: "" }, "launch.no_pool"],
  ["a page that is only browsed", { apiCategory: "browseOnly" }, CONFIG, "surface.browse_only"],
  ["code mode without a caller", { referrerAppId: undefined }, CODE_MODE, "app.caller_missing"],
  ["code mode with an unlisted caller", { referrerAppId: "wxother" }, CODE_MODE, "app.not_allowed"],
] as const)("%s is a problem that is known before anything is sent", (_what, entry, config, problem) => {
  const walk = new Walk(config).enter(entry);
  expect(walk.current.visit.problem).toBe(problem);
  expect(walk.current).toMatchObject({ name: "failed", problem: problem });
  expect(walk.effects).toEqual([]);
});

test("a listed caller may launch in code mode without path or query", () => {
  expect(visit({ query: {} }, CODE_MODE, CODES).problem).toBeUndefined();
});

test("a malformed launch goes back to the app with code 422, the state left out when it is what is malformed", () => {
  expect(new Walk().enter({ query: { userPoolId: "!", state: "s-1" } }).button("return")?.parameter).toBe(
    "code=422&message=登录链接有误&state=s-1",
  );
  expect(new Walk().enter({ query: { state: "a=b" } }).button("return")?.parameter).toBe(
    "code=422&message=登录链接有误",
  );
});

test("a page that is only browsed says what to open, with or without an app", () => {
  const walk = new Walk().enter({ apiCategory: "browseOnly", scene: 1154, query: {} });
  expect(walk.page.notice).toContain("请先打开完整的小程序");
  expect(walk.buttons).toEqual([]);
});
