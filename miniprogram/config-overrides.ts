import type { Config } from "../config";
import { USER_POOL_ID } from "../protocol/formats";

/** What ext.json may set for one of many applets made from this build, and what a value must look like. */
const OVERRIDES = {
  authOrigin: /^https?:\/\/[^/]+$/,
  userPoolId: USER_POOL_ID,
  themeColor: /^#[\da-f]{6}$/i,
  operatorName: /./,
  helpContact: /./,
} as const;

/**
 * The build's config with ext.json's values. A wrong value is passed over: a slip there must not cost that applet's
 * people the login. Who may get codes is the build's decision alone.
 */
export function withOverrides(config: Config, overrides: Readonly<Record<string, unknown>>): Config {
  const merged = { ...config };
  for (const name of Object.keys(OVERRIDES) as (keyof typeof OVERRIDES)[]) {
    const value = overrides[name];
    if (typeof value === "string" && OVERRIDES[name].test(value)) merged[name] = value;
  }
  return merged;
}
