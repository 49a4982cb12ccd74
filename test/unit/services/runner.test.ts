import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import { CONFIG } from "../../../miniprogram/config";
import { TICKETS } from "../../../miniprogram/flow/mode/tickets";
import type { View } from "../../../miniprogram/flow/view-shape";
import { CallError } from "../../../miniprogram/platform/call-error";
import { createRunner, type Environment, type Runner } from "../../../miniprogram/services/runner";
import { ACCOUNT, ASKS_PHONE, ENTRY, REPLY, TICKET } from "../flow/walk";

/** Lets every promise that is ready run its course. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

let order: string[];
let environment: { [Name in Exclude<keyof Environment, "mode">]: jest.Mock<Environment[Name]> };
let runner: Runner;
let ring: () => void;
let ids: number;

beforeEach(() => {
  order = [];
  ids = 0;
  environment = {
    now: jest.fn(() => 1_000),
    newId: jest.fn(() => `visit-${(ids += 1)}`),
    config: jest.fn(() => CONFIG),
    logIn: jest.fn(() => {
      order.push("logIn");
      return Promise.resolve("code");
    }),
    openAttempt: jest.fn(() => Promise.resolve(REPLY)),
    issueTicket: jest.fn(() => Promise.resolve({ ticket: TICKET, ticketExpiresIn: 120, user: null })),
    askAccount: jest.fn(() => Promise.resolve(ACCOUNT)),
    wait: jest.fn((_milliseconds: number, rings: () => void) => {
      ring = rings;
      return () => order.push("stopped") as never;
    }),
    openPrivacyContract: jest.fn(() => Promise.resolve()),
    note: jest.fn(),
  };
  runner = createRunner({ ...environment, mode: TICKETS });
});

function attach(query = ENTRY.query, entry = ENTRY) {
  const page = { setData: jest.fn<(view: View) => void>(() => void order.push("show")) };
  runner.attach(page, query, entry);
  return page;
}

const last = (page: ReturnType<typeof attach>) => page.setData.mock.calls.at(-1)?.[0];

test("one's own accounts are asked for with a code of their own and shown", async () => {
  const page = attach({}, { ...ENTRY, scene: 1001, query: {} });
  runner.send({ type: "tapped", action: "account" });
  await settled();
  expect(order).toContain("logIn");
  expect(environment.askAccount).toHaveBeenCalledTimes(1);
  expect(last(page)).toMatchObject({ screen: "account", cards: ACCOUNT.cards });
});

describe("the first opening", () => {
  test("starts wx.login before there is a page, and the request does not wait for one", async () => {
    runner.enter(ENTRY);
    expect(order).toEqual(["logIn"]);
    await settled();
    expect(environment.openAttempt).toHaveBeenCalledTimes(1);
    expect(last(attach())?.screen).toBe("confirming");
  });

  test("shows each change once: opening, then confirming", async () => {
    runner.enter(ENTRY);
    const page = attach();
    await settled();
    expect(page.setData.mock.calls.map(([view]) => view.screen)).toEqual(["opening", "confirming"]);
  });

  test("where the page comes before the entry the login begins with the page, once", async () => {
    expect(runner.isNew()).toBe(true);
    const page = attach();
    runner.enter(ENTRY);
    runner.showPage(page);
    await settled();
    expect(runner.isNew()).toBe(false);
    expect(environment.logIn).toHaveBeenCalledTimes(1);
    expect(last(page)?.screen).toBe("confirming");
  });

  test("before any opening nothing that is sent has an effect", () => {
    runner.send({ type: "hidden" });
    runner.showPage({ setData: jest.fn() });
    expect(runner.isNew()).toBe(true);
  });
});

describe("coming back", () => {
  beforeEach(async () => {
    runner.enter(ENTRY);
    await settled();
  });

  test.each([1038, 1089, 1001])("by scene %d goes on with the same visit", (scene) => {
    const page = attach();
    runner.send({ type: "hidden" });
    runner.enter({ ...ENTRY, scene, query: {} });
    expect(last(page)).toMatchObject({ screen: "confirming", visit: "visit-1" });
    expect(environment.logIn).toHaveBeenCalledTimes(1);
  });

  test("a launch for something else starts a new visit, and late answers of the old one are dropped", async () => {
    const page = attach();
    let answer = (_reply: typeof REPLY) => {};
    environment.openAttempt.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve as typeof answer)));
    runner.enter({ ...ENTRY, query: { userPoolId: "slow" } });
    await settled();
    runner.enter({ ...ENTRY, query: { userPoolId: "quick" } });
    await settled();
    answer({ ...REPLY, pool: { ...REPLY.pool, name: "late" } });
    await settled();
    expect(last(page)).toMatchObject({ visit: "visit-4", lead: "账号服务由「示例」提供" });
  });

  test("by a link for another pool follows the page's own query, and the app of before is not the caller", async () => {
    runner.enter({ ...ENTRY, scene: 1047, query: { userPoolId: "old" }, referrerAppId: undefined });
    attach({ userPoolId: "pool-b", fromApp: "1" });
    await settled();
    expect(environment.openAttempt).toHaveBeenCalledTimes(2);
    expect(environment.openAttempt).toHaveBeenLastCalledWith({
      type: "openAttempt",
      userPoolId: "pool-b",
      language: "zh-CN",
      request: { code: "code", appId: "wxapplet", getPhone: false },
    });
  });

  test("of a page that was replaced nothing counts any more", async () => {
    const former = attach();
    const page = attach();
    await settled();
    runner.hidePage(former);
    runner.detach(former);
    expect(last(page)?.actions[0]?.id).toBe("confirm");
    runner.hidePage(page);
    expect(last(page)?.actions[0]?.id).toBe("proceed");
    runner.showPage(former);
    expect(last(page)?.actions[0]?.id).toBe("proceed");
    runner.showPage(page);
    expect(last(page)?.actions[0]?.id).toBe("confirm");
  });

  test("a page that is gone is shown nothing more, and its login goes on as away", async () => {
    const page = attach();
    await settled();
    runner.detach(page);
    page.setData.mockClear();
    runner.send({ type: "tapped", action: "agree" });
    runner.send({ type: "shown" });
    expect(page.setData).not.toHaveBeenCalled();
  });

  test("a page for the same query takes over without another login", () => {
    const page = attach();
    expect(last(page)?.visit).toBe("visit-1");
    expect(environment.logIn).toHaveBeenCalledTimes(1);
  });
});

describe("what the flow orders", () => {
  test("a failure of any call comes back as its problem", async () => {
    environment.openAttempt.mockRejectedValueOnce(new CallError("pool.unknown"));
    runner.enter(ENTRY);
    const page = attach();
    await settled();
    expect(last(page)?.notice).toBe("找不到账号服务。请联系 App 客服");
  });

  test("a failure nobody foresaw is one of the network", async () => {
    environment.logIn.mockRejectedValueOnce(new TypeError("x is not a function"));
    runner.enter(ENTRY);
    const page = attach();
    await settled();
    expect(last(page)?.notice).toBe("网络连接失败。请检查网络后重试");
  });

  test("the ticket's timer renews it, and a new timer stops the former", async () => {
    runner.enter(ENTRY);
    await settled();
    expect(environment.wait).toHaveBeenCalledWith(50_000, expect.any(Function));
    environment.now.mockReturnValue(51_000);
    ring();
    await settled();
    expect(environment.issueTicket).toHaveBeenCalledTimes(1);
    expect(order).toContain("stopped");
  });

  test("a granted number becomes a ticket", async () => {
    environment.openAttempt.mockResolvedValueOnce(ASKS_PHONE);
    runner.enter(ENTRY);
    const page = attach();
    await settled();
    runner.send({ type: "phoneAnswered", detail: { code: "phone-code" } });
    await settled();
    expect(last(page)?.screen).toBe("confirming");
  });

  test("a privacy notice that cannot be opened disturbs nobody", async () => {
    environment.openPrivacyContract.mockRejectedValueOnce(new CallError("capability.failed"));
    runner.enter(ENTRY);
    runner.send({ type: "tapped", action: "privacy" });
    await settled();
    expect(environment.openPrivacyContract).toHaveBeenCalledTimes(1);
  });
});

describe("notes for a diagnosis", () => {
  test("name visit, state, scene and error once for each state", async () => {
    environment.openAttempt.mockRejectedValueOnce(new CallError("user.blocked"));
    runner.enter(ENTRY);
    await settled();
    expect(environment.note.mock.calls).toEqual([
      [{ flow: "visit-1", state: "opening", scene: 1069, error: "" }],
      [{ flow: "visit-1", state: "failed", scene: 1069, error: "user.blocked" }],
    ]);
  });

  test("do not repeat themselves while a server's rest is counted down", async () => {
    environment.openAttempt.mockRejectedValueOnce(new CallError("rate.limited", 10));
    runner.enter(ENTRY);
    await settled();
    environment.now.mockReturnValue(2_000);
    ring();
    await settled();
    expect(environment.note.mock.calls.map(([{ state, error }]) => `${state} ${error}`)).toEqual([
      "opening ",
      "failed rate.limited",
    ]);
  });

  test("say why a renewal failed, why an app did not open and why there is no number, in codes only", async () => {
    environment.issueTicket.mockRejectedValueOnce(new CallError("rate.limited"));
    runner.enter(ENTRY);
    await settled();
    environment.now.mockReturnValue(51_000);
    ring();
    await settled();
    runner.send({ type: "launchFailed", visit: "visit-1", detail: { errMsg: "launchApp:fail invalid scene of 138" } });
    environment.openAttempt.mockResolvedValueOnce(ASKS_PHONE);
    runner.enter({ ...ENTRY, query: { state: "s-2" } });
    await settled();
    runner.send({ type: "phoneAnswered", detail: { errMsg: "138", errno: 1400001 } });
    runner.send({ type: "launchFailed", visit: "visit-2", detail: { errMsg: "138" } });
    const errors = environment.note.mock.calls.map(([{ state, error }]) => `${state} ${error}`);
    expect(errors).toEqual([
      "opening ",
      "confirming ",
      "confirming rate.limited",
      "stranded launch.scene",
      "opening ",
      "asking ",
      "asking phone.quota",
      "stranded launch.failed",
    ]);
  });

  test("count a number that nobody asked for, and never hold a code, a ticket or a number", async () => {
    runner.enter(ENTRY);
    await settled();
    runner.send({ type: "phoneAnswered", detail: { code: "paid-code" } });
    expect(environment.note).toHaveBeenLastCalledWith({
      flow: "visit-1",
      state: "confirming",
      scene: 1069,
      error: "phone.lost",
    });
    expect(JSON.stringify(environment.note.mock.calls)).not.toMatch(/paid-code|TTTT|138/);
  });
});
