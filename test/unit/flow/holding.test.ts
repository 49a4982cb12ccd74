import { expect, test } from "@jest/globals";
import { at, HANDLE, NEXT_TICKET, REPLY, TICKET } from "./walk";

test("a ticket of 120 s is renewed after 50 s and leaves the button after 60 s", () => {
  const walk = at.confirming();
  expect(walk.timer.milliseconds).toBe(50_000);
  walk.waited();
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE });
  expect(walk.button("confirm")?.parameter).toContain(TICKET);
  expect(walk.timer.milliseconds).toBe(10_000);
  const { call } = walk;
  walk.waited();
  expect(walk.current).toMatchObject({ name: "renewing", awaits: call });
  expect(walk.buttons).toEqual(["proceed", "cancel:launchApp"]);
  expect(walk.effects).toEqual([]);
});

test("the next ticket takes the former one's place in the button", () => {
  const walk = at.confirming().waited();
  walk.issued(NEXT_TICKET);
  expect(walk.button("confirm")?.parameter).toContain(NEXT_TICKET);
  expect(walk.timer.milliseconds).toBe(50_000);
});

test("the way of the reply is never counted as life of the ticket", () => {
  const walk = at.opening().loggedIn().opened(REPLY, 9_000);
  expect(walk.timer.milliseconds).toBe(41_000);
});

test("hidden for 119 s: the confirm button is a plain one from the first moment, and a tap renews", () => {
  const walk = at.confirming().send({ type: "hidden" });
  expect(walk.buttons[0]).toBe("proceed");
  walk.pass(119_000).tap("proceed");
  expect(walk.current.name).toBe("renewing");
  expect(walk.order("issueTicket")).toBeDefined();
});

test("back after a short while, the same ticket is in the button again", () => {
  const walk = at.confirming().send({ type: "hidden" }).pass(20_000).send({ type: "shown" });
  expect(walk.button("confirm")?.parameter).toContain(TICKET);
  expect(walk.effects).toEqual([expect.objectContaining({ type: "wait", milliseconds: 30_000 })]);
});

test("in the background nothing is renewed", () => {
  const walk = at.confirming();
  const { timer } = walk;
  const { state } = walk.send({ type: "hidden" });
  expect(walk.pass(50_000).rings(timer).state).toBe(state);
});

test("a ticket that arrives in the background is not in a button before the applet is back", () => {
  const walk = at.renewing();
  const { call } = walk;
  walk.send({ type: "hidden" });
  walk.send({
    type: "issueTicket",
    of: call as never,
    sentAt: walk.at,
    reply: { ticket: NEXT_TICKET, ticketExpiresIn: 120, user: null },
  });
  expect(walk.buttons[0]).toBe("proceed");
  expect(walk.send({ type: "shown" }).button("confirm")?.parameter).toContain(NEXT_TICKET);
});

test("a ticket that arrives in the background is in no button until the applet is back", () => {
  const opening = at.opening().loggedIn().send({ type: "hidden" }).opened(REPLY);
  const issuing = at.issuing().send({ type: "hidden" }).issued();
  for (const walk of [opening, issuing]) {
    expect(walk.buttons).toEqual(["proceed", "cancel:launchApp"]);
    expect(walk.pass(20_000).send({ type: "shown" }).button("confirm")?.parameter).toContain(TICKET);
  }
});

test("whoever is back before the ticket arrives finds it in the button", () => {
  const opening = at.opening().loggedIn().send({ type: "hidden" }).send({ type: "shown" });
  expect(opening.opened(REPLY).buttons[0]).toBe("confirm:launchApp");
});

test.each(["agreements.required", "phone.required"] as const)(
  "%s at a renewal means the pool changed: a new attempt asks what it wants now",
  (problem) => {
    const walk = at.renewing().refused(problem);
    expect(walk.current.name).toBe("opening");
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(at.confirming().waited().refused(problem).button("confirm")?.parameter).toContain(TICKET);
  },
);

test("a clock set back hands over no old ticket: before its birth it is renewed", () => {
  const walk = at.confirming().send({ type: "hidden" }).pass(-3_600_000).send({ type: "shown" });
  expect(walk.current.name).toBe("renewing");
});

test("a timer that rings early by the wall clock shows how far the clock was set back", () => {
  const walk = at.confirming();
  const { timer } = walk;
  walk.pass(timer.milliseconds - 30_000).rings(timer);
  expect(walk.order("issueTicket")).toBeDefined();
  expect(walk.timer.milliseconds).toBe(10_000);
  const { timer: due } = walk;
  walk.pass(10_000).rings(due);
  expect(walk.current.name).toBe("renewing");
});

test("a clock set forward renews too early, which does no harm", () => {
  const walk = at.confirming().send({ type: "hidden" }).pass(3_600_000).send({ type: "shown" });
  expect(walk.current.name).toBe("renewing");
  expect(walk.issued(NEXT_TICKET).current.name).toBe("confirming");
});

