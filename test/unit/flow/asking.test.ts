import { expect, test } from "@jest/globals";
import { ASKS_AGREEMENT, ASKS_BOTH, ASKS_PHONE, at, CODE_MODE, HANDLE } from "./walk";

const DENIED = { errMsg: "getPhoneNumber:fail user deny" };

test("the phone prompt is on offer when nothing else is missing, and cancel beside it", () => {
  const walk = at.asking();
  expect(walk.buttons).toEqual(["allow-phone:getPhoneNumber", "cancel:launchApp"]);
  expect(walk.button("cancel")?.parameter).toBe("code=400&message=用户取消授权&state=s-1");
});

test("until the box is ticked the primary is a plain button that says so", () => {
  const walk = at.opened(ASKS_BOTH);
  expect(walk.page.isAgreed).toBe(false);
  expect(walk.buttons).toEqual(["proceed", "cancel:launchApp"]);
  expect(walk.tap("proceed").page.notice).toBe("请先勾选协议");
  walk.tap("agree");
  expect(walk.page.notice).toBe("");
  expect(walk.buttons[0]).toBe("allow-phone:getPhoneNumber");
  expect(walk.tap("agree").buttons[0]).toBe("proceed");
});

test("the versions of the required agreements go to the server, the others do not", () => {
  const walk = at.opened(ASKS_AGREEMENT).tap("agree").tap("proceed");
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE, agreed: ["v1"] });
});

test("an agreement's text opens and closes on the page", () => {
  const walk = at.opened(ASKS_BOTH).tap("read", 0);
  expect(walk.page.reading).toMatchObject({ title: "用户协议", text: "第一条" });
  expect(walk.tap("read", -1).page.reading).toBeNull();
});

test("a granted number goes to the server at once, and its button is gone", () => {
  const walk = at.asking().phone();
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE, phoneCode: "phone-code" });
  expect(walk.buttons).toEqual(["cancel:launchApp"]);
  expect(walk.page.progress).toBe("正在验证手机号…");
});

test("between tap and answer the page stays as it is: some devices never answer", () => {
  const walk = at.asking();
  const before = walk.page;
  expect(walk.tap("allow-phone").page).toEqual(before);
  expect(walk.send({ type: "hidden" }).page).toEqual(before);
  expect(walk.send({ type: "shown" }).page).toEqual(before);
});

test("after a refusal the prompt rests for ten seconds, then it is on offer again", () => {
  const walk = at.asking().phone(DENIED);
  expect(walk.page.notice).toBe("需要手机号才能登录，可再次选择");
  expect(walk.buttons).toEqual(["proceed", "cancel:launchApp"]);
  expect(walk.page.actions[0]?.label).toBe("10 秒后可重试");
  expect(walk.timer.milliseconds).toBe(1_000);
  expect(walk.waited().page.actions[0]?.label).toBe("9 秒后可重试");
  expect(walk.pass(8_999).tap("proceed").page).toMatchObject({ notice: "需要手机号才能登录，可再次选择" });
  expect(walk.buttons[0]).toBe("proceed");
  expect(walk.waited().buttons[0]).toBe("allow-phone:getPhoneNumber");
});

test("a rest that ended while its timer stood still ends by the clock at the next tap", () => {
  expect(at.asking().phone(DENIED).pass(10_000).tap("proceed").buttons[0]).toBe("allow-phone:getPhoneNumber");
});

test.each([
  ["who refused", DENIED, 400],
  ["without a number bound", { errMsg: "getPhoneNumber:fail 用户未绑定手机" }, 409],
])("when a person %s cancels, the app learns it by code", (_who, detail, code) => {
  expect(at.asking().phone(detail).button("cancel")?.code).toBe(code);
});

test("where the pool allows it a person is offered to go on without a number, before and after a refusal", () => {
  const walk = at.opened({ ...ASKS_BOTH, phoneOptional: true });
  walk.tap("agree");
  expect(walk.buttons).toEqual(["allow-phone:getPhoneNumber", "skip-phone", "cancel:launchApp"]);
  walk.phone(DENIED);
  expect(walk.buttons).toEqual(["proceed", "skip-phone", "cancel:launchApp"]);
  walk.tap("skip-phone");
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE, agreed: ["v1"], withoutPhone: true });
  // Beside each other as before: cancel is where it was.
  expect(walk.buttons).toEqual(["skip-phone", "cancel:launchApp"]);
  expect(walk.tap("skip-phone").effects).toEqual([]);
});

test("where nobody insists on the number, a refusal gets no remark; a failure does", () => {
  const choice = () => at.opened({ ...ASKS_PHONE, phoneOptional: true });
  expect(choice().phone(DENIED).page.notice).toBe("");
  expect(choice().phone({ errMsg: "getPhoneNumber:fail", errno: 1400001 }).page.notice).toBe(
    "暂时无法获取手机号。请联系 App 客服",
  );
});

