import { expect, test } from "@jest/globals";
import { readPhoneRefusal } from "../../../miniprogram/flow/problem";
import { ASKS_PHONE, at } from "./walk";

test.each([
  ["getPhoneNumber:fail user deny", undefined, "phone.required", 400],
  ["getPhoneNumber:fail:user deny", undefined, "phone.required", 400],
  ["getPhoneNumber:fail user cancel", undefined, "phone.required", 400],
  ["getPhoneNumber:fail User Cancel", undefined, "phone.required", 400],
  ["getPhoneNumber:user deny", undefined, "phone.required", 400],
  ["getPhoneNumber:fail", 103, "phone.required", 400],
  ["getPhoneNumber:fail privacy permission is not authorized", 104, "phone.required", 400],
  ["getPhoneNumber:fail privacy permission is not authorized or buttonId is wrong", undefined, "phone.required", 400],
  ["getPhoneNumber:fail", 101102, "phone.required", 400],
  ["getPhoneNumber:fail no permission", undefined, "409", 409],
  ["getPhoneNumber:fail", 102, "409", 409],
  ["getPhoneNumber:fail", 101101, "409", 409],
  ["getPhoneNumber:fail api scope is not declared in the privacy agreement", 112, "409", 409],
  ["getPhoneNumber:fail api scope is not declared in the privacy agreement", undefined, "409", 409],
  ["getPhoneNumber:fail", 101100, "409", 409],
  ["getPhoneNumber:fail appid privacy api banned", 1025, "409", 409],
  ["getPhoneNumber:fail user getPhoneNumber is blocked", 1421102, "409", 409],
  ["getPhoneNumber:fail system permission denied", 3, "409", 409],
  ["getPhoneNumber:fail", 1400001, "phone.quota", 409],
  ["invoke getPhoneNumber too frequently", undefined, "429", 400],
  ["getPhoneNumber:fail 用户未绑定手机，请先在客户端进行绑定", undefined, "phone.unbound", 409],
  ["getPhoneNumber:ok", undefined, "409", 409],
  ["getPhoneNumber:fail timeout", 5, "409", 409],
  ["getPhoneNumber:fail", 109, "409", 409],
  ["", undefined, "409", 409],
] as const)("%s (errno %s) is %s, and cancelling then returns %d", (errMsg, errno, cause, code) => {
  const detail = errno === undefined ? { errMsg } : { errMsg, errno };
  expect(readPhoneRefusal(detail)).toMatchObject({ cause, returned: code });
  const walk = at.opened(ASKS_PHONE).phone(detail);
  expect(walk.page.notice).not.toBe("");
  expect(walk.button("cancel")?.code).toBe(code);
});

test("what a person can mend is advised: bind a number", () => {
  expect(at.asking().phone({ errMsg: "getPhoneNumber:fail 用户未绑定手机" }).page.notice).toBe("请先绑定手机号");
});

test("an answer without any text is still an answer", () => {
  expect(readPhoneRefusal({})).toMatchObject({ cause: "409", advice: "network" });
});
