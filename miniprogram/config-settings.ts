import { CONFIG, type Config } from "./config";
import { OVERRIDABLE } from "./config-overrides";
import { isReadableUnderWhite } from "./protocol/color";
import { APP_ID } from "./protocol/formats";

/*
 * What an operator sets when the applet is built. The build, preview, upload and their help read it here; nothing of it
 * gets into the package.
 */

interface Setting<Value> {
  /** Its name in the environment. */
  env: string;
  /** As help and the message about a wrong value say it. */
  accepts: string;
  /** The environment's text as the config holds it. */
  read: (text: string) => unknown;
  isValid(value: Value, config: Config): boolean;
  /** Whether an applet that people get may have it; by default any valid one. */
  isForPeople?(value: Value): boolean;
}

const asIs = (text: string) => text;

const SETTINGS: { readonly [Name in keyof Config]: Setting<Config[Name]> } = {
  authOrigin: {
    env: "AUTH_ORIGIN",
    accepts:
      "https:// and a domain name in lower case, a port only if WeChat's console lists it so, never :443, no path; http only for 127.0.0.1 and localhost",
    read: asIs,
    isValid: OVERRIDABLE.authOrigin,
    isForPeople: (origin) => origin.startsWith("https:"),
  },
  userPoolId: {
    env: "USER_POOL_ID",
    accepts: "the pool of a launch that names none: 1 to 64 of A-Z a-z 0-9 _ -, or nothing",
    read: asIs,
    isValid: OVERRIDABLE.userPoolId,
    isForPeople: (id) => id !== "" && id !== CONFIG.userPoolId,
  },
  themeColor: {
    env: "THEME_COLOR",
    accepts: "#rrggbb on which white text has a contrast of 4.5 or more",
    read: asIs,
    isValid: isReadableUnderWhite,
  },
  operatorName: {
    env: "OPERATOR_NAME",
    accepts: "the name of whoever runs this applet",
    read: asIs,
    isValid: OVERRIDABLE.operatorName,
    isForPeople: (name) => name !== CONFIG.operatorName,
  },
  helpContact: {
    env: "HELP_CONTACT",
    accepts: "where people find help and ask for deletion: a telephone number, an address",
    read: asIs,
    isValid: OVERRIDABLE.helpContact,
    isForPeople: (contact) => /\S/.test(contact),
  },
  returnMode: {
    env: "RETURN_MODE",
    accepts: "ticket or code",
    read: asIs,
    isValid: (mode) => mode === "ticket" || mode === "code",
  },
  codeModeCallers: {
    env: "CODE_MODE_CALLERS",
    accepts: "appId:name,appId:name; with RETURN_MODE=code at least one",
    read: callers,
    isValid: (list, { returnMode }) =>
      list.every(({ appId, name }) => APP_ID.test(appId) && /\S/.test(name)) &&
      (returnMode !== "code" || list.length > 0),
  },
  realtimeLog: {
    env: "REALTIME_LOG",
    accepts: "true or false",
    read: (text) => ({ true: true, false: false })[text],
    isValid: (value) => typeof value === "boolean",
  },
  reportEventId: { env: "REPORT_EVENT_ID", accepts: "the id of an event, or nothing", read: asIs, isValid: () => true },
};

const ROWS = Object.entries(SETTINGS) as [keyof Config, Setting<unknown>][];

type Environment = Readonly<Record<string, string | undefined>>;

/** The development config with what the environment sets, and a line for each setting that cannot be used. */
export function readConfig(env: Environment): { config: Config; problems: string[] } {
  const set = ROWS.map(([name, row]) => ({
    [name]: env[row.env] === undefined ? CONFIG[name] : row.read(env[row.env] as string),
  }));
  const config: Config = Object.assign({ ...CONFIG }, ...set);
  const wrong = ROWS.filter(([name, row]) => !row.isValid(config[name], config));
  return { config, problems: wrong.map(([, row]) => refused(row.env, env[row.env], row.accepts)) };
}

/** A line for each value of ext.json that phones would pass over. */
export function extProblems(ext: Readonly<Record<string, unknown>>): string[] {
  return ROWS.filter(([name]) => name in OVERRIDABLE && name in ext)
    .filter(([name, row]) => typeof ext[name] !== "string" || !row.isValid(ext[name], CONFIG))
    .map(([name, { accepts }]) => refused(`ext.json's ${name}`, ext[name], accepts));
}

/** A line for each setting that would show people a demo, or lead them to a server no phone reaches. */
export function demoProblems(config: Config): string[] {
  return ROWS.filter(([name, row]) => row.isForPeople?.(config[name]) === false).map(
    ([name, { env, accepts }]) =>
      `${env}${config[name] === "" ? " is not set" : `=${shown(config[name])} is for development only`}: ${accepts}`,
  );
}

/** What an operator should know of a choice that is allowed. */
export function warnings({ returnMode }: Config): string[] {
  if (returnMode === "ticket") return [];
  return [
    "RETURN_MODE=code hands the codes of WeChat's login to the listed apps. A code that leaks from one of them is worth an account in every pool that the auth server serves under this AppID: use an AppID that serves code mode only, and no pool of ours.",
  ];
}

/** Every setting with what it accepts, for `--help`. */
export function help(): string {
  const lines = ROWS.map(([name, { env, accepts }]) => {
    const development = shown(CONFIG[name]);
    const remarks = [name in OVERRIDABLE && "also in ext.json", development && `development: ${development}`];
    return `  ${[env, ...remarks.filter(Boolean)].join(" · ")}\n      ${accepts}`;
  });
  return `settings of the applet, from the environment; ext.json's values win on the phone:\n${lines.join("\n")}`;
}

function refused(name: string, value: unknown, accepts: string): string {
  return `${name}=${shown(value)}\n    accepted: ${accepts}`;
}

/** A name and password in an address stay out of what is printed. */
function shown(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).replace(/\/\/.*@/, "//…@");
}

/** `wx1:App one,wx2:App two`; a caller without a colon gets no name and is refused. */
function callers(text: string): Config["codeModeCallers"] {
  return text
    .split(",")
    .filter((caller) => caller.trim() !== "")
    .map((caller) => {
      const [appId = "", ...name] = caller.split(":");
      return { appId: appId.trim(), name: name.join(":").trim() };
    });
}
