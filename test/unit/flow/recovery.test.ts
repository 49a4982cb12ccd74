import { describe, expect, test } from "@jest/globals";
import { ASKS_PHONE, at, HANDLE, REPLY, TICKET, Walk } from "./walk";

const hidden = { type: "hidden" } as const;
const shown = { type: "shown" } as const;

const LOGGING_IN = [{ type: "logIn" }];
const BROKEN = ["network.interrupted", "network.timeout", "network.failed"] as const;

describe.each(BROKEN)("a call that breaks off with %s while the person is away", (problem) => {
  test("is made again as soon as they are back, before anything was opened", () => {
    const walk = at.opening().send(hidden).refused(problem);
    expect(walk.effects).toEqual([]);
    expect(walk.comesBack(60_000).effects).toEqual(LOGGING_IN);
  });

  test("is made again as it was, with the number already granted", () => {
    const walk = at.issuing();
    const { request } = walk.call as { request: object };
    walk.send(hidden).refused(problem);
    expect(walk.send(shown).order("issueTicket")?.request).toBe(request);
  });

  test("is made again at once where they are back before they are told", () => {
    expect(at.opening().send(hidden).send(shown).refused(problem).effects).toEqual(LOGGING_IN);
    const issuing = at.issuing().send({ type: "pageHidden" }).send(shown).refused(problem);
    expect(issuing.order("issueTicket")?.request).toEqual({ attempt: HANDLE, phoneCode: "phone-code" });
    const renewing = at.renewing().send(hidden).send(shown).refused(problem);
    expect(renewing.order("issueTicket")?.request).toEqual({ attempt: HANDLE });
  });

  test("is not made a third time by itself", () => {
    const walk = at.opening().send(hidden).send(shown).refused(problem).refused(problem);
    expect(walk.effects).toEqual([]);
    expect(walk.current).toMatchObject({ name: "failed", problem });
  });
});

test("a failure in front of the person's eyes waits for a tap, however often they leave and come back", () => {
  const walk = at.opening().refused("network.timeout").comesBack(60_000);
  expect(walk.effects).toEqual([]);
  expect(walk.tap("retry").effects).toEqual(LOGGING_IN);
});

test("what WeChat itself calls broken off is tried again whenever they are back", () => {
  expect(at.opening().refused("network.interrupted").comesBack().effects).toEqual(LOGGING_IN);
});

test("a refusal is no call broken off", () => {
  const walk = at.opening().send(hidden).refused("user.blocked").send(shown);
  expect(walk.current).toMatchObject({ name: "failed", problem: "user.blocked" });
  const back = at.opening().send(hidden).send(shown).refused("user.blocked");
  expect(back.effects).toEqual([]);
});

test("beneath the advice a call that broke off is made again, too", () => {
  const walk = at.opening().launchFails("invalid scene").send(hidden).send(shown);
  expect(
    walk.refused(
      "network.timeout",
      walk.current.name === "stranded" ? (walk.current.from as never as { awaits: never }).awaits : undefined,
    ).effects,
  ).toEqual(LOGGING_IN);
});

test("a number granted to the visit before survives a first call that failed", () => {
  const walk = at.asking().tap("allow-phone").enter();
  walk
    .send({ type: "phoneAnswered", detail: { code: "paid" } })
    .refused("network.timeout")
    .tap("retry");
  walk.loggedIn().opened(ASKS_PHONE);
  expect(walk.order("issueTicket")?.request.phoneCode).toBe("paid");
});

describe("after a suspension", () => {
  test.each([
    ["a minute", 60_000],
    ["an hour", 3_600_000],
    ["a day", 86_400_000],
  ])("of %s a ticket in the button is renewed before it is one again", (_what, away) => {
    const walk = at.confirming().comesBack(away);
    expect(walk.buttons).toEqual(["proceed", "cancel:launchApp"]);
    expect(walk.order("issueTicket")).toBeDefined();
  });

  test("of a minute the question stands; of an hour or a day it is over, with another try and a way back", () => {
    expect(at.asking().comesBack(60_000).buttons[0]).toBe("allow-phone:getPhoneNumber");
    for (const away of [3_600_000, 86_400_000]) {
      const walk = at.asking().comesBack(away);
      expect(walk.current).toMatchObject({ name: "failed", problem: "attempt.expired" });
      expect(walk.buttons).toEqual(["retry", "return:launchApp"]);
      expect(walk.tap("retry").effects).toEqual(LOGGING_IN);
    }
  });

  test("a reply that waited longer than its attempt lasts asks for nothing that the server would refuse", () => {
    for (const reply of [ASKS_PHONE, REPLY]) {
      const walk = at.opening().loggedIn().send(hidden).opened(reply, 585_000).send(shown);
      expect(walk.current).toMatchObject({ name: "failed", problem: "attempt.expired" });
    }
    expect(at.opening().loggedIn().opened(ASKS_PHONE, 584_999).current.name).toBe("asking");
  });
});

