import { expect, test } from "@jest/globals";
import { isReadableUnderWhite } from "../../../miniprogram/protocol/color";

// The contrasts are WCAG 2.2's, which asks for 4.5.
test.each([
  ["#000000", 21],
  ["#2b5fd9", 5.61],
  ["#0a0a0a", 19.8],
  ["#767676", 4.54],
  ["#e60000", 4.81],
  ["#008000", 5.14],
  ["#0000FF", 8.59],
])("white text can be read on %s, whose contrast is %d", (color) => {
  expect(isReadableUnderWhite(color)).toBe(true);
});

test.each([
  ["#ffffff", 1],
  ["#777777", 4.48],
  ["#07c160", 2.38],
  ["#ff0000", 4],
  ["#008d00", 4.37],
  ["#ff8800", 2.39],
  ["#00ffff", 1.25],
])("white text cannot be read on %s, whose contrast is %d", (color) => {
  expect(isReadableUnderWhite(color)).toBe(false);
});

test.each(["", "000000", "#000", "#00000g", "red", "#000000;color:red"])("%j is no colour", (text) => {
  expect(isReadableUnderWhite(text)).toBe(false);
});
