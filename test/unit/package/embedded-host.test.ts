import path from "node:path";
import vm from "node:vm";
import { beforeEach, expect, test } from "@jest/globals";
import { read, REPOSITORY } from "./files";

/** The foreign applet with the login in it, as WeChat's compiler makes it. */
const COMPILED = path.join(REPOSITORY, ".cache/embedded-official");

type Told = { path: string; scene: number; query: Record<string, string>; referrerInfo: { appId: string } };
type Page = { data: { actions?: { id: string }[] }; setData(data: object): void } & Record<
  string,
  (arg?: unknown) => void
>;

const LAUNCH: Told = {
  path: "routes/explore",
  scene: 1069,
  query: { userPoolId: "p1", state: "s1" },
  referrerInfo: { appId: "wxapp1" },
};
const ATTEMPT = {
  attempt: "a".repeat(43),
  expiresIn: 600,
  pool: { name: "茶叶店", logo: null, caller: "茶叶 App", agreements: [] },
  user: null,
  needs: [],
  phoneOptional: false,
  ticket: "t".repeat(43),
  ticketExpiresIn: 120,
};

/** WeChat as far as the two need it: App, pages, storage, and who hears of openings. */
function newWeChat() {
  const storage = new Map<string, unknown>();
  const apps: Record<string, unknown>[] = [];
  const pages = new Map<string, Page>();
  const asked: string[] = [];
  const heard: ((told: Told) => void)[] = [];
  const capabilities: Record<string, (options: never) => unknown> = {
    setStorageSync: (...[key, value]: unknown[]) => void storage.set(key as string, value),
    getStorageSync: (key: string) => storage.get(key),
    onAppShow: (listener: (told: Told) => void) => void heard.push(listener),
    onAppHide: () => undefined,
    getEnterOptionsSync: () => LAUNCH,
    getLaunchOptionsSync: () => LAUNCH,
    getAccountInfoSync: () => ({ miniProgram: { appId: "wxhost" } }),
    getAppBaseInfo: () => ({ language: "zh_CN" }),
    getExtConfigSync: () => ({}),
    getRealtimeLogManager: () => ({ info: () => undefined, warn: () => undefined, error: () => undefined }),
    login: ({ success }: { success: (answer: object) => void }) => success({ code: "code" }),
    request: ({ success }: { success: (answer: object) => void }) => success({ statusCode: 200, data: ATTEMPT }),
  };
  const sandbox = {
    console,
    // No time passes.
    setTimeout: () => 0,
    clearTimeout: () => undefined,
    wx: new Proxy(capabilities, {
      get(of, name: string) {
        asked.push(name);
        return of[name];
      },
    }),
    App: (app: Record<string, unknown>) => void apps.push(app),
    getApp: () => apps[0],
    Page: (page: Page) => void pages.set(reading, page),
  };
  const context = vm.createContext(sandbox);
  let reading = "";
  return {
    storage,
    apps,
    asked,
    globals: () => Object.keys(sandbox).toSorted(),
    heard,
    /** Runs a script of the package as WeChat does, in a function of its own. */
    run(script: string): Page | undefined {
      reading = script;
      vm.runInContext(`(function (require, module, exports) {${read(COMPILED, script)}\n})`, context)(
        () => undefined,
        { exports: {} },
        {},
      );
      const page = pages.get(script);
      if (page) page.setData = (data: object) => void Object.assign(page.data, data);
      return page;
    },
  };
}

let wechat: ReturnType<typeof newWeChat>;
beforeEach(() => {
  wechat = newWeChat();
});

/** A login from the app's launch to the button with the ticket. */
async function logIn(): Promise<void> {
  const page = wechat.run("routes/explore.js") as Page;
  for (const hear of wechat.heard) hear(LAUNCH);
  page["onLoad"]?.(LAUNCH.query);
  page["onShow"]?.();
  await new Promise((later) => setImmediate(later));
  expect(page.data.actions?.map(({ id }) => id)).toContain("confirm");
}

test("opened by an app before the host's main package is there, the login works without App", async () => {
  await logIn();
  expect(wechat.apps).toEqual([]);
  expect([...wechat.storage]).toEqual([]);
});

test("in a running host, its App, its globals and its storage are as before", async () => {
  wechat.run("app.js");
  const [app] = wechat.apps as [{ onLaunch(): void; globalData: object }];
  app.onLaunch();
  const before = JSON.stringify(app);
  const globals = wechat.globals();
  const stored = [...wechat.storage];
  wechat.asked.length = 0;

  await logIn();
  expect(wechat.apps).toEqual([app]);
  expect(JSON.stringify(app)).toBe(before);
  expect(wechat.globals()).toEqual(globals);
  expect([...wechat.storage]).toEqual(stored);
  expect(wechat.asked.filter((name) => /storage|tabbar|navigat/i.test(name))).toEqual([]);
});
