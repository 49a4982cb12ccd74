import { parseArgs } from "node:util";
import { LAUNCH_PATH } from "@app2wxapp/protocol";
import type { SendJob } from "./job";
import { uploadKey } from "./upload-key";

export type Settings =
  | { kind: "help" }
  | { kind: "problems"; problems: string[] }
  | { kind: "ready"; job: Omit<SendJob, "dist">; qrFile: string | null };

/** What the machine knows, so that the decisions here need no disk and no process. */
export interface Machine {
  /** Of package.json, empty when it has none. */
  version: string;
  /** Subject of the last commit, null outside git. */
  lastCommit: string | null;
  read: (file: string) => string;
}

const OPTIONS = {
  appid: { type: "string" },
  robot: { type: "string", default: "1" },
  description: { type: "string" },
  query: { type: "string" },
  qr: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads arguments and environment, the applet's own settings aside; names everything that is wrong with them at once. */
export function readSettings(
  kind: SendJob["kind"],
  args: string[],
  env: NodeJS.ProcessEnv,
  machine: Machine,
): Settings {
  const parsed = parse(args);
  if (typeof parsed === "string") return { kind: "problems", problems: [parsed] };
  if (parsed.help) return { kind: "help" };

  const problems: string[] = [];
  const check = (holds: boolean, problem: string) => holds || problems.push(problem);

  const appId = parsed.appid ?? env["WECHAT_APP_ID"];
  check(
    /^wx[0-9a-z]{16}$/.test(appId ?? ""),
    appId
      ? `${appId} is not the AppID of a mini program: wx and 16 characters`
      : "the AppID is missing: --appid, or WECHAT_APP_ID",
  );
  const key = uploadKey(env, appId, machine.read);
  if ("problem" in key) problems.push(key.problem);
  const robot = Number(parsed.robot);
  check(Number.isInteger(robot) && robot >= 1 && robot <= 30, `--robot ${parsed.robot} is not a number from 1 to 30`);
  const { version } = machine;
  check(/^\d+\.\d+\.\d+/.test(version), "package.json has no version such as 1.2.3");
  check(kind === "preview" || !(parsed.qr || parsed.query), "--qr and --query belong to a preview");
  if (problems.length > 0) return { kind: "problems", problems };

  const job = {
    kind,
    appId: appId as string,
    privateKey: (key as { pem: string }).pem,
    version,
    description: parsed.description ?? machine.lastCommit ?? `${version}, not from a git repository`,
    robot,
    page: LAUNCH_PATH,
    query: parsed.query ?? `userPoolId=${env["USER_POOL_ID"]}&getPhone=1&fromApp=1`,
  };
  return { kind: "ready", job, qrFile: parsed.qr ?? null };
}

/** The arguments, or what is wrong with them. */
function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    return (error as Error).message;
  }
}
