import { describe, expect, test } from "@jest/globals";
import { readAsSwift } from "../../../phone/automation/test-phone";
import { HOST_APP } from "../../../phone/demo/world";
import type { Device } from "../../../phone/src/device";
import { phone, world } from "../hooks";

const AGREEMENT = { title: "服务协议", text: "……", version: "1", required: true };
const ANYBODY = { allowedApps: "*", missingCaller: "allow" };

/** Phones tell an applet who opened it, or do not. The server takes nobody's number over 20 times a day, so each case has its person. */
const CALLERS = [
  ["known", { person: "zhou" }, {}, 0],
  ["unknown", { person: "chan", referrer: "missing" }, ANYBODY, 1],
] satisfies [string, Partial<Device>, Record<string, unknown>, number][];

/** Every case for every caller takes the long run; otherwise each is one caller's, by turns. */
const turns = <Case>(all: readonly Case[], turn: number) =>
  process.env["SOAK"] ? all : all.filter((_, n) => n % CALLERS.length === turn);

/** How a phone tells of its own screens and of a person who comes back. */
const TELLINGS: Partial<Device>[] = [
  { aroundScreens: "show", answerOrder: "showFirst" },
  { aroundScreens: "show", answerOrder: "answerFirst" },
  { aroundScreens: "hideShow", answerOrder: "answerFirst" },
  { aroundScreens: "hideShow", answerOrder: "showFirst" },
];

const count = async (name: string) => (await phone.notes()).filter((note) => note.name === name).length;
const answer = async (n?: number) => readAsSwift(await phone.returned(n));
const ticketOf = async (id: string) => readAsSwift(String(await phone.parameter(id)))["ticket"];

describe.each(CALLERS)("for an app that is %s", (_, caller, pool, turn) => {
  test.each(turns(TELLINGS, turn))(
    "a number given on a phone that tells %j is asked for once, in one login",
    async (telling) => {
      await phone.renew({ ...caller, ...telling, platform: "android" });
      await phone.launch(await world.newPool(pool));
      await phone.tap("allow-phone");
      await phone.answer("yes");
      await phone.tap("confirm");
      expect(await answer()).toMatchObject({ code: "200", state: "s1" });
      expect(phone.requests("applet")).toEqual(["POST attempts 200", "POST tickets 200"]);
      expect([await count("wx.login"), await count("getPhoneNumber")]).toEqual([1, 1]);
    },
  );

  test("a box that was ticked is ticked after the privacy page, a locked screen and a look at another app", async () => {
    await phone.renew({ ...caller, aroundScreens: "hideShow" });
    await phone.launch(await world.newPool({ ...pool, agreements: [AGREEMENT] }));
    await phone.tap("agree");
    await phone.tap("privacy");
    await phone.answer("yes");
    await phone.page.evaluate(() => void window.phone!.lock());
    await phone.answer("yes");
    await phone.do("comeBack", 60_000);
    await phone.sees("allow-phone");
    expect(await phone.at("agree").getAttribute("aria-checked")).toBe("true");
    expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
  });

  test("an app that does not open after the person came back leaves them a way by hand, in the same login", async () => {
    await phone.renew({ ...caller, launchApp: "launchSdkFail", aroundScreens: "hideShow" });
    await phone.launch(await world.newPool(pool), { getPhone: false });
    await phone.sees("confirm");
    await phone.do("comeBack");
    await phone.tap("confirm");
    await phone.sees("retry");
    expect(await phone.at("confirm").count()).toBe(0);
    expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
  });

  test("a person who is done and looks in again is offered to return once more, and asked nothing anew", async () => {
    await phone.renew({ ...caller });
    await phone.launch(await world.newPool(pool), { getPhone: false });
    await phone.tap("confirm");
    await phone.returned();
    await phone.do("comeBack");
    await phone.sees("retry");
    expect([await count("wx.login"), await phone.at("confirm").count()]).toEqual([1, 0]);
  });

  test.each(turns(["okThenDeclined", "okButBehind", "eventOnReturn", "opensWithoutEvent"] as const, turn))(
    "when launchApp says nothing of the app (%s) the person has a next step, and no second login begins",
    async (launchApp) => {
      await phone.renew({ ...caller, launchApp });
      const id = await world.newPool(pool);
      await phone.launch(id, { getPhone: false });
      await phone.tap("confirm");
      await phone.do("set", { launchApp: "ok" });
      if (launchApp !== "okThenDeclined") await phone.returned();
      await phone.do("comeBack");
      const again = phone.at("retry").or(phone.at("confirm")).first();
      await again.waitFor();
      if ((await phone.at("retry").count()) > 0) await phone.tap("retry");
      await phone.tap("confirm");
      const last = await phone.returned(launchApp === "okThenDeclined" ? 1 : 2);
      expect(await world.exchange(id, last)).toHaveProperty("_id");
      expect(await count("wx.login")).toBe(1);
    },
  );

  test.each(
    turns(
      [
        ["an hour", 3_600_000],
        ["a day", 86_400_000],
        ["a minute", 60_000],
      ] as const,
      turn,
    ),
  )("after %s away the login goes on or begins again by itself, and ends in a ticket that works", async (_away, ms) => {
    await phone.renew({ ...caller });
    const id = await world.newPool(pool);
    await phone.launch(id, { getPhone: false });
    await phone.sees("confirm");
    await phone.do("comeBack", ms);
    await phone.tap("confirm");
    expect(await world.exchange(id, await phone.returned())).toHaveProperty("_id");
  });

  test("a launch with the same query makes the page anew and begins a new login, however slow the phone", async () => {
    for (const slow of [{}, { relaunchDelay: 500, formerPageShows: true }, { warmOrder: "loadFirst" }] as const) {
      await phone.renew({ ...caller, ...slow });
      const id = await world.newPool(pool);
      await phone.launch(id, { getPhone: false });
      await phone.sees("confirm");
      const former = await ticketOf("confirm");
      await phone.do("hide");
      await phone.launch(id, { getPhone: false });
      await phone.do("passTime", 500);
      await phone.hasHadAnswers(2);
      await phone.tap("confirm");
      expect((await answer())["ticket"]).not.toBe(former);
    }
  });
});

