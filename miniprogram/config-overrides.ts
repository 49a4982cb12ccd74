import type { Config } from "./config";
import { COLOR, ORIGIN, USER_POOL_ID } from "./protocol/formats";

/**
 * The settings that ext.json may change for one of many applets made from one build, with the rule each keeps there.
 * Who may get codes is the build's decision alone.
 */
export const OVERRIDABLE = {
  authOrigin: (text: string) => ORIGIN.test(text),
  userPoolId: (text: string) => text === "" || USER_POOL_ID.test(text),
  // The build measures its contrast, ext.json's too.
  themeColor: (text: string) => COLOR.test(text),
  operatorName: (text: string) => /\S/.test(text),
  helpContact: () => true,
} as const;

/** The build's config with ext.json's values. A wrong one is passed over: a slip there must not cost people the login. */
export function withOverrides(built: Config, overrides: Readonly<Record<string, unknown>>): Config {
  const merged = { ...built };
  for (const name of Object.keys(OVERRIDABLE) as (keyof typeof OVERRIDABLE)[]) {
    const value = overrides[name];
    if (typeof value === "string" && OVERRIDABLE[name](value)) merged[name] = value;
  }
  return merged;
}
