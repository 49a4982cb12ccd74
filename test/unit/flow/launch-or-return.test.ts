import { describe, expect, test } from "@jest/globals";
import { ASKS_BOTH, ASKS_PHONE, at, CODE_MODE, ENTRY, HANDLE, REPLY, Walk } from "./walk";

const UNKNOWN = { referrerAppId: undefined };
/** Opened by an app that is named, and by one that is not. */
const CALLERS = [
  ["a known app", {}],
  ["an app nobody can name", UNKNOWN],
] as const;

const opened = (entry: object, reply = REPLY) => new Walk().enter(entry).loggedIn().opened(reply);

describe.each(CALLERS)("a login of %s goes on", (_who, entry) => {
  test("after a while away, whether phones tell the launch again or not", () => {
    for (const walk of [opened(entry), opened(entry)]) {
      const { id } = walk.login.visit;
      walk.comesBack(5_000, entry);
      expect(walk.order("logIn")).toBeUndefined();
      expect(walk.current).toMatchObject({ name: "confirming", visit: { id } });
      expect(walk.buttons[0]).toBe("confirm:launchApp");
    }
  });

  test.each([
    ["hide and show", (walk: Walk) => walk.comesBack(3_000, entry)],
    ["show alone", (walk: Walk) => walk.tells(entry).showsPage()],
    ["the entry alone", (walk: Walk) => walk.tells(entry)],
  ])("around the phone sheet with %s: the prompt stays, the number is taken, the box stays ticked", (_how, around) => {
    const walk = opened(entry, ASKS_BOTH).tap("agree").tap("allow-phone");
    expect(around(walk).buttons[0]).toBe("allow-phone:getPhoneNumber");
    walk.send({ type: "phoneAnswered", detail: { code: "paid" } });
    expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE, phoneCode: "paid", agreed: ["v1"] });
    expect(walk.issued().buttons[0]).toBe("confirm:launchApp");
  });

  test("around the privacy page: the box stays ticked and nothing is asked again", () => {
    const walk = opened(entry, ASKS_BOTH).tap("agree").tap("privacy").comesBack(9_000, entry);
    expect(walk.current).toMatchObject({ name: "asking", attempt: { isAgreed: true } });
    expect(walk.buttons[0]).toBe("allow-phone:getPhoneNumber");
  });

  test("around a question whether to open the app", () => {
    const walk = opened(entry).tap("confirm").tells(entry).showsPage().launchFails("launchApp:fail cancel");
    expect(walk.buttons[0]).toBe("confirm:launchApp");
    expect(walk.order("logIn")).toBeUndefined();
  });

  test("once it is over, after coming back to the page", () => {
    const walk = opened(entry).departs(200).pass(60_000).tells(entry).showsPage();
    expect(walk.current.name).toBe("returned");
    expect(walk.order("logIn")).toBeUndefined();
  });
});

describe("until the page tells, nothing on it could be handed to the wrong app", () => {
  test.each([
    ["confirming", () => opened({})],
    ["asking", () => opened({}, ASKS_PHONE)],
    ["opening", () => at.opening()],
    ["returned, cancelled", () => opened({}).departs(400)],
    ["failed", () => at.opening().refused("network.timeout")],
  ])("%s has no open-type button", (_where, reach) => {
    const walk = reach().tells();
    expect(walk.page.actions.filter(({ open }) => open !== "")).toEqual([]);
    expect(walk.page.actions.map(({ parameter }) => parameter).join("")).toBe("");
    expect(walk.page.actions).not.toEqual([]);
    expect(walk.effects).toEqual([]);
  });

  test("neither timers nor a running call are touched", () => {
    const walk = opened({});
    const { timer } = walk;
    walk.tells().pass(timer.milliseconds).rings(timer);
    expect(walk.order("issueTicket")).toBeDefined();
    expect(walk.issued().buttons).toEqual(["proceed", "resume"]);
    expect(walk.showsPage().buttons[0]).toBe("confirm:launchApp");
  });

  test("with the page silent, a tap after a second shows that the person merely came back, one before it does not", () => {
    const walk = opened({}).tells();
    const { state } = walk;
    expect(walk.pass(999).tap("proceed").state).toBe(state);
    expect(walk.tap("resume").state).toBe(state);
    expect(walk.pass(1).tap("resume").buttons).toEqual(["confirm:launchApp", "cancel:launchApp"]);
    expect(walk.order("logIn")).toBeUndefined();
  });

  test("a client that tells nothing at all after a while away leaves a plain button that a tap revives", () => {
    const walk = opened({}).send({ type: "hidden" }).pass(5_000);
    expect(walk.buttons[0]).toBe("proceed");
    expect(walk.tap("proceed").buttons[0]).toBe("confirm:launchApp");
  });

  test.each([
    ["nothing at all", (walk: Walk) => walk.pass(200_000)],
    ["only the entry", (walk: Walk) => walk.pass(200_000).tells().pass(1_000)],
  ])(
    "whoever taps after a long while away, on a client that tells %s, gets no ticket that has ended",
    (_what, away) => {
      for (const button of ["proceed", "resume", "privacy"] as const) {
        const walk = away(opened({}).send({ type: "hidden" })).tap(button);
        expect(walk.buttons).not.toContain("confirm:launchApp");
        expect(walk.order("issueTicket")).toBeDefined();
        expect(walk.issued().buttons[0]).toBe("confirm:launchApp");
      }
    },
  );
});

