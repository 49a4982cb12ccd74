import { EventEmitter } from "node:events";
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { describe, expect, test } from "@jest/globals";
import { buildSync } from "esbuild";
import type { LoginState } from "../../../packages/launch/src";

const EXAMPLES = path.resolve(__dirname, "../..");
const LAUNCH = path.resolve(EXAMPLES, "../packages/launch/src");
const TICKET = "t".repeat(43);

/** A phone with WeChat, for one app: what its libraries do, as far as the example can tell. */
interface Phone {
  /** What the example's imports find, by name. */
  modules: Record<string, unknown>;
  globals: Record<string, unknown>;
  /** The paths that WeChat opened. */
  opened: string[];
  /** What went to the app's backend. */
  exchanged: { ticket: string; codeVerifier: string }[];
  /** What the applet returns, by each way there is. */
  ways: Record<string, (text: string) => void>;
  leave(): void;
  comeBack(): void;
}

interface Example {
  file: string;
  /** uni-app's condition. */
  platform?: string;
  phone(storage: Map<string, string>, hasWeChat: boolean): Phone;
}

interface Running {
  signIn(): void;
  signOut(): void;
  cameToFront?(): void;
}

const settled = async () => {
  for (let i = 0; i < 3; i++) await new Promise((done) => setImmediate(done));
};

/** The example as a bundler leaves it for this platform, with the phone's libraries. */
async function start({ file, platform }: Example, phone: Phone) {
  const names = Object.keys(phone.modules);
  const { outputFiles } = buildSync({
    stdin: { contents: conditioned(fs.readFileSync(path.join(EXAMPLES, file), "utf8"), platform), loader: "ts" },
    bundle: true,
    write: false,
    format: "cjs",
    external: names,
    alias: {
      "@app2wxapp/launch/react-native": path.join(LAUNCH, "react-native.ts"),
      "@app2wxapp/launch/uni-app": path.join(LAUNCH, "uni-app.ts"),
      "@app2wxapp/launch": path.join(LAUNCH, "index.ts"),
      "@app2wxapp/protocol": path.resolve(EXAMPLES, "../miniprogram/protocol/index.ts"),
    },
  });
  const module = { exports: {} as { createLogin(show: (state: LoginState) => void): Running | Promise<Running> } };
  const globals = { console: { warn: () => undefined }, fetch: fetchOf(phone), ...phone.globals };
  const run = vm.compileFunction(outputFiles[0]!.text, ["module", "require", ...Object.keys(globals)]);
  run(module, (name: string) => phone.modules[name], ...Object.values(globals));
  let state: LoginState | undefined;
  const login = await module.exports.createLogin((shown) => (state = shown));
  login.cameToFront?.();
  await settled();
  return { login, shown: () => [state?.phase, state?.notice?.kind] };
}

/** uni-app's conditional compilation: `#ifdef A` to `#endif`. */
function conditioned(source: string, platform: string | undefined): string {
  return source.replace(/^ *\/\/ #ifdef (\S+)\n([\s\S]*?)^ *\/\/ #endif\n/gm, (_, name: string, inside: string) =>
    name === platform ? inside : "",
  );
}

function fetchOf(phone: Phone) {
  return (_url: string, { body }: { body: string }) => {
    phone.exchanged.push(JSON.parse(body) as Phone["exchanged"][number]);
    return Promise.resolve({ ok: true, status: 200 });
  };
}

