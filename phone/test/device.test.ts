import { expect, test } from "@jest/globals";
import { NEW_DEVICE } from "../src/device";
import { deviceFrom, queryOf } from "../src/device-query";

const QUERY = "textScale=1.4&getPhone=false&theme=dark&screenWidth=320";
const DEVICE = { ...NEW_DEVICE, theme: "dark", textScale: 1.4, getPhone: false, screenWidth: 320 } as const;

test("a page's query sets the phone up, each value in its kind", () => {
  expect(deviceFrom(new URLSearchParams(QUERY))).toEqual({ device: DEVICE, problems: [] });
});

test("a phone's query makes the same phone again; a new phone needs none", () => {
  expect(deviceFrom(new URLSearchParams(queryOf(DEVICE))).device).toEqual(DEVICE);
  expect(queryOf(NEW_DEVICE)).toBe("");
});

test.each([
  ["colour=red", "colour", "unknown"],
  ["toString=1", "toString", "unknown"],
  ["textScale=large", "textScale", "notNumber"],
  ["theme=sepia", "theme", "notChoice"],
  ["network=slow", "network", "notChoice"],
  ["getPhone=maybe", "getPhone", "notBoolean"],
])("a slip in the query is told, and the rest counts: %s", (query, name, problem) => {
  const { device, problems } = deviceFrom(new URLSearchParams(`${query}&sdkVersion=2.30.0`));
  expect(problems).toEqual([expect.objectContaining({ name, problem })]);
  expect(device).toEqual({ ...NEW_DEVICE, sdkVersion: "2.30.0" });
});
