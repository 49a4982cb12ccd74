import type { Config } from "./config";
import { APP_ID, USER_POOL_ID } from "./protocol/formats";

/** Scheme and host in lower case, a port that is not the scheme's own: WeChat compares request domains as text. */
const ORIGIN = /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(:(?!443$)\d+)?$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/;

/** One rule for each setting: true when the value may be used. */
const RULES: { [Name in keyof Config]: (value: Config[Name]) => boolean } = {
  authOrigin: (value) => typeof value === "string" && ORIGIN.test(value),
  userPoolId: (value) => value === "" || (typeof value === "string" && USER_POOL_ID.test(value)),
  themeColor: (value) => typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value) && contrastWithWhite(value) >= 4.5,
  operatorName: (value) => typeof value === "string" && value.trim() !== "",
  helpContact: (value) => typeof value === "string",
  returnMode: (value) => value === "ticket" || value === "code",
  codeModeCallers: (value) =>
    Array.isArray(value) && value.every(({ appId, name }) => APP_ID.test(appId) && name !== ""),
  realtimeLog: (value) => typeof value === "boolean",
  reportEventId: (value) => typeof value === "string",
};

/** Names of the settings that cannot be used; code mode without a listed caller is one of them. */
export function configFaults(config: Config): (keyof Config)[] {
  const names = Object.keys(RULES) as (keyof Config)[];
  return names.filter((name) => !obeys(name, config) || (name === "codeModeCallers" && lacksCallers(config)));
}

/**
 * The build's config with what ext.json overrides. A wrong value there is passed over: one template serves many
 * applets, and a slip in one ext.json must not cost its people the login. Code mode is the build's decision alone.
 */
export function withOverrides(config: Config, overrides: Readonly<Record<string, unknown>>): Config {
  const merged = { ...config };
  for (const name of ["authOrigin", "userPoolId", "themeColor", "operatorName", "helpContact"] as const) {
    const value = overrides[name];
    if (typeof value === "string" && RULES[name](value)) merged[name] = value;
  }
  return merged;
}

function obeys<Name extends keyof Config>(name: Name, config: Config): boolean {
  return RULES[name](config[name]);
}

function lacksCallers({ returnMode, codeModeCallers }: Config): boolean {
  return returnMode === "code" && codeModeCallers.length === 0;
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrastWithWhite(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
