import { expect, test } from "@jest/globals";
import { aged, codesCredential, isFresh, isPhoneFresh, ticketCredential } from "../../../miniprogram/flow/credential";

test.each([
  [30, 7.5, 15],
  [120, 50, 60],
  [600, 530, 540],
])("a ticket of %d s is renewed after %d s and due after %d s", (ticketExpiresIn, renewed, due) => {
  const credential = ticketCredential({ ticket: "t", ticketExpiresIn }, 1_000);
  expect(credential.renewAt - 1_000).toBe(renewed * 1_000);
  expect(credential.dueAt - 1_000).toBe(due * 1_000);
});

test("freshness begins at birth and ends when due", () => {
  const credential = ticketCredential({ ticket: "t", ticketExpiresIn: 120 }, 1_000);
  expect([999, 1_000, 60_999, 61_000].map((at) => isFresh(credential, at))).toEqual([false, true, true, false]);
  expect(isFresh(aged(credential, 1), 60_999)).toBe(false);
});

test("two codes go out until the older one is four minutes old", () => {
  const credential = codesCredential({ code: "l", at: 5_000 }, { code: "p", at: 9_000 });
  expect(credential).toMatchObject({ bornAt: 5_000, dueAt: 245_000, renewAt: 235_000 });
  expect(codesCredential({ code: "l", at: 9_000 }, { code: "p", at: 9_000 }).renewAt).toBe(249_000);
});

test("a phone code may be paired with a new login code for four minutes", () => {
  expect([0, 239_999, 240_000].map((at) => isPhoneFresh({ code: "p", at: 0 }, at))).toEqual([true, true, false]);
});
