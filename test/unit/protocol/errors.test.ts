import { expect, test } from "@jest/globals";
import { isServerErrorCode } from "../../../miniprogram/protocol/errors";

test("a code of the contract is told from any other text, inherited names included", () => {
  expect(["pool.unknown", "pool.known", "toString", 404].map(isServerErrorCode)).toEqual([true, false, false, false]);
});
