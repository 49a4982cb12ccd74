import { CONFIG, type Config } from "../config";
import { withOverrides } from "../config-rules";
import type { Entry } from "../flow/visit";
import { languageOf } from "../messages/languages";
import { readDevice } from "../platform/device";
import { logRealtime, reportEvent } from "../platform/journal";
import { logIn } from "../platform/login";
import { PlatformError } from "../platform/platform-error";
import { openPrivacyContract } from "../platform/privacy";
import { postJson } from "../platform/request";
import { createAuthClient, ServiceError } from "./auth-client";
import { createRunner } from "./runner";

/** What App.onShow is told about one opening. */
type Opening = Pick<WechatMiniprogram.App.LaunchShowOption, "scene" | "query"> & {
  referrerInfo?: { appId?: string } | undefined;
  apiCategory?: string;
};

function currentConfig(): Config {
  return withOverrides(CONFIG, readDevice().overrides);
}

/** The login of this process: it outlives pages, because a warm start replaces them. */
export const login = createRunner({
  now: () => Date.now(),
  newId: () => Math.random().toString(36).slice(2, 10),
  config: currentConfig,
  logIn: () => logIn().catch(asServiceError),
  client: createAuthClient(() => currentConfig().authOrigin, postJson),
  wait(milliseconds, ring) {
    const timer = setTimeout(ring, milliseconds);
    return () => clearTimeout(timer);
  },
  openPrivacyContract,
  note(note) {
    if (CONFIG.realtimeLog) logRealtime(note);
    if (CONFIG.reportEventId !== "") reportEvent(CONFIG.reportEventId, note);
  },
});

export function entryOf({ scene, query, referrerInfo, apiCategory }: Opening): Entry {
  const { appId, language } = readDevice();
  const entry: Entry = { scene, query, appId, language: languageOf(language) };
  // In some versions `referrerInfo` is missing when nobody referred.
  if (referrerInfo?.appId) entry.referrerAppId = referrerInfo.appId;
  if (apiCategory !== undefined) entry.apiCategory = apiCategory;
  return entry;
}

function asServiceError(error: unknown): never {
  const problem = error instanceof PlatformError ? error.problem : "login.failed";
  throw new ServiceError(
    problem === "login.blocked" || problem === "network.timeout" ? problem : "login.failed",
    undefined,
    error,
  );
}
