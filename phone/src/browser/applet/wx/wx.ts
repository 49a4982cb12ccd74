import type { AppletPackage } from "../../../package-format";
import type { Client } from "../built-in-node";
import type { Entries } from "../entries";
import { isOlder } from "../open-capabilities";
import type { PageStack } from "../page-stack";
import { interactionCalls } from "./interaction";
import { createListeners } from "./listeners";
import { logCalls } from "./logs";
import { openCalls } from "./open";
import { createRequest } from "./request";
import { storageCalls } from "./storage";
import { systemCalls } from "./system";

/** The base library each name came with, where an old client is still about. From the pages of the names. */
const SINCE: Record<string, string> = {
  getEnterOptionsSync: "2.9.4",
  getRealtimeLogManager: "2.7.1",
  exitMiniProgram: "2.17.3",
  onNetworkWeakChange: "2.19.0",
  offNetworkWeakChange: "2.19.0",
  getAppBaseInfo: "2.20.1",
  getWindowInfo: "2.20.1",
  getDeviceInfo: "2.20.1",
  getSystemSetting: "2.20.1",
  getApiCategory: "2.22.1",
  onBeforeAppRoute: "3.5.5",
  offBeforeAppRoute: "3.5.5",
  onAppRouteDone: "3.5.5",
  offAppRouteDone: "3.5.5",
  reportEvent: "2.14.4",
  getPrivacySetting: "2.32.3",
  openPrivacyContract: "2.32.3",
  requirePrivacyAuthorize: "2.32.3",
};

/** https://developers.weixin.qq.com/miniprogram/dev/framework/ability/ohos.html */
const MISSING_ON_HARMONY = new Set([
  "getApiCategory",
  "onNetworkWeakChange",
  "offNetworkWeakChange",
  "onThemeChange",
  "offThemeChange",
]);

interface Parts {
  applet: AppletPackage;
  client: Client;
  pages: PageStack;
  entries: Entries;
}

/**
 * The phone's `wx`. A name it does not know throws, even when only asked for by typeof: an applet that leans on
 * something this phone never showed must not pass for tested. Names younger than the device's base library are absent.
 */
export function createWx({ applet, client, pages, entries }: Parts) {
  const listeners = createListeners();
  const known: Record<string, unknown> = {
    ...systemCalls(client, entries),
    ...openCalls(client),
    ...interactionCalls(client, pages),
    ...logCalls(client),
    ...storageCalls(),
    ...listeners.calls,
    request: createRequest(client, applet.app.networkTimeout?.request),
    nextTick: (run: () => void) => queueMicrotask(run),
    getUpdateManager: () => ({
      onCheckForUpdate: () => undefined,
      onUpdateReady: () => undefined,
      onUpdateFailed: () => undefined,
      applyUpdate: () => undefined,
    }),
    getPerformance: () => ({ now: () => performance.now(), getEntries: () => [], getEntriesByName: () => [] }),
    canIUse: (name: string) => isThere(name.split(".")[0] ?? ""),
  };
  function isThere(name: string): boolean {
    const since = SINCE[name];
    const { sdkVersion, platform } = client.device();
    if (platform.startsWith("ohos") && MISSING_ON_HARMONY.has(name)) return false;
    return Object.hasOwn(known, name) && !(since !== undefined && isOlder(sdkVersion, since));
  }
  const wx = new Proxy(known, {
    get(target, name) {
      if (typeof name === "symbol") return undefined;
      if (!Object.hasOwn(target, name)) throw new Error(`wx.${name} is not known to this phone`);
      return isThere(name) ? target[name] : undefined;
    },
    has: (_target, name) => typeof name === "string" && isThere(name),
    set: (_target, name) => {
      throw new Error(`wx.${String(name)} was assigned to`);
    },
  });
  return { wx, emit: listeners.emit.bind(listeners) };
}
