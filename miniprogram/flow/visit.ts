import type { Config } from "../config";
import { readLaunch, type Language, type Launch } from "../protocol/launch";
import type { Mode } from "./mode/mode";
import type { Problem } from "./problem";

/** Opened by a mobile app: the one scene whose referrer is that app. */
export const OPENED_BY_APP = 1069;

/** What the platform says about one opening of the applet. */
export interface Entry {
  scene: number;
  query: Readonly<Record<string, string | undefined>>;
  /** `referrerInfo.appId` as the platform gives it, in any scene. */
  referrerAppId: string | undefined;
  apiCategory: string | undefined;
  /** The AppID this applet runs under. */
  appId: string;
  /** Of the person's WeChat. */
  language: Language;
}

/** One opening of the applet: who asked for what. Nothing of it changes later, and all is known before a request. */
export interface Visit {
  /** Random; ties log lines and late button events to this visit. */
  id: string;
  scene: number;
  appId: string;
  language: Language;
  config: Config;
  /** What goes back to the app. */
  mode: Mode;
  launch: Launch;
  userPoolId: string;
  /** Whether there is an app to go back to. */
  fromApp: boolean;
  /** The app that opened us, as far as the platform vouches for it. */
  callerAppId: string | undefined;
  /** Why no login can start. */
  problem: Problem | undefined;
  /** Started from the home page, to see how it works. */
  isTrial?: boolean;
}

/**
 * Reads an entry. Without `fromApp` the scene decides, because some HarmonyOS SDKs drop all but the first parameter;
 * the caller is believed in that scene only, where the platform documents it:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/scene.html
 */
export function visitOf(id: string, entry: Entry, config: Config, mode: Mode): Visit {
  const { scene, query, appId } = entry;
  const launch = readLaunch(query);
  const isByApp = scene === OPENED_BY_APP;
  const visit: Visit = {
    id,
    scene,
    appId,
    language: launch.lang || entry.language,
    config,
    mode,
    launch,
    userPoolId: launch.userPoolId || config.userPoolId,
    fromApp: isByApp || launch.fromApp,
    callerAppId: (isByApp && entry.referrerAppId) || undefined,
    problem: undefined,
  };
  return { ...visit, problem: problemOf(visit, entry) };
}

/** Whether a number given to one visit is meant for the other as well. Two callers nobody knows are not the same. */
export function isSameAsker(one: Visit, other: Visit): boolean {
  return one.userPoolId === other.userPoolId && !!one.callerAppId && one.callerAppId === other.callerAppId;
}

function problemOf(visit: Visit, { apiCategory }: Entry): Problem | undefined {
  // A page seen from Moments: wx.login and the open types do not work there.
  // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/life-cycle/wx.getApiCategory.html
  if (apiCategory === "browseOnly") return "surface.browse_only";
  if (visit.launch.malformed.length > 0) return "launch.malformed";
  return visit.mode.refuses(visit) || (visit.userPoolId ? undefined : "launch.no_pool");
}
