import { describe, expect, test } from "@jest/globals";
import { CONFIG } from "../../../miniprogram/config";
import type { EventInput } from "../../../miniprogram/services/runner";
import { ASKS_BOTH, at, CODE_MODE, ENTRY, REPLY, Walk } from "./walk";

const PLACES = { ...at, failed: () => at.failed() };
type Place = Exclude<keyof typeof at, "opened" | "codes">;

const LATE = { type: "issueTicket", userPoolId: "", language: "en", request: { attempt: "" } } as const;
const EVENTS = {
  hidden: { type: "hidden" },
  shown: { type: "shown" },
  agreed: { type: "tapped", action: "agree" },
  phonePrompted: { type: "tapped", action: "allow-phone" },
  phoneRefused: { type: "phoneAnswered", detail: { errMsg: "getPhoneNumber:fail user deny" } },
  ticketIssued: { type: "issueTicket", of: LATE, reply: { ticket: "", ticketExpiresIn: 1, user: null }, sentAt: 0 },
  refused: { type: "callFailed", of: LATE, problem: "user.blocked" },
  timerRang: { type: "timerRang", of: { type: "wait", until: 0, milliseconds: 0 } },
  proceed: { type: "tapped", action: "proceed" },
  skipPhone: { type: "tapped", action: "skip-phone" },
  release: { type: "tapped", action: "release" },
  retry: { type: "tapped", action: "retry" },
  lateLaunch: { type: "launched", visit: "another", code: 200 },
  lateLaunchFailure: { type: "launchFailed", visit: "another", detail: { errMsg: "invalid scene" } },
  declinedLaunch: { type: "launchFailed", visit: "visit-1", detail: { errMsg: "launchApp:fail cancel" } },
} satisfies Record<string, EventInput>;

/** What each state takes notice of; every other event of the table leaves it untouched. */
const HEEDS: Record<Place, (keyof typeof EVENTS)[]> = {
  opening: ["hidden"],
  asking: ["hidden", "shown", "agreed", "phonePrompted", "phoneRefused", "proceed"],
  issuing: ["hidden"],
  confirming: ["hidden", "shown", "proceed", "release"],
  renewing: ["hidden", "shown", "proceed", "release"],
  returned: ["hidden", "retry", "declinedLaunch"],
  stranded: ["hidden", "shown", "proceed", "release", "retry"],
  failed: ["hidden", "retry"],
  standalone: ["hidden"],
  account: ["hidden"],
};

describe.each(Object.keys(HEEDS) as Place[])("%s", (place) => {
  const deaf = (Object.keys(EVENTS) as (keyof typeof EVENTS)[]).filter((name) => !HEEDS[place].includes(name));

  test.each(deaf)("is untouched by %s", (name) => {
    const walk = PLACES[place]();
    const { state } = walk;
    expect(walk.send(EVENTS[name]).state).toBe(state);
    expect(walk.effects).toEqual([]);
  });

  test("gives way to the next visit from an app", () => {
    const walk = PLACES[place]().enter({ query: { userPoolId: "pool-b" } });
    expect(walk.current).toMatchObject({ name: "opening", visit: { userPoolId: "pool-b" } });
    expect(walk.effects).toEqual([{ type: "logIn" }]);
  });

  test("counts a number that reaches it although it cannot use it", () => {
    const walk = PLACES[place]();
    const isAskedFor = place === "asking";
    walk.send({ type: "phoneAnswered", detail: { code: "paid" } });
    expect(walk.order("countLostPhone") !== undefined).toBe(!isAskedFor);
  });
});

test("before the first visit nothing happens", () => {
  expect(new Walk().send({ type: "shown" }).state).toBeUndefined();
});