describe("a launch begins one login", () => {
  test("with the entry, where another known app opened the applet: nothing of the former is left on the page", () => {
    const walk = opened({}).tells({ referrerAppId: "wxapp2" });
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.current).toMatchObject({ name: "opening", visit: { callerAppId: "wxapp2" } });
    expect(JSON.stringify(walk.page)).not.toContain("TTTT");
    walk.makesPage().showsPage();
    expect(walk.order("logIn")).toBeUndefined();
    expect(walk.current.visit.callerAppId).toBe("wxapp2");
  });

  test("with the entry, where it asks for something else", () => {
    const walk = opened({}).tells({ query: { ...ENTRY.query, state: "s-2" } });
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.makesPage({ ...ENTRY.query, state: "s-2" }).effects).toEqual([]);
    expect(walk.current.visit.launch.state).toBe("s-2");
  });

  test.each(CALLERS)("with the page, where the query is the same and it was %s", (_who, entry) => {
    const walk = opened(entry).tells(entry);
    expect(walk.effects).toEqual([]);
    walk.makesPage();
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.showsPage().tells(entry).showsPage().effects).toEqual([]);
    expect(walk.current.name).toBe("opening");
  });

  test("on a slow phone that shows the former page first: with the new one", () => {
    const walk = opened({}).send({ type: "hidden" }).tells().showsPage();
    expect(walk.order("logIn")).toBeUndefined();
    expect(walk.makesPage().effects).toEqual([{ type: "logIn" }]);
    const other = opened({})
      .tells({ query: { state: "s-2" } })
      .showsPage();
    expect(other.makesPage({ state: "s-2" }).order("logIn")).toBeUndefined();
  });

  test("on a client that tells no entry: with the page, from what the platform calls the last one", () => {
    const walk = opened({}).send({ type: "hidden" }).makesPage(ENTRY.query, { referrerAppId: "wxapp2" });
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.current.visit.callerAppId).toBe("wxapp2");
  });

  test("on a client that tells the page first: the entry that follows is the same launch, told once or twice", () => {
    const walk = opened({}).send({ type: "hidden" }).makesPage();
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.tells().tells().effects).toEqual([]);
    expect(walk.buttons).toEqual(["cancel:launchApp"]);
    expect(walk.loggedIn().opened(REPLY).buttons[0]).toBe("confirm:launchApp");
    expect(walk.send({ type: "hidden" }).tells().buttons).toEqual(["proceed", "resume"]);
  });

  test("on a client that tells the page first: an entry by another app is another launch all the same", () => {
    const walk = opened({}).makesPage().tells({ referrerAppId: "wxapp2" });
    expect(walk.effects).toEqual([{ type: "logIn" }]);
  });

  test("told twice at once, by App.onShow and wx.onAppShow", () => {
    const walk = new Walk().tells();
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    const { state } = walk;
    expect(walk.tells().state?.phase).toBe(state?.phase);
    expect(walk.makesPage().effects).toEqual([]);
    const again = opened({}).tells().tells().makesPage();
    expect(again.effects).toEqual([{ type: "logIn" }]);
    expect(again.tells().effects).toEqual([]);
  });

  test("with the page's own query where the entry had none, and with the entry's where the page has none", () => {
    const dropped = new Walk().tells({ query: {} });
    dropped.makesPage({ userPoolId: "pool-b" });
    expect(dropped.current.visit).toMatchObject({ userPoolId: "pool-b", callerAppId: "wxapp1" });
    const kept = new Walk().tells().makesPage({});
    expect(kept.current.visit.userPoolId).toBe("pool-a");
    expect(kept.effects).toEqual([]);
    expect(opened({}).send({ type: "hidden" }).makesPage({}).current.visit.userPoolId).toBe("pool-a");
  });

  test("by a link of another scene: with the page, and no app is its caller", () => {
    const walk = opened({})
      .send({ type: "hidden" })
      .tells({ scene: 1047, query: { userPoolId: "pool-b", fromApp: "1" } });
    expect(walk.order("logIn")).toBeUndefined();
    walk.makesPage({ userPoolId: "pool-b", fromApp: "1" });
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.current.visit).toMatchObject({ scene: 1047, userPoolId: "pool-b", callerAppId: undefined });
  });

  test("where a query is reordered, has more beside it or is encoded otherwise, it asks for the same", () => {
    const { userPoolId, getPhone, fromApp } = ENTRY.query;
    const walk = opened({}).tells({ query: { utm: "1", state: "s%2D1", fromApp, getPhone, userPoolId } });
    expect(walk.effects).toEqual([]);
  });
});

