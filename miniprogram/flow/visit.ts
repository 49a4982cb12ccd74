import type { Config } from "../config";
import { readLaunch, type Language, type Launch } from "../protocol/launch";
import type { Problem } from "./problem";

/** Opened by a mobile app: the one scene whose referrer is that app. */
export const OPENED_BY_APP = 1069;

/** What the platform says about one opening of the applet. */
export interface Entry {
  scene: number;
  query: Readonly<Record<string, string | undefined>>;
  /** `referrerInfo.appId` as the platform gives it, of any scene. */
  referrerAppId?: string;
  apiCategory?: string;
  /** The AppID this applet runs under. */
  appId: string;
  /** Of the person's WeChat. */
  language: Language;
}

/** One opening of the applet: who asked for what. All of it is settled before anything is sent. */
export interface Visit {
  /** Random; ties log lines and outcomes to this visit. */
  id: string;
  scene: number;
  appId: string;
  language: Language;
  config: Config;
  launch: Launch;
  userPoolId: string;
  /** Whether there is an app to go back to. */
  fromApp: boolean;
  /** The app that opened us, as far as the platform vouches for it. */
  callerAppId?: string;
  /** Why no login can start. */
  fault?: Problem;
  /** Started from the home page, to see how it works. */
  trial: boolean;
  /** Calls made so far; numbers the next one. */
  calls: number;
  /** A phone prompt that was open when this visit replaced the one that had asked. */
  openPrompt?: Asker;
}

/** Whom a phone number is given to. */
export interface Asker {
  userPoolId: string;
  callerAppId: string | undefined;
}

/**
 * Reads an entry. Without `fromApp` the scene decides, because some HarmonyOS SDKs drop all but the first parameter;
 * the caller is believed for that scene only, where the platform documents it:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/scene.html
 */
export function visitOf(id: string, entry: Entry, config: Config): Visit {
  const launch = readLaunch(entry.query);
  const byApp = entry.scene === OPENED_BY_APP;
  const visit: Visit = {
    id,
    scene: entry.scene,
    appId: entry.appId,
    language: launch.lang ?? entry.language,
    config,
    launch,
    userPoolId: launch.userPoolId ?? config.userPoolId,
    fromApp: byApp || launch.fromApp,
    trial: false,
    calls: 0,
  };
  if (byApp && entry.referrerAppId) visit.callerAppId = entry.referrerAppId;
  const fault = faultOf(visit, entry);
  if (fault) visit.fault = fault;
  return visit;
}

export function askerOf({ userPoolId, callerAppId }: Visit): Asker {
  return { userPoolId, callerAppId };
}

export function isSameAsker(one: Asker, other: Asker): boolean {
  return one.userPoolId === other.userPoolId && one.callerAppId === other.callerAppId;
}

/** Numbers a call of this visit, so that an outcome can be told from that of an earlier call or visit. */
export function nextCall(visit: Visit): [Visit, string] {
  const calls = visit.calls + 1;
  return [{ ...visit, calls }, `${visit.id}.${calls}`];
}

function faultOf({ launch, userPoolId, config, callerAppId }: Visit, { apiCategory }: Entry): Problem | undefined {
  // A page seen from Moments: wx.login and the open types do not work there.
  // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/life-cycle/wx.getApiCategory.html
  if (apiCategory === "browseOnly") return "surface.browse_only";
  if (launch.malformed.length > 0) return "launch.malformed";
  if (config.returnMode === "ticket") return userPoolId === "" ? "launch.no_pool" : undefined;
  // Code mode hands raw codes to whoever launched, so only an app on the build's own list may launch.
  if (callerAppId === undefined) return "app.caller_missing";
  return config.codeModeCallers.some(({ appId }) => appId === callerAppId) ? undefined : "app.not_allowed";
}
