import type { Config } from "./config";
import { APP_ID, USER_POOL_ID } from "./protocol/formats";

/** Scheme and host in lower case, a port that is not the scheme's own: WeChat compares request domains as text. */
const ORIGIN = /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(:(?!443$)\d+)?$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/;
const COLOR = /^#[0-9a-f]{6}$/i;
const TEXT = /\S/;

/** Names of the settings that the build refuses; code mode without a listed caller is one of them. */
export function configFaults(config: Config): (keyof Config)[] {
  const { authOrigin, userPoolId, themeColor, operatorName, returnMode, codeModeCallers, realtimeLog } = config;
  const isSound: Partial<Record<keyof Config, boolean>> = {
    authOrigin: ORIGIN.test(authOrigin),
    userPoolId: userPoolId === "" || USER_POOL_ID.test(userPoolId),
    themeColor: COLOR.test(themeColor) && contrastWithWhite(themeColor) >= 4.5,
    operatorName: TEXT.test(operatorName),
    returnMode: returnMode === "ticket" || returnMode === "code",
    codeModeCallers:
      codeModeCallers.every(({ appId, name }) => APP_ID.test(appId) && TEXT.test(name)) &&
      (returnMode !== "code" || codeModeCallers.length > 0),
    realtimeLog: typeof realtimeLog === "boolean",
  };
  return (Object.keys(isSound) as (keyof Config)[]).filter((name) => !isSound[name]);
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