describe("an app that launches without a path, as Guard does", () => {
  const guard = { query: {} };

  test("gets its own login where it is another known app, with the page that is there", () => {
    const walk = new Walk(CODE_MODE)
      .enter(guard)
      .loggedIn()
      .tells({ ...guard, referrerAppId: "wxother" })
      .showsPage();
    expect(walk.current).toMatchObject({ name: "failed", problem: "app.not_allowed" });
  });

  test.each([
    ["returned", () => opened(guard).departs(200)],
    ["failed", () => new Walk().enter(guard).refused("network.timeout")],
    ["standalone", () => new Walk().enter({ ...guard, scene: 1001 })],
  ])("gets a new one where the former has %s", (_end, reach) => {
    const walk = reach().pass(60_000).tells(guard);
    expect(walk.order("logIn")).toBeUndefined();
    expect(walk.showsPage().effects).toEqual([{ type: "logIn" }]);
    expect(walk.showsPage().tells(guard).showsPage().effects).toEqual([]);
  });

  test("gets its own login where it has a name and the former app had none", () => {
    const walk = opened({ ...guard, ...UNKNOWN }).comesBack(60_000, guard);
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.current.visit.callerAppId).toBe("wxapp1");
    expect(opened(UNKNOWN).comesBack(60_000).current.visit.id).toBe("visit-1");
    expect(opened(guard).comesBack(60_000, { ...guard, ...UNKNOWN }).current.visit.id).toBe("visit-1");
  });

  test("goes on with the one that still asks or confirms", () => {
    expect(opened(guard).comesBack(60_000, guard).current.visit.id).toBe("visit-1");
    expect(opened(guard, ASKS_PHONE).comesBack(60_000, guard).current.visit.id).toBe("visit-1");
  });

  test("does not stand in for a launch with a query that merely came back to an end", () => {
    expect(opened({}).departs(200).comesBack().current).toMatchObject({ name: "returned", visit: { id: "visit-1" } });
    expect(at.failed().comesBack(9_000).order("logIn")).toBeUndefined();
  });

  test("at the home page gives way to a login by an entry with a path only when its page is made", () => {
    const walk = at.standalone().tells({ query: {} });
    expect(walk.makesPage({}).effects).toEqual([{ type: "logIn" }]);
    const returning = at.standalone().send({ type: "hidden" }).tells({ scene: 1001, query: {} }).showsPage();
    expect(returning.effects).toEqual([]);
  });
});

test("before the first opening a page in front is nothing", () => {
  expect(new Walk().showsPage().state).toBeUndefined();
});

test("a page that hides without the app leaves no button to launch from, and what an entry said stands", () => {
  const walk = opened({}).send({ type: "pageHidden" });
  expect(walk.buttons[0]).toBe("proceed");
  const pending = opened({}).tells().send({ type: "pageHidden" }).makesPage();
  expect(pending.effects).toEqual([{ type: "logIn" }]);
  const left = opened({}).tells().send({ type: "hidden" }).showsPage();
  expect(left.effects).not.toContainEqual({ type: "logIn" });
});
