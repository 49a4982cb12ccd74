import { describe, expect, test } from "@jest/globals";
import type { Device } from "../src/device";
import { CALLER, useFixturePhone } from "./support";

const phone = useFixturePhone();
const { open, enter, act, tap, lines, answers } = phone;

/** What the fixture heard since `from`, by name. */
const heard = async (from = 0) => (await lines()).slice(from).map((line) => line.split(" ")[0] ?? "");
const answerQuestion = (which: "yes" | "no") => phone.page().locator(`.answers .${which}`).click();

describe("coming back", () => {
  test("tells the applet the very entry it had, and keeps its page", async () => {
    await open();
    const first = (await lines()).find((line) => line.startsWith("App.onShow"));
    const before = (await lines()).length;
    await act((handle) => handle.comeBack());
    expect((await lines()).slice(before)).toEqual(["first.onHide", "App.onHide", first, "first.onShow"]);
    expect(first).toContain('"scene":1069');
  });

  test.each([
    ["the phone sheet", "phone", "yes"],
    ["the privacy page", "contract", "yes"],
    ["customer service", "contact", "yes"],
    ["the question of launchApp", "launch", "no"],
  ] as const)("around %s the applet hears what this phone tells it", async (_, button, answer) => {
    const around = async (aroundScreens: Device["aroundScreens"]) => {
      await open({}, { aroundScreens, asksBeforeApp: true });
      await tap(button);
      await answerQuestion(answer);
      await act((handle) => handle.page());
      const all = (await heard()).filter((name) => name !== "answer" && name !== "first.onReady");
      // After the launch.
      return all.slice(all.indexOf("first.onShow") + 1);
    };
    const shown = ["App.onShow", "first.onShow"];
    expect(await around("nothing")).toEqual([]);
    expect(await around("show")).toEqual(shown);
    expect(await around("hideShow")).toEqual(["first.onHide", "App.onHide", ...shown]);
  });

  test("a locked screen hides the applet, and unlocking shows it again", async () => {
    await open();
    await act((handle) => void handle.lock());
    expect((await heard()).slice(-2)).toEqual(["first.onHide", "App.onHide"]);
    await answerQuestion("yes");
    expect((await heard()).slice(-2)).toEqual(["App.onShow", "first.onShow"]);
  });

  test.each([
    ["showFirst", ["App.onShow", "first.onShow", "answer"]],
    ["answerFirst", ["answer", "App.onShow", "first.onShow"]],
  ] as const)("the sheet's answer and the show come in the order of %s", async (answerOrder, order) => {
    await open({}, { aroundScreens: "show", answerOrder, questions: "allow" });
    const before = (await lines()).length;
    await tap("phone");
    await answers();
    expect((await heard(before)).filter((name) => name !== "first.onReady")).toEqual(order);
  });

  test.each([
    ["stopAfterSheet", ["first.onHide", "App.onHide", "App.onShow", "first.onShow"]],
    ["never", ["first.onHide", "App.onHide"]],
  ] as const)("a client with showEvents=%s goes silent", async (showEvents, before) => {
    await open({}, { showEvents, questions: "allow" });
    const start = (await lines()).length;
    await act((handle) => handle.comeBack());
    expect((await heard(start)).filter((name) => name !== "first.onReady")).toEqual(before);
    await tap("phone");
    await answers();
    const after = (await lines()).length;
    await act((handle) => handle.comeBack());
    expect(await heard(after)).toEqual(["first.onHide", "App.onHide"]);
  });
});

