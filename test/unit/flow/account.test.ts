import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, at, CODE_MODE, ENTRY, REPLY, Walk } from "./walk";

describe("one's own accounts", () => {
  test("are offered on the home page and where a login is done, not while one is under way", () => {
    expect(at.standalone().buttons).toEqual(["try", "account", "contact:contact"]);
    expect(at.returned().buttons).toEqual(["retry", "account"]);
    for (const walk of [at.asking(), at.confirming(), at.stranded(), at.failed()])
      expect(walk.buttons).not.toContain("account");
  });

  test("are not where no server of ours takes part", () => {
    expect(new Walk(CODE_MODE).enter({ scene: 1001, query: {} }).buttons).toEqual(["contact:contact"]);
  });

  test("are asked for with a fresh code and nothing else, and shown as the server tells them", () => {
    const walk = at.standalone().tap("account");
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.page).toMatchObject({ screen: "account", heading: "我的账号", progress: "请稍候…", initial: "a" });
    expect(walk.loggedIn("code-1").effects).toEqual([
      {
        type: "askAccount",
        what: "sessions",
        language: "zh-CN",
        request: { appId: ENTRY.appId, code: "code-1" },
      },
    ]);
    expect(walk.told().page).toMatchObject({ cards: ACCOUNT.cards, progress: "", notice: "", isFailure: false });
    expect(walk.buttons).toEqual(["leave"]);
  });

  test("lead back to where they were opened, with what is there to do", () => {
    expect(at.account().tap("leave").page.screen).toBe("standalone");
    const returned = at.returned().tap("account").loggedIn().told();
    // The accounts are with every pool of the applet: the page is not dressed as one of them.
    expect(returned.page).toMatchObject({ heading: "我的账号", lead: "", initial: "a", logo: "" });
    expect(returned.tap("leave").buttons).toEqual(["retry", "account"]);
  });

  test("give way to an app that asks for a login", () => {
    expect(at.account().tells().page.screen).toBe("opening");
    expect(at.account().comesBack(5_000).page.screen).toBe("opening");
    // A mere return is none.
    expect(at.account().comesBack(5_000, { scene: 1001, query: {} }).page.screen).toBe("account");
  });

  test("do not come in the way of what WeChat says late about an app that was opened", () => {
    const late = at.confirming().launches(200).send({ type: "hidden" }).send({ type: "shown" }).tap("account");
    expect(late.page.screen).toBe("account");
    expect(late.departs(200).send({ type: "shown" }).buttons).toEqual(["retry", "account"]);
  });
});

describe("a change", () => {
  test("is asked about first, with what it means, and giving it up changes nothing", () => {
    const walk = at.account().tap("change", "1");
    expect(walk.effects).toEqual([]);
    expect(walk.page).toMatchObject({
      title: "我的账号",
      heading: "注销「示例」的账号？",
      notice: "7 天内再次登录即可取消",
      isFailure: false,
      cards: [],
    });
    expect(walk.page.actions.map(({ id, label }) => [id, label])).toEqual([
      ["apply", "注销账号"],
      ["account", "取消"],
    ]);
    walk.tap("account");
    expect([walk.effects, walk.page.cards]).toEqual([[], ACCOUNT.cards]);
  });

  test("is made with another code, and the page shows what came of it", () => {
    const walk = at.account().tap("change", "0").tap("apply");
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.page).toMatchObject({ progress: "请稍候…", heading: "退出「商城」？" });
    expect(walk.buttons).toEqual(["account"]);
    expect(walk.loggedIn("code-2").effects).toEqual([
      {
        type: "askAccount",
        what: "changes",
        language: "zh-CN",
        request: {
          userPoolId: "pool-a",
          change: "signOut",
          callerAppId: "wxapp1",
          account: ACCOUNT.account,
          code: "code-2",
        },
      },
    ]);
    const after = { ...ACCOUNT, cards: [{ label: "", rows: [] }] };
    expect(walk.told(after).page).toMatchObject({ heading: "我的账号", cards: after.cards, notice: "" });
  });

  test("is sent once, however often it is tapped", () => {
    const walk = at.account().tap("change", "1").tap("apply");
    const { call } = walk;
    for (const action of ["apply", "retry"] as const) expect(walk.tap(action).effects).toEqual([]);
    expect(
      walk.send({ type: "logIn", of: call as never, reply: "code-2", sentAt: walk.at }).order("askAccount"),
    ).toBeDefined();
    // Nothing was chosen here.
    expect(at.account().tap("apply").effects).toEqual([]);
  });

  test("that is given up while it is under way is followed by another look: it may have been made", () => {
    const walk = at.account().tap("change", "1").tap("apply").loggedIn();
    const late = walk.call;
    walk.tap("account");
    expect(walk.effects).toEqual([{ type: "logIn" }]);
    expect(walk.loggedIn().order("askAccount")?.what).toBe("sessions");
    // Its own answer comes too late to be shown.
    expect(walk.send({ type: "askAccount", of: late as never, reply: ACCOUNT, sentAt: walk.at }).page.progress).toBe(
      "请稍候…",
    );
  });

  test("that got lost is sent again with a fresh code", () => {
    const walk = at.account().tap("change", "1").tap("apply").loggedIn().refused("network.timeout");
    expect(walk.page).toMatchObject({ notice: "网络连接失败。请检查网络后重试", isFailure: true, progress: "" });
    expect(walk.buttons).toEqual(["retry", "account"]);
    expect(walk.tap("retry").effects).toEqual([{ type: "logIn" }]);
    expect(walk.page.notice).not.toContain("网络");
    expect(walk.loggedIn("code-3").order("askAccount")?.request).toMatchObject({ change: "delete", code: "code-3" });
  });

  test("after too long a look begins with a new look, and is not made by itself", () => {
    const walk = at.account().tap("change", "1").tap("apply").loggedIn().refused("attempt.expired");
    expect(walk.page).toMatchObject({ heading: "我的账号", isFailure: true });
    expect(walk.tap("retry").loggedIn().order("askAccount")?.what).toBe("sessions");
  });

  test("that is not on the page asks nothing, and makes nothing", () => {
    for (const of of ["7", undefined]) expect(at.account().tap("change", of).page.heading).toBe("我的账号");
    const early = at.standalone().tap("account").tap("change", "0");
    expect(early.page.heading).toBe("我的账号");
  });

  test.each([
    ["wx.login", (walk: Walk) => walk],
    ["the server", (walk: Walk) => walk.loggedIn()],
  ])("waits as long as the limit says, when %s refuses", (_who, begun) => {
    const walk = begun(at.standalone().tap("account"));
    walk.refused("rate.limited", walk.call, 2);
    expect(walk.page.actions[0]).toMatchObject({ id: "retry", label: "2 秒后可重试" });
    expect(walk.tap("retry").order("logIn")).toBeUndefined();
    walk.pass(2_000).tap("retry");
    expect(walk.effects).toEqual([{ type: "logIn" }]);
  });
});

test("a late tap of the account button leaves a login that is under way alone", () => {
  const walk = at.standalone().tap("try").tap("account");
  expect(walk.loggedIn().opened(REPLY).buttons).toEqual(["release", "leave"]);
});

test("what the login knew is still there after a look at the accounts", () => {
  const walk = at.returned().tap("account").loggedIn().told().tap("leave").tap("retry");
  expect(walk.order("issueTicket")?.request).toEqual({ attempt: REPLY.attempt });
});
