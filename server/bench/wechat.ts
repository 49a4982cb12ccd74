import { createCrowd } from "./crowd";

/** WeChat's stand-in in a process of its own, which the bench asks for login codes. */
async function main(): Promise<void> {
  const crowd = createCrowd();
  const origin = await crowd.start();
  process.on("message", ({ count, again }: { count: number; again?: boolean }) =>
    process.send?.(crowd.codes(count, again)),
  );
  process.send?.({ origin });
}

void main();