test("what one app was to get is out of the buttons as soon as another opens the applet", async () => {
  const other = "wxanotherapp";
  const id = await world.newPool({ allowedApps: [HOST_APP, { appId: other, name: "别家" }] });
  await phone.renew({ relaunchDelay: 5000, formerPageShows: true });
  await phone.launch(id, { getPhone: false });
  await phone.sees("confirm");
  const former = await ticketOf("confirm");
  await phone.do("hide");
  await phone.launch(id, { getPhone: false, caller: other });
  const shown = await phone.applet
    .locator("wx-button[open-type=launchApp]")
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("app-parameter") ?? ""));
  expect(shown.filter((parameter) => parameter.includes(String(former)))).toEqual([]);
  await phone.do("passTime", 5000);
  await phone.tap("confirm");
  expect((await answer())["ticket"]).not.toBe(former);
});

test.each([
  { entry: "undefined" },
  { entry: "null" },
  { entry: "noQuery" },
  { entry: "nullQuery" },
  { referrer: "launchOnly" },
] satisfies Partial<Device>[])("an entry with %j stops nothing, cold and warm", async (device) => {
  for (const pageScripts of ["late", "early"] as const) {
    await phone.renew({ ...device, pageScripts });
    const id = await world.newPool();
    await phone.launch(id, { getPhone: false });
    await phone.tap("confirm");
    expect(await answer()).toMatchObject({ code: "200", state: "s1" });
  }
  // WeChat's launch options are the first start's: who opens it warm is in the entry or nowhere.
  if ("referrer" in device) return;
  await phone.launch(await world.newPool(), { getPhone: false, query: { state: "s2" } });
  await phone.tap("confirm");
  expect(await answer(2)).toMatchObject({ code: "200", state: "s2" });
});

test.each([{ referrer: "null" }, { referrer: "empty" }] satisfies Partial<Device>[])(
  "an entry with %j is one of an app nobody names",
  async (device) => {
    await phone.renew(device);
    await phone.launch(await world.newPool(), { getPhone: false });
    await phone.tap("return");
    expect(await answer()).toMatchObject({ code: "401" });
  },
);