test.each(["launchApp:fail invalid scene", "sence error", "launch sdk fail", "something new"])(
  "when the app does not open (%s) the page says how to go back by hand",
  (errMsg) => {
    const walk = at.confirming().launchFails(errMsg);
    expect(walk.page).toMatchObject({
      screen: "stranded",
      heading: "没能返回商城",
      lead: "请重试，或手动打开商城",
    });
    expect(walk.buttons).toEqual(["retry"]);
    expect(walk.launchFails(errMsg).page.screen).toBe("stranded");
  },
);

test("another try after the app did not open goes on where the login stood, by the clock of now", () => {
  expect(at.stranded().tap("retry").buttons[0]).toBe("confirm:launchApp");
  expect(at.stranded().pass(119_000).tap("retry").current.name).toBe("renewing");
});

test("beneath the advice the login goes on: a reply that comes meanwhile is not lost", () => {
  const walk = at.opening().loggedIn();
  const { call } = walk;
  walk.launchFails("invalid scene");
  walk.send({ type: "openAttempt", of: call as never, reply: REPLY, sentAt: walk.at });
  expect(walk.page.screen).toBe("stranded");
  expect(walk.tap("retry").buttons[0]).toBe("confirm:launchApp");
});

test("told once more that the app was opened, the login is still there to go back again", () => {
  const walk = at.returned();
  const { state } = walk;
  expect(walk.departs(200).state?.phase).toBe(state?.phase);
  expect(walk.launchFails("invalid scene").departs(200).buttons).toEqual(["retry", "account"]);
});

test("an app that was opened after all ends the login beneath the advice", () => {
  const walk = at.stranded().departs(200);
  expect(walk.buttons).toEqual(["retry", "account"]);
  expect(walk.tap("retry").order("issueTicket")).toBeDefined();
});

test("a declined question whether to open the app leaves the person where they are", () => {
  expect(at.confirming().launchFails("launchApp:fail:user deny").buttons[0]).toBe("confirm:launchApp");
});

test("the privacy notice opens from the page", () => {
  expect(at.asking().tap("privacy").effects).toEqual([{ type: "openPrivacyContract" }]);
});

test("texts can be read wherever there is an attempt, and nowhere else", () => {
  expect(at.opened(ASKS_BOTH).tap("read", 1).page.reading?.title).toBe("更新说明");
  const walk = at.opening();
  const { state } = walk;
  expect(walk.tap("read", 0).state).toBe(state);
});

test("opened without an app the page is a home with something to do", () => {
  const walk = at.standalone();
  expect(walk.effects).toEqual([]);
  expect(walk.page).toMatchObject({ screen: "standalone", heading: "app2wxapp 账号登录", privacy: "隐私保护指引" });
  expect(walk.buttons).toEqual(["try", "account", "contact:contact"]);
});

test("the trial goes the whole way and ends at home, without an app", () => {
  const walk = at.standalone().tap("try").loggedIn().opened(REPLY);
  expect(walk.buttons).toEqual(["release", "leave"]);
  expect(walk.tap("release").page).toMatchObject({ screen: "standalone", notice: "登录已确认" });
});

test("the trial can be left at any time", () => {
  expect(at.standalone().tap("try").tap("leave").page).toMatchObject({ screen: "standalone", notice: "" });
  expect(at.standalone().tap("try").refused("login.failed").buttons).toEqual(["retry", "leave"]);
});

test("a trial that cannot start says why", () => {
  const walk = new Walk({ ...CONFIG, userPoolId: "" }).enter({ scene: 1001, query: {} }).tap("try");
  expect(walk.current).toMatchObject({ name: "failed", problem: "launch.no_pool" });
});

test("code mode has no trial: its codes go to listed apps only", () => {
  expect(new Walk(CODE_MODE).enter({ scene: 1001, query: {} }).buttons).toEqual(["contact:contact"]);
});

test("help is named where the operator named it", () => {
  const walk = new Walk({ ...CONFIG, helpContact: "400-123" }).enter({ ...ENTRY, scene: 1001, query: {} });
  expect(walk.page.cards[0]?.rows).toMatchObject([{ title: "联系客服", text: "400-123" }]);
});
