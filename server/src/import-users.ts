import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { sendUsers } from "./user-import/sending";
import { readUserLines } from "./user-import/user-lines";

const USAGE = `usage: ADMIN_TOKEN=… npm run import-users -- --pool <user pool id> [--dry-run] users.jsonl
  One JSON object on each line: {"phone": "+8613800138000", "nickname"?: "…", "photo"?: "…"}
  ADMIN_TOKEN   the token of an owner (ADMIN_TOKENS of the server)
  ADMIN_ORIGIN  where administration listens; http://127.0.0.1:4681`;

const MOST_PROBLEMS = 20;

/** Imports users into a pool of a server that runs. Nothing is sent while a line is wrong. */
async function main(): Promise<void> {
  const { ADMIN_TOKEN: adminToken, ADMIN_ORIGIN: origin = "http://127.0.0.1:4681" } = process.env;
  const { values, positionals } = parseArgs({
    options: { pool: { type: "string" }, "dry-run": { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const { pool: userPoolId, "dry-run": dryRun } = values;
  const [file] = positionals;
  if (!adminToken || userPoolId === undefined || file === undefined) throw new Error(USAGE);

  const { users, problems } = await readUserLines(createInterface({ input: createReadStream(file) }));
  if (problems.length > 0) {
    const more = problems.length > MOST_PROBLEMS ? [`and ${problems.length - MOST_PROBLEMS} more`] : [];
    throw new Error([...problems.slice(0, MOST_PROBLEMS), ...more, "nothing was imported"].join("\n"));
  }
  const startedAt = performance.now();
  let done = 0;
  const imported = await sendUsers(users, {
    origin,
    userPoolId,
    adminToken,
    dryRun,
    onProgress: (count) => {
      done = count;
      if (count % 10_000 === 0) process.stderr.write(`${count} of ${users.length}\n`);
    },
  }).catch((error: Error & { cause?: { code?: string } }) => {
    const reason = error.cause?.code ?? error.message;
    throw new Error(`after ${done} of ${users.length} users: ${reason}\nrun it again: who is in already is left alone`);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const what = dryRun ? "would be new" : "new";
  process.stdout.write(`${imported.new} ${what}, ${imported.known} known already, ${seconds} s\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