describe("a warm launch", () => {
  const relaunch = () => enter({ path: "/pages/first?a=2", scene: 1069, caller: CALLER });

  test("on a slow phone leaves the former page in front for a while, which may hear that it shows", async () => {
    await open({}, { relaunchDelay: 800, formerPageShows: true });
    await act((handle) => handle.hide());
    const before = (await lines()).length;
    await relaunch();
    expect(await heard(before)).toEqual(["App.onShow", "first.onShow"]);
    await act((handle) => handle.passTime(800));
    expect((await lines()).slice(before + 2, before + 5)).toEqual([
      "first.onUnload",
      'first.onLoad {"a":"2"}',
      "first.onShow",
    ]);
  });

  test("may make the page before App.onShow", async () => {
    await open({}, { warmOrder: "loadFirst" });
    await act((handle) => handle.hide());
    const before = (await lines()).length;
    await relaunch();
    expect((await heard(before)).slice(0, 4)).toEqual(["first.onUnload", "first.onLoad", "first.onShow", "App.onShow"]);
  });

  test("is a route: onBeforeAppRoute, the old page's onUnload, the new one's onLoad, then its onShow", async () => {
    await open();
    await tap("next");
    await phone.applet().locator("#second").waitFor();
    const before = (await lines()).length;
    await relaunch();
    expect((await lines()).slice(before).filter((line) => !/^App|onReady/.test(line))).toEqual([
      'route ["autoReLaunch","pages/first"]',
      "second.onUnload",
      "first.onUnload",
      'first.onLoad {"a":"2"}',
      "first.onShow",
    ]);
  });
});

describe("a suspended applet", () => {
  const away = async (milliseconds: number) => {
    await phone.page().evaluate((ms) => window.phone!.comeBack(ms), milliseconds);
  };

  test.each([
    ["timersFirst", ["a", "answer", "App.onShow"]],
    ["answersFirst", ["answer", "a", "App.onShow"]],
    ["showFirst", ["App.onShow", "a", "answer"]],
  ] as const)("meets an overdue timer and an answer that waited in the order of %s", async (onReturn, order) => {
    await open({}, { onReturn, loginLatency: 20_000 });
    await tap("login");
    await act((handle) => handle.hide());
    await act((handle) => handle.passTime(70_000));
    // The code comes over the network, which no clock of the phone's hurries.
    await phone.page().waitForFunction(() => window.phone!.notes.at(-1)?.name === "wx.login");
    expect(await heard()).not.toContain("answer");
    const before = (await lines()).length;
    await act((handle) => handle.comeBack());
    await answers();
    const names = (await heard(before)).filter((name) => ["a", "answer", "App.onShow"].includes(name));
    expect(names).toEqual(order);
  });

  test("is not suspended in its first five seconds away", async () => {
    await open({}, { loginLatency: 1000 });
    await tap("login");
    await act((handle) => handle.hide());
    await act((handle) => handle.passTime(4000));
    expect(await answers()).toHaveLength(1);
  });

  test.each([
    ["interrupted", { errno: 600003, errMsg: "request:fail interrupted" }],
    ["kept", 201],
  ] as const)("learns on its return what became of its request: %s", async (backgroundRequests, answer) => {
    await open({}, { backgroundRequests, requestLatency: 20_000 });
    await tap("slow-request");
    await act((handle) => handle.hide());
    await act((handle) => handle.passTime(30_000));
    await phone.page().waitForFunction(() => window.phone!.notes.at(-1)?.name === "wx.request");
    await away(0);
    expect(await answers()).toEqual([answer]);
  });
});

describe("an entry", () => {
  const WHOLE = { path: "pages/first", query: { a: "1" }, scene: 1069, apiCategory: "default" };
  const referrerInfo = { appId: CALLER };

  test.each([
    [{ entry: "undefined" }, undefined],
    [{ entry: "null" }, null],
    [{ entry: "noQuery" }, { ...WHOLE, query: undefined, referrerInfo }],
    [{ entry: "nullQuery" }, { ...WHOLE, query: null, referrerInfo }],
    [{ referrer: "missing" }, WHOLE],
    [{ referrer: "null" }, { ...WHOLE, referrerInfo: null }],
    [{ referrer: "empty" }, { ...WHOLE, referrerInfo: {} }],
  ] satisfies [Partial<Device>, unknown][])("with %j is as odd as phones have sent it", async (device, entry) => {
    await open({}, device);
    const told = entry === undefined ? "App.onShow" : `App.onShow ${JSON.stringify(entry)}`;
    expect(await lines()).toContain(told);
    expect(await heard()).toContain("first.onShow");
  });

  test("may name the calling app in the launch options alone", async () => {
    await open({}, { referrer: "launchOnly" });
    expect(await phone.data("referrers")).toEqual([referrerInfo, undefined]);
    expect(await lines()).toContain(`App.onShow ${JSON.stringify(WHOLE)}`);
  });
});

