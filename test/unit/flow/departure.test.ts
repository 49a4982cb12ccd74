import { describe, expect, test } from "@jest/globals";
import { ASKS_PHONE, at, HANDLE, NEXT_TICKET, TICKET } from "./walk";

const back = { type: "shown" } as const;
const hidden = { type: "hidden" } as const;

describe("the app has the answer where WeChat says so and the applet left the screen", () => {
  test.each([
    ["WeChat first", () => at.confirming().tap("confirm").launches(200).send(hidden)],
    ["WeChat last", () => at.confirming().tap("confirm").send(hidden).launches(200)],
    ["WeChat first, as the page hides", () => at.confirming().launches(200).send({ type: "pageHidden" })],
    [
      "WeChat when the applet is back",
      () => at.confirming().tap("confirm").send(hidden).pass(3_600_000).send(back).launches(200),
    ],
    [
      "WeChat long after, as a tap was told",
      () => at.confirming().tap("confirm").send(hidden).send(back).pass(5_000).launches(200),
    ],
    [
      "WeChat at once on the return, no tap told",
      () => at.confirming().send(hidden).pass(60_000).send(back).pass(999).launches(200),
    ],
  ])("%s", (_order, depart) => {
    expect(depart().current).toMatchObject({ name: "returned", code: 200 });
  });
});

describe("the person can confirm again", () => {
  test.each([
    [
      "where WeChat alone says so, because it was declined or the app stayed behind",
      () => at.confirming().tap("confirm").launches(200),
    ],
    [
      "where it was declined in so many words",
      () => at.confirming().tap("confirm").launchFails("launchApp:fail cancel"),
    ],
    [
      "where it was declined after WeChat said so",
      () => at.confirming().tap("confirm").launches(200).launchFails("launchApp:fail cancel").comesBack(),
    ],
    ["where nothing was said", () => at.confirming().tap("confirm").comesBack(5_000)],
    ["who came back before, tapped and declined", () => at.confirming().comesBack(5_000).tap("confirm").launches(200)],
    [
      "who came back before and declined, no tap told",
      () => at.confirming().comesBack(5_000).pass(1_000).launches(200),
    ],
    ["who left for something else later", () => at.confirming().tap("confirm").launches(200).pass(10_001).comesBack()],
  ])("%s", (_why, walk) => {
    expect(walk().button("confirm")?.parameter).toContain(TICKET);
  });

  test("and that ends the login as the first time would have", () => {
    const walk = at.confirming().tap("confirm").launches(200).tap("confirm").departs(200);
    expect(walk.current).toMatchObject({ name: "returned", code: 200 });
  });
});

test.each([
  ["a cancelled login", () => at.opened(ASKS_PHONE), "cancel", 400],
  ["a failed one", () => at.failed("network.timeout"), "return", 503],
] as const)("%s is told as one, and as well long after the applet is back", (_end, begin, action, code) => {
  expect(begin().tap(action).departs(code).current).toMatchObject({ name: "returned", code });
  const late = begin().tap(action).send(hidden).send(back).pass(5_000).launches(code);
  expect(late.current).toMatchObject({ name: "returned", code });
});

test("within ten seconds the leaving is the one WeChat spoke of", () => {
  expect(at.confirming().launches(200).pass(10_000).send(hidden).current.name).toBe("returned");
});

test("an app that was opened without a word from WeChat has used the login up: that is no time-out to start over from", () => {
  const walk = at.confirming().tap("confirm").comesBack(119_000);
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE });
  walk.refused("attempt.expired");
  expect(walk.current).toMatchObject({ name: "returned", code: 408 });
  const untapped = at.confirming().comesBack(119_000).refused("attempt.expired");
  expect(untapped.current).toMatchObject({ name: "failed", problem: "attempt.expired" });
  expect(at.confirming().tap("confirm").pass(60_000).send(back).refused("attempt.expired").current.name).toBe("failed");
});

test("told again after the login went on, an old answer does not end it", () => {
  const walk = at.returned().tap("retry").issued(NEXT_TICKET);
  expect(walk.comesBack().button("confirm")?.parameter).toContain(NEXT_TICKET);
});

test("an answer of another visit's button changes nothing", () => {
  const walk = at.confirming().send(hidden);
  expect(walk.launches(200, "another").send(back).current.name).toBe("confirming");
});

describe("a launch that failed for the visit just before", () => {
  test("shows the way back by hand where app and pool are the same", () => {
    const walk = at.confirming().enter();
    walk.send({ type: "launchFailed", visit: "visit-1", detail: { errMsg: "launchApp:fail invalid scene" } });
    expect(walk.current).toMatchObject({ name: "stranded", visit: { id: "visit-2" } });
  });

  test.each([
    ["for another app", { referrerAppId: "wxapp2" }],
    ["for another pool", { query: { userPoolId: "pool-b" } }],
  ])("is of no consequence %s", (_who, entry) => {
    const walk = at.confirming().enter(entry);
    const { state } = walk;
    expect(
      walk.send({ type: "launchFailed", visit: "visit-1", detail: { errMsg: "launchApp:fail invalid scene" } }).state,
    ).toBe(state);
  });

  test("is forgotten two visits later", () => {
    const walk = at.confirming().enter().enter();
    const { state } = walk;
    expect(walk.send({ type: "launchFailed", visit: "visit-1", detail: { errMsg: "x" } }).state).toBe(state);
  });
});
