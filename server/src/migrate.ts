import { steadyClock } from "./clock";
import { describeError } from "./http/log";
import { checkPooler } from "./startup/check-pooler";
import { readDatabaseSettings } from "./startup/database-settings";
import { connectStore } from "./startup/open-store";
import { SettingsError } from "./startup/settings";
import { claimDatabase } from "./startup/sole-process";
import { startProblem } from "./startup/start-problem";
import { migrate, NewerSchema } from "./store/migrations";

/** Brings the database's schema up to date, as the server does when it starts, and ends. Needs no more than `DATABASE_URL`. */
async function main(): Promise<void> {
  const problems: string[] = [];
  const database = readDatabaseSettings(process.env, problems);
  if (problems.length > 0) throw new SettingsError(problems);
  try {
    const release = await claimDatabase(database.databaseUrl);
    await checkPooler(database);
    const store = connectStore(database.databaseUrl, steadyClock());
    const { from, to } = await migrate(store).finally(() => store.close());
    release();
    process.stdout.write(from === to ? `the schema is ${to} already\n` : `the schema was ${from}, and is ${to} now\n`);
  } catch (error) {
    const problem = error instanceof NewerSchema ? error.message : startProblem("database", error, database);
    throw problem === undefined ? error : new SettingsError([problem]);
  }
}

main().catch((error: unknown) => {
  const message = error instanceof SettingsError ? error.problems.join("\n") : JSON.stringify(describeError(error));
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