describe("launchApp", () => {
  test("may report success although the person stayed", async () => {
    await open({}, { launchApp: "okThenDeclined" });
    await tap("launch");
    expect(await answers()).toEqual([{ errMsg: "launchApp:ok" }]);
    expect(await heard()).not.toContain("App.onHide");
    expect(await phone.page().locator(".applet-window").isVisible()).toBe(true);
  });

  test("may hand the string over although the app stays behind", async () => {
    await open({}, { launchApp: "okButBehind" });
    await tap("launch");
    expect(await phone.returned()).toBe("code=200&message=ok");
    expect(await heard()).not.toContain("App.onHide");
  });

  test.each([
    ["eventOnReturn", [{ errMsg: "launchApp:ok" }]],
    ["opensWithoutEvent", []],
  ] as const)("may open the app and tell the applet late or never: %s", async (launchApp, told) => {
    await open({}, { launchApp });
    await tap("launch");
    expect(await phone.returned()).toBe("code=200&message=ok");
    expect(await phone.data("answers")).toEqual([]);
    await act((handle) => handle.comeBack());
    expect(await answers(told.length)).toEqual(told);
  });
});

describe("the privacy guidelines", () => {
  test("are asked for before the number; a refusal is 104, and for ten seconds there is no second question", async () => {
    await open({}, { privacy: "asks" });
    await tap("privacy");
    await tap("phone");
    await answerQuestion("no");
    await answers(2);
    await tap("phone");
    const refused = { errno: 104, errMsg: "getPhoneNumber:fail privacy permission is not authorized" };
    expect(await answers(3)).toEqual([true, refused, refused]);
  });

  test("once accepted are not asked for again", async () => {
    await open({}, { privacy: "asks" });
    await tap("phone");
    await answerQuestion("yes");
    await phone.page().locator(".sheet-number").waitFor();
    await answerQuestion("yes");
    await answers();
    await tap("privacy");
    expect(await answers(2)).toEqual([expect.objectContaining({ errMsg: "getPhoneNumber:ok" }), false]);
  });
});

test("with the quota of numbers used up, a tap says so and asks nobody", async () => {
  await open({}, { phoneNumbersLeft: 0 });
  await tap("phone");
  expect(await answers()).toEqual([{ errMsg: "getPhoneNumber:fail quota exceeded", errno: 1400001 }]);
});

test("HarmonyOS has no getApiCategory", async () => {
  for (const [platform, category] of [
    ["ohos", "undefined"],
    ["ohos_pc", "undefined"],
    ["android", "function"],
  ] as const) {
    await open({}, { platform });
    expect(await phone.data("category")).toBe(category);
  }
});

describe("an independent subpackage", () => {
  test("runs without App, its styles and its life cycle, until a page of the main package is opened", async () => {
    await open({ path: "/alone/page" });
    expect(await phone.data("app")).toBe("undefined");
    expect(await lines()).toEqual(["alone script"]);
    expect(await phone.style("body", "background-color")).toBe("rgba(0, 0, 0, 0)");
    await tap("next");
    await phone.applet().locator(".rem").waitFor();
    expect((await heard(1)).slice(0, 3)).toEqual(["App.onLaunch", "App.onShow", "first.onLoad"]);
    expect(await phone.style("body", "background-color")).toBe("rgb(255, 255, 255)");
  });

  test("hears of the first show only on phones that run its script early enough, and of later ones always", async () => {
    await open({ path: "/alone/page" }, { pageScripts: "early" });
    expect(await lines()).toEqual(["alone script", "alone heard of a show"]);
    await open({ path: "/alone/page" });
    await act((handle) => handle.comeBack());
    expect(await lines()).toEqual(["alone script", "alone heard of a show"]);
  });
});

test("tab pages have a bar, and live on while another is in front", async () => {
  await open({ path: "/pages/left" });
  const before = (await lines()).length;
  await phone.applet().getByRole("button", { name: "右" }).click();
  await phone.applet().locator("#right").waitFor();
  await phone.applet().getByRole("button", { name: "左" }).click();
  await phone.applet().locator("#left").waitFor();
  expect(await heard(before)).toEqual(["left.onHide", "right.onLoad", "right.onShow", "right.onHide", "left.onShow"]);
});
