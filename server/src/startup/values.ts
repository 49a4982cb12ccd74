import { readFileSync } from "node:fs";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What holds a secret, and can stand in a file that `…_FILE` names, as container platforms hand secrets over. */
const SECRETS: ReadonlySet<string> = new Set([
  "DATABASE_URL",
  "DATABASE_REPLICA_URL",
  "WECHAT_APP_SECRET",
  "MASTER_KEY",
  "MASTER_KEY_FORMER",
  "ADMIN_TOKENS",
]);

/** The value of a setting, trimmed; undefined when it is missing or empty. */
export function valueOf(env: Environment, name: string, problems: string[]): string | undefined {
  const given = env[name]?.trim() || undefined;
  const file = SECRETS.has(name) ? env[`${name}_FILE`]?.trim() || undefined : undefined;
  if (file === undefined) return given;
  if (given !== undefined) problems.push(`${name} and ${name}_FILE: set one of them`);
  return given ?? secretIn(file, `${name}_FILE`, problems);
}

function secretIn(file: string, name: string, problems: string[]): string | undefined {
  try {
    const secret = readFileSync(file, "utf8").trim();
    if (secret === "") problems.push(`${name}: the file is empty`);
    return secret || undefined;
  } catch (error) {
    problems.push(`${name}: the file cannot be read (${String((error as NodeJS.ErrnoException).code)})`);
    return undefined;
  }
}