test.each(["stopAfterSheet", "never"] as const)(
  "a client that no longer says that the applet is in front (%s) is used to the end",
  async (showEvents) => {
    await phone.renew({ showEvents, aroundScreens: "hideShow" });
    const id = await world.newPool();
    await phone.launch(id);
    await phone.tap("allow-phone");
    await phone.answer("yes");
    await phone.do("passTime", 1500);
    await phone.at("confirm").waitFor();
    if ((await phone.parameter("confirm")) === null) await phone.tap("confirm");
    await phone.applet.locator("#confirm[open-type=launchApp]").click();
    expect(await world.exchange(id, await phone.returned())).toHaveProperty("_id");
  },
);

describe("in the background", () => {
  test.each(["timersFirst", "answersFirst", "showFirst"] as const)(
    "an answer that waited counts, although its time-out is overdue (%s)",
    async (onReturn) => {
      await phone.renew({ onReturn, backgroundRequests: "kept", requestLatency: 8000 });
      await phone.launch(await world.newPool(), { getPhone: false });
      await phone.sees("progress");
      await phone.do("hide");
      await phone.do("passTime", 4500);
      await phone.hasReachedServer();
      // The applet is suspended after five seconds, the answer is there after eight, its own alarm would ring after eleven.
      for (const milliseconds of [1000, 3000]) await phone.do("passTime", milliseconds);
      await phone.hasHadAnswers(1);
      await phone.do("passTime", 20_000);
      await phone.do("comeBack");
      await phone.sees("confirm");
      expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
    },
  );

  test("a request that WeChat broke off is made again when the person is back, with no tap", async () => {
    await phone.renew({ requestLatency: 9000 });
    await phone.launch(await world.newPool(), { getPhone: false });
    await phone.sees("progress");
    await phone.do("hide");
    await phone.do("passTime", 5500);
    await phone.do("set", { requestLatency: 0 });
    await phone.hasHadAnswers(1);
    await phone.do("comeBack");
    await phone.sees("confirm");
    expect(phone.requests("applet")).toContain("POST attempts 200");
  });

  test("a login code that came while the applet was away is used", async () => {
    await phone.renew({ loginLatency: 9000 });
    await phone.launch(await world.newPool(), { getPhone: false });
    await phone.sees("progress");
    await phone.do("hide");
    await phone.do("passTime", 20_000);
    await phone.page.waitForFunction(() => window.phone!.notes.at(-1)?.name === "wx.login");
    await phone.do("comeBack");
    await phone.sees("confirm");
    expect(await count("wx.login")).toBe(1);
  });
});

test("a person who refuses the privacy guidelines stays in the login, and may think again", async () => {
  await phone.renew({ privacy: "asks" });
  await phone.launch(await world.newPool());
  await phone.tap("allow-phone");
  await phone.answer("no");
  await phone.sees("notice");
  expect(readAsSwift(String(await phone.parameter("cancel")))).toMatchObject({ code: "400" });
  expect(phone.requests("applet")).toEqual(["POST attempts 200"]);
});

test("an applet that no open-platform account is bound to signs people in by openid", async () => {
  await phone.renew({ unionid: "missing" });
  const id = await world.newPool();
  await phone.launch(id, { getPhone: false });
  await phone.tap("confirm");
  const user = await world.exchange(id, await phone.returned());
  expect(user).toMatchObject({ unionid: "", openid: world.wechat.openid("lin", "touristappid") });
});

test.each([
  ["the quota of numbers", "409", { phoneNumbersLeft: 0 }],
  ["WeChat's limit of logins", "429", { loginsPerMinute: 1, person: "wang" }],
] as const)("%s used up is told, and the app learns %s", async (_, code, device) => {
  await phone.renew(device);
  if ("loginsPerMinute" in device) {
    await phone.launch(await world.newPool(), { getPhone: false });
    await phone.sees("confirm");
  }
  await phone.launch(await world.newPool(), { query: { state: "s2" } });
  if ("phoneNumbersLeft" in device) await phone.tap("allow-phone");
  await phone.sees("notice");
  const button = "phoneNumbersLeft" in device ? "cancel" : "return";
  await phone.applet.locator(`#${button}[open-type=launchApp]`).waitFor();
  expect(readAsSwift(String(await phone.parameter(button)))).toMatchObject({ code });
});