test("going on without a number needs the box too", () => {
  const walk = at
    .opened({ ...ASKS_BOTH, phoneOptional: true })
    .tap("agree")
    .phone(DENIED);
  walk.tap("agree").tap("skip-phone");
  expect(walk.page.notice).toBe("请先勾选协议");
});

test("where the pool insists on the number, nothing goes on without it", () => {
  const walk = at.asking().phone(DENIED);
  const { state } = walk;
  expect(walk.tap("skip-phone").state).toBe(state);
});

test("in the background the prompt is out of reach until the applet is back", () => {
  const walk = at.asking().send({ type: "hidden" });
  expect(walk.buttons[0]).toBe("proceed");
  expect(walk.send({ type: "shown" }).buttons[0]).toBe("allow-phone:getPhoneNumber");
  expect(walk.send({ type: "hidden" }).tap("proceed").buttons[0]).toBe("allow-phone:getPhoneNumber");
});

test("a question that arrives in the background offers no prompt until the applet is back", () => {
  const asked = at.opening().loggedIn().send({ type: "hidden" }).opened(ASKS_PHONE);
  const askedAgain = at.issuing().send({ type: "hidden" }).refused("phone_code.invalid");
  for (const walk of [asked, askedAgain]) {
    expect(walk.buttons[0]).toBe("proceed");
    expect(walk.send({ type: "shown" }).buttons[0]).toBe("allow-phone:getPhoneNumber");
  }
});

test("a login that starts over in the background goes on as away", () => {
  const walk = at.opening().loggedIn().send({ type: "hidden" }).refused("wechat_code.invalid");
  expect(walk.loggedIn().opened(ASKS_PHONE).buttons[0]).toBe("proceed");
});

test("the resting prompt rests on when the person comes back early", () => {
  const walk = at.asking().phone(DENIED).send({ type: "hidden" }).pass(5_000).send({ type: "shown" });
  expect(walk.buttons[0]).toBe("proceed");
});

test("an attempt about to end is not worth a number: the question ends first", () => {
  const walk = at.asking();
  expect(walk.timer.milliseconds).toBe(585_000);
  expect(walk.waited().current).toMatchObject({ name: "failed", problem: "attempt.expired" });
  expect(walk.button("return")?.code).toBe(408);
});

test("after a long suspension the clock ends the question, whatever the timer says", () => {
  const walk = at.asking().send({ type: "hidden" }).pass(600_000).send({ type: "shown" });
  expect(walk.current).toMatchObject({ name: "failed", problem: "attempt.expired" });
});

test("with the prompt open or the applet away the timer moves nothing", () => {
  const prompted = at.asking();
  const { timer } = prompted;
  const { state } = prompted.tap("allow-phone");
  expect(prompted.pass(599_999).rings(timer).state).toBe(state);
  expect(prompted.send({ type: "shown" }).state).toBe(state);
  const away = at.asking();
  const { timer: other } = away;
  expect(away.send({ type: "hidden" }).pass(600_000).rings(other).current.name).toBe("asking");
});

test("a prompt that never answers is over when the attempt is, by the timer or on coming back", () => {
  const walk = at.asking().tap("allow-phone");
  expect(walk.timer.milliseconds).toBe(600_000);
  expect(walk.waited().current).toMatchObject({ name: "failed", problem: "attempt.expired" });
  const back = at.asking().tap("allow-phone").send({ type: "hidden" }).pass(600_000).send({ type: "shown" });
  expect(back.current).toMatchObject({ name: "failed", problem: "attempt.expired" });
});

test("a number that arrives after the box was unticked waits for the box and is not lost", () => {
  const walk = at.opened(ASKS_BOTH).tap("agree").tap("allow-phone");
  walk.tap("agree").send({ type: "phoneAnswered", detail: { code: "paid" } });
  expect(walk.current).toMatchObject({ name: "asking", phone: { code: "paid" } });
  expect(walk.page.notice).toBe("请先勾选协议");
  walk.tap("agree").tap("proceed");
  expect(walk.order("issueTicket")?.request).toMatchObject({ phoneCode: "paid" });
});

test("a second number beside one at hand is counted as lost", () => {
  const walk = at.opened(ASKS_BOTH).tap("agree").tap("allow-phone");
  walk.tap("agree").send({ type: "phoneAnswered", detail: { code: "paid" } });
  walk.send({ type: "phoneAnswered", detail: { code: "second" } });
  expect(walk.effects).toEqual([{ type: "countLostPhone" }]);
});

