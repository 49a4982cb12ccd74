import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { randomInt } from "node:crypto";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

/** In the file's header: nothing of anybody who was erased is left in it. Whatever else stands there: it may be. */
const CLEAN = -1;
/** After each time so much longer is waited as it took, since nothing can be written meanwhile. */
const REST = 1000;

/**
 * What is left of the erased in a SQLite file. It overwrites a row that is deleted (`secure_delete`), but not the copies it
 * left where the row stood before its page was divided. A file that is written anew has none of them: that takes four
 * seconds per million accounts and holds the write lock, so it is done in a thread of its own while others wait for their
 * turn, and for no more than a thousandth of the time. https://sqlite.org/lang_vacuum.html
 */
export class Traces {
  #notBefore = 0;
  #running: Promise<void> | undefined;

  constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly path: string,
  ) {}

  /** Of a file that was just made. */
  none(): void {
    this.#mark(CLEAN);
  }

  /** Part of the transaction that erases. */
  left(): void {
    this.#mark(randomInt(2 ** 31 - 1));
  }

  /**
   * Removes them, if there are any and it is time; false when there was nothing to do. Rejects with SQLite's error: no room
   * for a second file, say.
   */
  async remove(): Promise<boolean> {
    const mark = this.#marked();
    if (mark === CLEAN || performance.now() < this.#notBefore) return false;
    this.#running ??= this.#rewrite(mark).finally(() => (this.#running = undefined));
    await this.#running;
    return true;
  }

  /** Resolves when it is not under way. */
  async rests(): Promise<void> {
    await this.#running?.catch(() => undefined);
  }

  async #rewrite(mark: number): Promise<void> {
    const start = performance.now();
    try {
      await vacuum(this.path);
      // Whoever was erased meanwhile left another mark.
      if (this.#marked() === mark) this.#mark(CLEAN);
    } finally {
      this.#notBefore = performance.now() + (performance.now() - start) * REST;
    }
  }

  #marked(): number {
    return Number(Object.values(this.database.prepare("pragma user_version").get() ?? {})[0]);
  }

  #mark(mark: number): void {
    this.database.exec(`pragma user_version = ${mark}`);
  }
}

function vacuum(path: string): Promise<void> {
  const library = createRequire(__filename).resolve("@photostructure/sqlite");
  return new Promise<void>((resolve, reject) => {
    const worker = new Worker(VACUUM, { eval: true, workerData: { library, path } });
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
}

const VACUUM = `
  const { library, path } = require("node:worker_threads").workerData;
  const { DatabaseSync } = require(library);
  const database = new DatabaseSync(path);
  database.exec("pragma busy_timeout = 1000; vacuum");
  database.close();
`;
