import { OPENED_BY_APP, type Entry } from "../flow/visit";
import { languageOf } from "../messages/words";
import { readDevice } from "../platform/device";
import { readEnterOptions, readLaunchOptions, type Told } from "../platform/lifecycle";

/**
 * The entry in what the platform told, of whatever shape: what is missing is asked of getEnterOptionsSync. The caller is
 * its referrer; phones that leave it out of the first entry have it in getLaunchOptionsSync, which knows no other.
 * https://developers.weixin.qq.com/miniprogram/dev/api/base/app/life-cycle/wx.getLaunchOptionsSync.html
 */
export function readEntry(told: Told | null | undefined, isFirst: boolean): Entry {
  const asked = readEnterOptions() || {};
  const first = (isFirst && readLaunchOptions()) || {};
  const whole = told || {};
  const scene = whole.scene || asked.scene || 0;
  const query = textsOf(whole.query || (asked.scene === scene ? asked.query : undefined));
  const isSame = (other: Told) =>
    other.scene === scene && JSON.stringify(textsOf(other.query)) === JSON.stringify(query);
  const referrers = [whole, ...[asked, first].filter(isSame)].map(
    ({ referrerInfo }) => referrerInfo && referrerInfo.appId,
  );
  const { appId, language } = readDevice();
  return {
    scene,
    query,
    referrerAppId: (scene === OPENED_BY_APP && referrers.find(Boolean)) || undefined,
    apiCategory: whole.apiCategory || asked.apiCategory || undefined,
    appId,
    language: languageOf(language),
  };
}

/** A query as texts; what is no text was never in a path. */
export function textsOf(query: Told["query"]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(query || {})) if (typeof value === "string") texts[name] = value;
  return texts;
}