const EXAMPLE: Record<string, Example> = {
  "React Native": {
    file: "react-native/login.ts",
    phone(storage, hasWeChat) {
      const [wechat, app] = [new EventEmitter(), new EventEmitter()];
      const opened: string[] = [];
      return {
        modules: {
          "react-native-get-random-values": {},
          "@react-native-async-storage/async-storage": {
            default: {
              getItem: (key: string) => Promise.resolve(storage.get(key) ?? null),
              setItem: (key: string, value: string) => Promise.resolve(storage.set(key, value)),
              removeItem: (key: string) => Promise.resolve(storage.delete(key)),
            },
            __esModule: true,
          },
          "react-native": { AppState: { addEventListener: app.addListener.bind(app) } },
          "react-native-wechat-lib": {
            registerApp: () => Promise.resolve(true),
            isWXAppInstalled: () => Promise.resolve(hasWeChat),
            launchMiniProgram: ({ path: launch }: { path: string }) => {
              opened.push(launch);
              return new Promise((done) => wechat.once("WXLaunchMiniProgramReq.Resp", done));
            },
            addListener: wechat.addListener.bind(wechat),
          },
        },
        globals: { crypto: globalThis.crypto },
        opened,
        exchanged: [],
        ways: {
          response: (text) => wechat.emit("WXLaunchMiniProgramReq.Resp", { errCode: 0, extMsg: text }),
          "Android's request": (text) => wechat.emit("SendMessageToWX.Resp", { country: text }),
          "iOS's request": (text) => wechat.emit("LaunchFromWX.Req", { errCode: 0, extMsg: text }),
        },
        leave: () => void app.emit("change", "background"),
        comeBack: () => void app.emit("change", "active"),
      };
    },
  },
  Capacitor: {
    file: "capacitor/login.ts",
    phone(storage, hasWeChat) {
      const app = new EventEmitter();
      const opened: string[] = [];
      let answer: (value: { extMsg: string }) => void = () => undefined;
      return {
        modules: {
          "@capacitor/app": { App: { addListener: (...args: [string, () => void]) => app.addListener(...args) } },
          "@capacitor/preferences": {
            Preferences: {
              get: ({ key }: { key: string }) => Promise.resolve({ value: storage.get(key) ?? null }),
              set: ({ key, value }: { key: string; value: string }) => Promise.resolve(storage.set(key, value)),
              remove: ({ key }: { key: string }) => Promise.resolve(storage.delete(key)),
            },
          },
          "@capgo/capacitor-wechat": {
            CapacitorWechat: {
              initialize: () => Promise.resolve(),
              isInstalled: () => Promise.resolve({ installed: hasWeChat }),
              openMiniProgram: ({ path: launch }: { path: string }) => {
                opened.push(launch);
                return new Promise((done) => (answer = done));
              },
            },
          },
        },
        globals: { crypto: globalThis.crypto },
        opened,
        exchanged: [],
        ways: { promise: (text) => answer({ extMsg: text }) },
        leave: () => void app.emit("appStateChange", { isActive: false }),
        comeBack: () => void app.emit("appStateChange", { isActive: true }),
      };
    },
  },
  "uni-app": {
    file: "uni-app/login.js",
    platform: "APP-PLUS",
    phone(storage, hasWeChat) {
      const phone = uniPhone(storage);
      let answered: (value: unknown) => void = () => undefined;
      const runtime = { arguments: "" };
      const weixin = {
        id: "weixin",
        nativeClient: hasWeChat,
        launchMiniProgram: ({ path: launch }: { path: string }, ok: typeof answered) => {
          phone.opened.push(launch);
          answered = ok;
        },
      };
      phone.globals["plus"] = {
        runtime,
        os: { name: "Android" },
        android: { importClass: () => class { nextInt = (below: number) => crypto.getRandomValues(new Uint8Array(1))[0]! % below; } }, // prettier-ignore
        share: { getServices: (ok: (services: unknown[]) => void) => ok([weixin]) },
      };
      phone.ways["callback"] = (text) => answered(text);
      phone.ways["the runtime's arguments"] = (text) => (runtime.arguments = text);
      return phone;
    },
  },
  "uni-app on HarmonyOS": {
    file: "uni-app/login.js",
    platform: "APP-HARMONY",
    phone(storage, hasWeChat) {
      const phone = uniPhone(storage);
      let listener: (text: string) => void = () => undefined;
      phone.modules["@/uni_modules/wechat-applet"] = {
        openApplet: (_id: string, launch: string) => Promise.resolve(hasWeChat && phone.opened.push(launch) > 0),
        onAnswer: (callback: typeof listener) => (listener = callback),
        randomBytes: (count: number) => Array.from(crypto.getRandomValues(new Uint8Array(count))),
      };
      phone.ways["plugin"] = (text) => listener(text);
      return phone;
    },
  },
};

