/** The process has ended by then, whatever still hangs. */
const MOST_MILLISECONDS = 24_000;
/** A terminal and npm both pass Ctrl-C on: the same wish twice. */
const SAME_WISH_MILLISECONDS = 250;

/** Calls `stop` at the first SIGTERM or SIGINT; the second one, or too long a stop, ends the process at once. */
export function onStop(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let since: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (since !== undefined) {
      if (performance.now() - since > SAME_WISH_MILLISECONDS) process.exit(1);
      return;
    }
    since = performance.now();
    setTimeout(() => process.exit(1), MOST_MILLISECONDS).unref();
    stop(signal).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
