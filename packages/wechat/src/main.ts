import { readCommand, USAGE } from "./command";
import { createWechat } from "./wechat";

/** Runs until it is told to stop; prints the address once it listens. */
async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2));
  if (!command) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const wechat = createWechat(command.options);
  for (const failure of command.failures) wechat.fail(...failure);
  process.stdout.write(`WeChat's stand-in listens on ${await wechat.start(command.port)}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void wechat.stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
