import type { LogOutput } from "../http/log-output";

/** The process has ended by then, whatever still hangs. */
const MOST_MILLISECONDS = 24_000;
/** A terminal and npm both pass Ctrl-C on: the same wish twice. */
const SAME_WISH_MILLISECONDS = 250;

/** What was said last is waited for. */
const LOG_MILLISECONDS = 1000;

/** Calls `stop` at the first SIGTERM or SIGINT; the second one, or too long a stop, ends the process at once. */
export function onStop(stop: (signal: NodeJS.Signals) => Promise<void>, log: LogOutput): void {
  let since: number | undefined;
  const end = (code: number): void => {
    // An exit waits for every thread, so also for one that nobody lets write.
    if (log.isWriting) process.kill(process.pid, "SIGKILL");
    process.exit(code);
  };
  const stopped = async (signal: NodeJS.Signals): Promise<number> => {
    const code = await stop(signal).then(
      () => 0,
      () => 1,
    );
    await log.ends(LOG_MILLISECONDS);
    return code;
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (since !== undefined) {
      if (performance.now() - since > SAME_WISH_MILLISECONDS) end(1);
      return;
    }
    since = performance.now();
    setTimeout(() => end(1), MOST_MILLISECONDS).unref();
    void stopped(signal).then(end);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
