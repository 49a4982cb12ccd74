import { CONFIG, type Config } from "../config";
import { languageOf } from "../messages/words";
import { MODE } from "../mode";
import { readDevice } from "../platform/device";
import { record } from "../platform/telemetry";
import { logIn } from "../platform/login-code";
import { openPrivacyContract } from "../platform/privacy";
import { postJson } from "../platform/request";
import { createAuthClient } from "./auth-client";
import { createRunner, type Runner } from "./runner";
import { withOverrides } from "../config-overrides";

/** What App.onShow is told about an opening. In some versions `referrerInfo` is missing when nobody referred. */
type Opening = Pick<WechatMiniprogram.App.LaunchShowOption, "scene" | "query"> & {
  referrerInfo?: { appId?: string };
  apiCategory?: string;
};

/** The login of this process on the real platform: it outlives pages, because a warm start replaces them. */
export function createLogin(): Runner {
  const config = (): Config => withOverrides(CONFIG, readDevice().overrides);
  return createRunner({
    ...createAuthClient(() => config().authOrigin, postJson),
    now: Date.now,
    newId: () => Math.random().toString(36).slice(2, 10),
    config,
    mode: MODE,
    logIn,
    wait(milliseconds, ring) {
      const timer = setTimeout(ring, milliseconds);
      return () => clearTimeout(timer);
    },
    openPrivacyContract,
    note: (note) => record(note, CONFIG.realtimeLog, CONFIG.reportEventId),
  });
}

/** The applet was opened, or came back to the front. */
export function enter(login: Runner, { scene, query, referrerInfo = {}, apiCategory }: Opening): void {
  const { appId, language } = readDevice();
  login.enter({ scene, query, referrerAppId: referrerInfo.appId, apiCategory, appId, language: languageOf(language) });
}
