import path from "node:path";
import { PHONE_FOLDER } from "../src/bundle";
import { openTestWorld, type TestWorld } from "../../test/support/world";

const RUNS = 24;
const BUDGET = 1.1;
const LATENCIES = { loginLatency: 120, requestLatency: 80, wechatLatency: 60 };
/** Nobody can do without wx.login, one request, and the server's call to WeChat. */
const OPENING_MS = LATENCIES.loginLatency + LATENCIES.requestLatency + LATENCIES.wechatLatency;
const PHONE_MS = LATENCIES.requestLatency + LATENCIES.wechatLatency;

/**
 * How long a person waits, against what no applet can avoid: from the applet's start to the confirm button when nothing
 * has to be asked, and from the granted phone number to that button. Prints the worse ratio last, fails above budget.
 */
async function main(): Promise<void> {
  const world = await openTestWorld(path.join(PHONE_FOLDER, "../dist"));
  try {
    await world.phone.renew({ questions: "allow" });
    const opening = await measure(world, openingOnce, await knownPool(world));
    const phone = await measure(world, phoneOnce);
    print("open → confirm", opening, OPENING_MS);
    print("phone tap → confirm", phone, PHONE_MS);
    const ratio = Math.max(median(opening) / OPENING_MS, median(phone) / PHONE_MS);
    process.stdout.write(`ratio ${ratio.toFixed(3)} (budget ${BUDGET.toFixed(2)})\n`);
    if (ratio > BUDGET) process.exitCode = 1;
  } finally {
    await world.stop();
  }
}

type Once = (world: TestWorld, userPoolId: string) => Promise<number>;

async function measure(world: TestWorld, once: Once, userPoolId?: string): Promise<number[]> {
  const took: number[] = [];
  // The first two warm the server, its connections and the browser's code cache.
  for (let n = -2; n < RUNS; n += 1) {
    await world.phone.renew({ ...LATENCIES, questions: "allow" });
    const milliseconds = await once(world, userPoolId ?? (await world.newPool()));
    if (n >= 0) took.push(milliseconds);
  }
  return took;
}

async function openingOnce({ phone }: TestWorld, userPoolId: string): Promise<number> {
  const seen = phone.appears("confirm");
  await phone.launch(userPoolId);
  return (await seen) - (await phone.notedAt("start"));
}

async function phoneOnce({ phone }: TestWorld, userPoolId: string): Promise<number> {
  await phone.launch(userPoolId);
  await phone.sees("allow-phone");
  const seen = phone.appears("confirm");
  await phone.tap("allow-phone");
  return (await seen) - (await phone.notedAt("getPhoneNumber"));
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

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function print(name: string, took: readonly number[], unavoidable: number): void {
  const sorted = took.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? NaN;
  const ratio = median(took) / unavoidable;
  process.stdout.write(
    `${name.padEnd(20)} median ${median(took).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, unavoidable ${unavoidable} ms, ${ratio.toFixed(3)}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
