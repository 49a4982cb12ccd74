import path from "node:path";
import { PHONE_FOLDER } from "../src/bundle";
import { openTestWorld, type TestWorld } from "../automation/test-world";

/** With those that warm as many as the numbers that the auth server asks of one person a day. */
const RUNS = 18;
const WARMING = 2;
/** It takes ten logins of a person at once; one makes the person known. */
const LOGINS_AT_ONCE = 9;
const BUDGET = 1.1;
const LATENCIES = { loginLatency: 120, requestLatency: 80, wechatLatency: 60 };
/** Nobody can do without these, nor without the server's call to WeChat, whose time is taken in each run. */
const BEFORE_OPENING_MS = LATENCIES.loginLatency + LATENCIES.requestLatency;
const BEFORE_TICKET_MS = LATENCIES.requestLatency;

/**
 * How long a person waits, against what no applet can avoid: from the applet's start to the confirm button when nothing
 * has to be asked, and from the granted phone number to that button. Prints the worse ratio last, fails above budget.
 */
async function main(): Promise<void> {
  const world = await openTestWorld(path.join(PHONE_FOLDER, "../dist"));
  try {
    const opening = await measure(world, openingOnce, {
      person: "lin",
      newPool: knownPool,
      runsPerPool: LOGINS_AT_ONCE,
    });
    const phone = await measure(world, phoneOnce, { person: "zhou", newPool: () => world.newPool(), runsPerPool: 1 });
    print("open → confirm", opening);
    print("phone tap → confirm", phone);
    const ratio = Math.max(ratioOf(opening), ratioOf(phone));
    process.stdout.write(`ratio ${ratio.toFixed(3)} (budget ${BUDGET.toFixed(2)})\n`);
    if (ratio > BUDGET) process.exitCode = 1;
  } finally {
    await world.stop();
  }
}

interface Run {
  milliseconds: number;
  unavoidable: number;
}

type Once = (world: TestWorld, userPoolId: string) => Promise<Run>;

interface Runs {
  person: string;
  newPool: (world: TestWorld) => Promise<string>;
  runsPerPool: number;
}

async function measure(world: TestWorld, once: Once, { person, newPool, runsPerPool }: Runs): Promise<Run[]> {
  const runs: Run[] = [];
  let userPoolId = "";
  // The first ones warm the server, its connections and the browser's code cache.
  for (let n = -WARMING; n < RUNS; n += 1) {
    if ((n + WARMING) % runsPerPool === 0) {
      await world.phone.renew({ person, questions: "allow" });
      userPoolId = await newPool(world);
    }
    await world.phone.renew({ ...LATENCIES, person, questions: "allow" });
    const run = await once(world, userPoolId);
    if (n >= 0) runs.push(run);
  }
  return runs;
}

async function openingOnce({ phone, wechat }: TestWorld, userPoolId: string): Promise<Run> {
  const seen = phone.appears("confirm");
  await phone.launch(userPoolId);
  const milliseconds = (await seen) - (await phone.notedAt("start"));
  return { milliseconds, unavoidable: BEFORE_OPENING_MS + (wechat.calls.at(-1)?.milliseconds ?? NaN) };
}

async function phoneOnce({ phone, wechat }: TestWorld, userPoolId: string): Promise<Run> {
  await phone.launch(userPoolId);
  await phone.sees("allow-phone");
  const seen = phone.appears("confirm");
  await phone.tap("allow-phone");
  const milliseconds = (await seen) - (await phone.notedAt("getPhoneNumber"));
  return { milliseconds, unavoidable: BEFORE_TICKET_MS + (wechat.calls.at(-1)?.milliseconds ?? NaN) };
}

/** A pool in which the person's number is known. */
async function knownPool(world: TestWorld): Promise<string> {
  const userPoolId = await world.newPool();
  await world.phone.launch(userPoolId);
  await world.phone.tap("allow-phone");
  await world.phone.tap("confirm");
  await world.exchange(userPoolId, await world.phone.returned());
  return userPoolId;
}

function ratioOf(runs: readonly Run[]): number {
  return quantile(
    runs.map(({ milliseconds, unavoidable }) => milliseconds / unavoidable),
    0.5,
  );
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}

function print(name: string, runs: readonly Run[]): void {
  const took = runs.map(({ milliseconds }) => milliseconds);
  const unavoidable = runs.map((run) => run.unavoidable);
  const figures = [
    `median ${quantile(took, 0.5).toFixed(1)} ms`,
    `p95 ${quantile(took, 0.95).toFixed(1)} ms`,
    `unavoidable ${quantile(unavoidable, 0.5).toFixed(1)} ms`,
    ratioOf(runs).toFixed(3),
  ];
  process.stdout.write(`${name.padEnd(20)} ${figures.join(", ")}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
