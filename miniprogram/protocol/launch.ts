import { CODE_CHALLENGE, STATE, USER_POOL_ID } from "./formats";

export const LANGUAGES = ["zh-CN", "zh-TW", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The page a host app opens. */
export const LAUNCH_PATH = "routes/explore";

/** What a host app asked for in the query of the launch path. */
export interface Launch {
  /** Missing: the build's default pool. */
  userPoolId?: string;
  getPhone: boolean;
  /** False when the parameter is missing too: then the scene decides. */
  fromApp: boolean;
  /** Advisory: the AppID decides. */
  useSelfWxapp?: boolean;
  state?: string;
  codeChallenge?: string;
  /** Goes into the id_token. */
  nonce?: string;
  /** Missing: WeChat's language. */
  lang?: Language;
  /** Parameters that were sent malformed. The login must not go on; the rest can be used to say so to the app. */
  malformed: ("userPoolId" | "state" | "codeChallenge" | "nonce")[];
}

/**
 * Reads the query as WeChat hands it to a page: values percent-encoded, unknown ones ignored, each decoded once. A
 * value that cannot be decoded counts as malformed.
 */
export function readLaunch(query: Readonly<Record<string, string | undefined>>): Launch {
  const launch: Launch = {
    getPhone: decoded(query["getPhone"]) === "1",
    fromApp: decoded(query["fromApp"]) === "1",
    malformed: [],
  };
  for (const [name, format] of [
    ["userPoolId", USER_POOL_ID],
    ["state", STATE],
    ["codeChallenge", CODE_CHALLENGE],
    ["nonce", STATE],
  ] as const) {
    const raw = query[name];
    if (!raw) continue;
    const value = decoded(raw);
    if (value && format.test(value)) launch[name] = value;
    else launch.malformed.push(name);
  }
  const useSelfWxapp = decoded(query["useSelfWxapp"]);
  if (useSelfWxapp === "1" || useSelfWxapp === "true") launch.useSelfWxapp = true;
  if (useSelfWxapp === "0" || useSelfWxapp === "false") launch.useSelfWxapp = false;
  const lang = LANGUAGES.find((language) => language === decoded(query["lang"]));
  if (lang) launch.lang = lang;
  return launch;
}

/** Undefined when the text holds a broken percent escape. */
function decoded(text = ""): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