describe("a server that wants no other try for a while", () => {
  const limited = (walk: Walk, seconds = 3) => walk.refused("rate.limited", walk.call, seconds);
  const label = (walk: Walk) => walk.page.actions[0]?.label;

  test("is given it: the button counts down, and until then a tap does nothing", () => {
    const walk = limited(at.opening().loggedIn());
    expect(label(walk)).toBe("3 秒后可重试");
    expect(walk.timer.milliseconds).toBe(1_000);
    expect(walk.waited().page.actions[0]).toMatchObject({ id: "retry", label: "2 秒后可重试" });
    expect(walk.tap("retry").order("logIn")).toBeUndefined();
    expect(label(walk.waited())).toBe("1 秒后可重试");
    expect(label(walk.waited())).toBe("重试");
    expect(walk.effects).toEqual([]);
    expect(walk.tap("retry").effects).toEqual(LOGGING_IN);
  });

  test("and of a second begun, all of it is waited", () => {
    const walk = limited(at.opening().loggedIn()).pass(400).tap("retry");
    expect(label(walk)).toBe("3 秒后可重试");
    expect(walk.timer.milliseconds).toBe(600);
  });

  test("and the way back to the app is there all the while", () => {
    expect(limited(at.opening().loggedIn()).buttons).toEqual(["retry", "return:launchApp"]);
  });

  test("by the wall clock, where the timer stood still", () => {
    const walk = limited(at.issuing()).send(hidden).pass(1_500).send(shown);
    expect(label(walk)).toBe("2 秒后可重试");
    expect(walk.send(hidden).pass(5_000).send(shown).page.actions[0]?.label).toBe("重试");
    expect(walk.tap("retry").order("issueTicket")?.request).toEqual({ attempt: HANDLE, phoneCode: "phone-code" });
  });

  test("and a tap after it, although the timer stood still, is another try", () => {
    expect(limited(at.opening().loggedIn()).pass(3_000).tap("retry").effects).toEqual(LOGGING_IN);
  });

  test("by a clock that was set back no longer than it said", () => {
    const walk = limited(at.opening().loggedIn(), 2).pass(-3_600_000);
    const first = walk.timer;
    walk.rings(first);
    expect(label(walk)).toBe("1 秒后可重试");
    walk.rings(walk.timer);
    expect(label(walk)).toBe("重试");
  });

  test("coming back before is no other try, whatever broke off", () => {
    const walk = at.opening().loggedIn().send(hidden);
    limited(walk).send(shown);
    expect(walk.order("logIn")).toBeUndefined();
    expect(label(walk)).toBe("3 秒后可重试");
  });

  test("gets no renewal before: the ticket in the button goes out of it, and the plain one counts down", () => {
    const walk = at.confirming().waited();
    const { timer } = walk;
    limited(walk, 12);
    expect(walk.button("confirm")?.parameter).toContain(TICKET);
    walk.pass(10_000).rings(timer);
    expect(walk.order("issueTicket")).toBeUndefined();
    expect(label(walk)).toBe("2 秒后可重试");
    expect(walk.page.notice).toBe("操作过于频繁。请稍后重试");
    expect(walk.tap("proceed").order("issueTicket")).toBeUndefined();
    expect(label(walk.waited())).toBe("1 秒后可重试");
    expect(label(walk.waited())).toBe("确认登录");
    expect(walk.tap("proceed").order("issueTicket")?.request).toEqual({ attempt: HANDLE });
  });

  test("gets no renewal before, with no ticket at hand", () => {
    const walk = limited(at.renewing(), 2);
    expect(label(walk)).toBe("2 秒后可重试");
    expect(walk.timer.milliseconds).toBe(1_000);
    expect(walk.send(hidden).comesBack(500).order("issueTicket")).toBeUndefined();
    expect(walk.comesBack(2_000).order("issueTicket")).toBeDefined();
  });
});