function uniPhone(storage: Map<string, string>): Phone {
  const exchanged: Phone["exchanged"] = [];
  const uni = {
    getStorageSync: (key: string) => storage.get(key) ?? "",
    setStorageSync: (key: string, value: string) => storage.set(key, value),
    removeStorageSync: (key: string) => storage.delete(key),
    request: ({ data, success }: { data: Phone["exchanged"][number]; success: (reply: object) => void }) => {
      exchanged.push(data);
      success({ statusCode: 200 });
    },
  };
  const nothing = () => undefined;
  return {
    modules: {},
    globals: { uni, crypto: undefined },
    opened: [],
    exchanged,
    ways: {},
    leave: nothing,
    comeBack: nothing,
  };
}

const stateOf = (launch: string) => /state=([^&]+)/.exec(launch)![1]!;
const granted = (launch: string) => `code=200&message=授权成功&ticket=${TICKET}&state=${stateOf(launch)}`;

describe.each(Object.entries(EXAMPLE))("the example in %s", (_name, example) => {
  const ways = Object.keys(example.phone(new Map(), true).ways);

  async function begin({ hasWeChat = true, storage = new Map<string, string>() } = {}) {
    const phone = example.phone(storage, hasWeChat);
    const { login, shown } = await start(example, phone);
    const comeBack = async () => {
      phone.comeBack();
      login.cameToFront?.();
      await settled();
    };
    return { phone, login, shown, storage, comeBack };
  }

  test.each(ways)("signs in when the answer comes by %s, with the challenge's verifier, once", async (way) => {
    const { phone, login, shown, storage, comeBack } = await begin();
    expect(shown()).toEqual(["signedOut", undefined]);
    login.signIn();
    await settled();
    phone.leave();
    expect(shown()).toEqual(["waiting", undefined]);
    for (let times = 0; times < 2; times++) {
      phone.ways[way]!(granted(phone.opened[0]!));
      await comeBack();
    }
    expect(shown()).toEqual(["signedIn", undefined]);
    expect(phone.exchanged).toEqual([{ ticket: TICKET, codeVerifier: expect.stringMatching(/^[\w-]{43}$/) }]);
    expect(storage.size).toBe(0);
  });

  test("cancels for a person who comes back by hand, and still takes a late answer", async () => {
    const { phone, login, shown, comeBack } = await begin();
    login.signIn();
    await settled();
    phone.leave();
    await comeBack();
    expect(shown()).toEqual(["signedOut", "cancelled"]);
    phone.ways[ways[0]!]!(granted(phone.opened[0]!));
    await comeBack();
    expect(shown()).toEqual(["signedIn", undefined]);
  });

  test("keeps the login when the system ends the app meanwhile", async () => {
    const before = await begin();
    before.login.signIn();
    await settled();
    const after = await begin({ storage: before.storage });
    expect(after.shown()).toEqual(["signedOut", "cancelled"]);
    // Capacitor's plugin answers only its own call, which is gone with the process: the person taps again.
    if (ways.includes("promise")) after.login.signIn();
    await settled();
    after.phone.ways[ways.at(-1)!]!(granted((after.phone.opened[0] ?? before.phone.opened[0])!));
    await after.comeBack();
    expect(after.shown()).toEqual(["signedIn", undefined]);
    expect(after.phone.exchanged).toHaveLength(1);
  });

  test("says so where WeChat is missing", async () => {
    const { phone, login, shown } = await begin({ hasWeChat: false });
    login.signIn();
    await settled();
    expect(shown()).toEqual(["signedOut", "notOpened"]);
    expect(phone.opened).toEqual([]);
  });

  test("takes nothing that nobody asked for", async () => {
    const { phone, shown, comeBack } = await begin();
    phone.ways[ways[0]!]!(`code=200&message=ok&ticket=${TICKET}&state=forged`);
    await comeBack();
    expect(shown()).toEqual(["signedOut", undefined]);
    expect(phone.exchanged).toEqual([]);
  });
});