test("a renewal that fails leaves the good ticket in the button until it is due, then there is another call", () => {
  const walk = at.confirming().waited();
  const { timer } = walk;
  walk.refused("network.timeout");
  expect(walk.button("confirm")?.parameter).toContain(TICKET);
  expect(walk.page.notice).toBe("");
  walk.pass(10_000).rings(timer);
  expect(walk.order("issueTicket")).toBeDefined();
  expect(walk.page.actions[0]).toMatchObject({ id: "proceed", label: "请稍候…" });
});

test("without a ticket a failed renewal says why, and the plain button tries again", () => {
  const walk = at.renewing().refused("network.failed");
  expect(walk.page.notice).toBe("网络连接失败。请检查网络后重试");
  expect(walk.page.isFailure).toBe(true);
  expect(walk.buttons).toEqual(["proceed", "cancel:launchApp"]);
  walk.tap("proceed");
  expect(walk.order("issueTicket")).toBeDefined();
  expect(walk.page.notice).toBe("");
});

test("coming back tries again by itself, once, and leaves a call under way alone", () => {
  const walk = at.renewing();
  const { call: awaits } = walk;
  expect(walk.send({ type: "hidden" }).send({ type: "shown" }).effects).toEqual([]);
  expect(walk.refused("network.interrupted", awaits).order("issueTicket")).toBeDefined();
  expect(walk.refused("network.interrupted").effects).toEqual([]);
  expect(walk.comesBack().order("issueTicket")).toBeDefined();
});

test.each(["attempt.expired", "user.blocked"] as const)("%s ends the login", (problem) => {
  expect(at.renewing().refused(problem).current).toMatchObject({ name: "failed", problem });
  expect(at.confirming().waited().refused(problem).current).toMatchObject({ name: "failed", problem });
});

test("once the app was opened the page says so and offers to go back again with a fresh ticket", () => {
  const walk = at.returned();
  expect(walk.page).toMatchObject({ screen: "returned", heading: "登录已确认" });
  expect(walk.buttons).toEqual(["retry", "account"]);
  walk.tap("retry");
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: HANDLE });
  walk.issued(NEXT_TICKET);
  expect(walk.button("confirm")).toMatchObject({ open: "launchApp", label: "返回商城" });
  expect(walk.departs(200).buttons).toEqual(["retry", "account"]);
});

test("a login that the app has used up leads back with code 408", () => {
  const walk = at.returned().tap("retry").refused("attempt.expired");
  expect(walk.current).toMatchObject({ name: "returned", code: 408 });
  expect(walk.button("return")).toMatchObject({ open: "launchApp", code: 408 });
  expect(walk.page.heading).toBe("登录未完成");
});

test("a tap on the ticket that was quicker than its removal still counts", () => {
  expect(at.renewing().departs(200).current).toMatchObject({ name: "returned", code: 200 });
});

test("a cancelled login says so and can be handed back again", () => {
  const walk = at.confirming().departs(400);
  expect(walk.buttons).toEqual(["return:launchApp", "account"]);
  expect(walk.button("return")?.parameter).toBe("code=400&message=用户取消授权&state=s-1");
});

test("in code mode the codes go into the button only after a tap that confirms", () => {
  const walk = at.codes();
  expect(walk.buttons).toEqual(["release", "cancel:launchApp"]);
  expect(JSON.stringify(walk.page)).not.toContain("phone-code");
  walk.tap("release");
  expect(walk.button("confirm")).toMatchObject({
    open: "launchApp",
    label: "返回商城 App",
    parameter: '{"code":"login-code","phoneInfoCode":"phone-code"}',
  });
  expect(walk.button("cancel")?.parameter).toBe("");
});

test("in code mode the login code is renewed before it is four minutes old, the confirmation stays", () => {
  const walk = at.codes().tap("release");
  const { credential } = walk.current as { credential: { renewAt: number; bornAt: number } };
  expect(credential.renewAt - credential.bornAt).toBeLessThanOrEqual(240_000);
});

test("in code mode a login code older than the phone code is renewed alone", () => {
  const walk = at.opening(at.codes().config).loggedIn().pass(100_000).phone().tap("release");
  const ring = walk.send({ type: "shown" }).timer;
  expect(ring.milliseconds).toBe(130_000);
  walk.pass(130_000).rings(ring);
  expect(walk.order("logIn")).toBeDefined();
  walk.loggedIn("second-login");
  expect(walk.button("confirm")?.parameter).toBe('{"code":"second-login","phoneInfoCode":"phone-code"}');
});

test("in code mode a phone code too old to go out is asked for again", () => {
  const walk = at.codes().tap("release").pass(240_000).send({ type: "shown" });
  expect(walk.buttons[0]).toBe("allow-phone:getPhoneNumber");
});

test("in code mode going back again takes a new login code", () => {
  const walk = at.codes().tap("release").departs(200).pass(1_000).tap("retry").loggedIn("again");
  expect(walk.button("confirm")?.parameter).toBe('{"code":"again","phoneInfoCode":"phone-code"}');
});