test("a number granted on a phone that hides the applet around the prompt, and never shows it again, leads to the button", () => {
  const walk = at.asking().tap("allow-phone").send({ type: "hidden" });
  walk.send({ type: "phoneAnswered", detail: { errMsg: "getPhoneNumber:ok", code: "phone-code" } }).issued();
  expect(walk.buttons).toEqual(["confirm:launchApp", "cancel:launchApp"]);
});

test("a visit's own prompt is its own, though a former one for another app was never answered", () => {
  const walk = at.asking().tap("allow-phone").enter({ referrerAppId: "wxapp2" }).loggedIn().opened(ASKS_PHONE).phone();
  expect(walk.order("issueTicket")?.request).toMatchObject({ phoneCode: "phone-code" });
});

test("the answer to a former visit's prompt is told from this one's", () => {
  const refusedThere = at.asking().tap("allow-phone").enter().loggedIn().opened(ASKS_PHONE);
  refusedThere.send({ type: "phoneAnswered", detail: DENIED });
  expect(refusedThere.buttons[0]).toBe("allow-phone:getPhoneNumber");
  const grantedThere = at.asking().tap("allow-phone").enter().loggedIn().opened(ASKS_PHONE);
  grantedThere.send({ type: "phoneAnswered", detail: { code: "paid" } });
  expect(grantedThere.order("issueTicket")?.request.phoneCode).toBe("paid");
  const elsewhere = at.asking().tap("allow-phone").enter({ referrerAppId: "wxapp2" });
  elsewhere
    .loggedIn()
    .opened(ASKS_PHONE)
    .send({ type: "phoneAnswered", detail: { code: "paid" } });
  expect(elsewhere.effects).toEqual([{ type: "countLostPhone" }]);
  expect(elsewhere.phone(DENIED).page.notice).toBe("需要手机号才能登录，可再次选择");
});

test("a former visit's prompt gives one answer; the next is this one's", () => {
  const walk = at.asking().tap("allow-phone").enter().loggedIn().opened(ASKS_PHONE);
  walk.send({ type: "phoneAnswered", detail: DENIED }).send({ type: "phoneAnswered", detail: DENIED });
  expect(walk.page.notice).toBe("需要手机号才能登录，可再次选择");
});

test("any other tap leaves a former visit's prompt unanswered", () => {
  const walk = at.asking().tap("allow-phone").enter().loggedIn().opened(ASKS_BOTH).tap("agree").tap("proceed");
  expect(walk.send({ type: "phoneAnswered", detail: DENIED }).page.notice).toBe("");
});

test("a number the server cannot use is asked for again", () => {
  const walk = at.issuing().refused("phone_code.invalid");
  expect(walk.page.notice).toBe("无法获取手机号");
  expect(walk.buttons[0]).toBe("allow-phone:getPhoneNumber");
});

test.each(["phone.required", "agreements.required"] as const)(
  "%s means the pool changed: a new attempt asks what it wants now",
  (problem) => {
    const walk = at.issuing().refused(problem);
    expect(walk.current.name).toBe("opening");
    expect(walk.effects).toEqual([{ type: "logIn" }]);
  },
);

test("a request that lost its way is sent again as it was, with the number already granted", () => {
  const walk = at.issuing();
  const { call } = walk;
  walk.refused("network.timeout").tap("retry");
  expect(walk.call).toEqual(call);
  expect(walk.call).not.toBe(call);
});

test("after a number that is another account's another try starts over", () => {
  expect(at.issuing().refused("phone.mismatch").tap("retry").effects).toEqual([{ type: "logIn" }]);
});

test.each(["agreements.required", "phone.required", "attempt.expired"] as const)(
  "a number that was paid for outlives an attempt that ends with %s, once",
  (problem) => {
    const walk = at.issuing().refused(problem);
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    walk.loggedIn().opened(ASKS_PHONE);
    expect(walk.order("issueTicket")?.request.phoneCode).toBe("phone-code");
    walk.refused(problem);
    expect(walk.order("countLostPhone")).toBeDefined();
    expect(walk.current).toMatchObject({ name: "opening", phone: undefined });
  },
);

test("an attempt that ended while the person read starts over", () => {
  const walk = at.opened(ASKS_AGREEMENT).tap("agree").tap("proceed").refused("attempt.expired");
  expect(walk.effects).toEqual([{ type: "logIn" }]);
});

test("the same answer twice is charged once and counted once", () => {
  const walk = at.issuing();
  expect(walk.send({ type: "phoneAnswered", detail: { code: "phone-code" } }).effects).toEqual([]);
  expect(walk.send({ type: "phoneAnswered", detail: { code: "another" } }).effects).toEqual([
    { type: "countLostPhone" },
  ]);
});

test("in code mode the question has no end of its own", () => {
  expect(at.opening(CODE_MODE).loggedIn().effects).toEqual([]);
});
