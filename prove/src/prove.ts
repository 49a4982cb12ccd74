import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ASSUMPTIONS, LOCKS, SETTINGS, type Question, type Setting } from "./questions";
import { ask, type Switches } from "./spin";

const ROOT = path.resolve(__dirname, "../..", "prove");
const MODEL = path.join(ROOT, "login.pml");

/**
 * Checks the model as it stands in every setting; then takes out each lock and each assumption and sees that it was
 * needed. The counterexamples are kept beside the model, where a test replays them against the server.
 */
async function main(): Promise<void> {
  const jobs = [
    ...(Object.keys(SETTINGS) as Setting[]).map((setting) => () => holds(setting)),
    ...Object.entries(LOCKS).map(
      ([lock, question]) =>
        () =>
          fails(lock, { WITHOUT: lock }, question),
    ),
    ...Object.entries(ASSUMPTIONS).map(
      ([assumption, question]) =>
        () =>
          fails(assumption, { BROKEN: assumption }, question),
    ),
  ].values();
  let wrong = 0;
  const worker = async (): Promise<void> => {
    for (const job of jobs) if (!(await job())) wrong++;
  };
  await Promise.all([worker(), worker()]);
  print(wrong === 0 ? "the model holds, and needs each lock and each assumption" : `${wrong} questions failed`);
  if (wrong > 0) process.exitCode = 1;
}

async function holds(setting: Setting): Promise<boolean> {
  const { states, counterexample } = await ask(MODEL, SETTINGS[setting], { shortest: false });
  print(counterexample ? `BROKEN  ${setting}\n${counterexample.join("\n")}` : `holds   ${setting}: ${states} states`);
  return counterexample === undefined;
}

async function fails(name: string, missing: Switches, { setting, breaks }: Question): Promise<boolean> {
  const { counterexample } = await ask(MODEL, { ...SETTINGS[setting], ...missing }, { shortest: true });
  if (counterexample?.at(-1) !== `BROKEN ${breaks}`) {
    print(`BROKEN  without ${name}: expected ${breaks}, found ${counterexample?.join("; ") ?? "nothing"}`);
    return false;
  }
  const file = path.join(ROOT, "counterexamples", `${name.toLowerCase().replaceAll("_", "-")}.txt`);
  const text = `${counterexample.join("\n")}\n`;
  const same = read(file) === text;
  if (!same) writeFileSync(file, text);
  print(
    `needed  ${name}: ${breaks} in ${counterexample.length - 1} steps${same ? "" : " (new: look at it, commit it)"}`,
  );
  return same;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const missing = (error as { code?: unknown }).code === "ENOENT";
  print(missing ? "spin and gcc are needed: apt-get install spin gcc libc6-dev" : String(error));
  process.exitCode = 1;
});
