import { expect, test } from "@jest/globals";
import { deviceFrom, NEW_DEVICE } from "../src/device";

test("a page's query sets the phone up, each value in its kind", () => {
  const query = new URLSearchParams("theme=dark&textScale=1.4&getPhone=false&screenWidth=320");
  expect(deviceFrom(query)).toEqual({
    ...NEW_DEVICE,
    theme: "dark",
    textScale: 1.4,
    getPhone: false,
    screenWidth: 320,
  });
});

test.each([
  ["colour=red", "The phone has no setting called colour"],
  ["textScale=large", "textScale must be a number"],
  ["theme=sepia", "theme cannot be sepia"],
  ["network=slow", "network cannot be slow"],
  ["getPhone=maybe", "getPhone must be true or false"],
])("a slip in the query is told: %s", (query, message) => {
  expect(() => deviceFrom(new URLSearchParams(query))).toThrow(message);
});
