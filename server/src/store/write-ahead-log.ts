import { closeSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";

/**
 * The write-ahead log of a database that is open. What `synchronous = full` does at each commit is done here in the thread
 * pool, while the event loop goes on. https://sqlite.org/pragma.html#pragma_synchronous
 *
 * Once it failed it fails until the server starts again, as PostgreSQL does: the system may have forgotten what it could
 * not write, and then nothing that follows it in the log would outlive a power cut. https://wiki.postgresql.org/wiki/Fsync_Errors
 */
export class WriteAheadLog {
  readonly #file: number;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(
    path: string,
    private readonly sync: (log: number) => Promise<void> = promisify(fdatasync),
  ) {
    this.#file = openSync(path, "r+");
  }

  /** Resolves when everything committed until now is on the disk. Who asks while that is under way shares the next time. */
  reachesDisk(): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return (this.#running = this.sync(this.#file));
    });
    return this.#next;
  }

  /** Resolves when what was asked for until now is there. */
  rests(): Promise<void> {
    return this.#next ?? this.#running;
  }

  async close(): Promise<void> {
    await this.rests().catch(() => undefined);
    closeSync(this.#file);
  }
}
