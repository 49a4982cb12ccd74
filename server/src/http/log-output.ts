import { write } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { LogStream } from "./log";

const writeTo = promisify(write);

const STANDARD_OUTPUT = 1;
/** Of lines that wait to be written: a minute of a busy server. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
const AGAIN_MILLISECONDS = 50;

/**
 * Lines on their way to standard output. They are written in the thread pool: the server goes on where its log's disk is
 * full or its reader stands still or is gone, and what cannot be written is lost.
 */
export class LogOutput implements LogStream {
  #lines: string[] = [];
  #characters = 0;
  #writing: Promise<void> | undefined;

  constructor(private readonly file: number = STANDARD_OUTPUT) {}

  write(line: string): void {
    if (this.#characters + line.length > MOST_CHARACTERS) return;
    this.#lines.push(line);
    this.#characters += line.length;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
  }

  /** Whether everything is written, or lost, before the time is over; if not, a thread hangs, and the process cannot end as usual. */
  async ends(milliseconds: number): Promise<boolean> {
    await Promise.race([this.#writing, pause(milliseconds, undefined, { ref: false })]);
    return this.#writing === undefined;
  }

  get isWriting(): boolean {
    return this.#writing !== undefined;
  }

  async #writeAll(): Promise<void> {
    while (this.#lines.length > 0) {
      const text = Buffer.from(this.#lines.join(""));
      this.#lines = [];
      this.#characters = 0;
      await this.#writeWhole(text).catch(() => undefined);
    }
  }

  async #writeWhole(text: Buffer): Promise<void> {
    for (let rest = text; rest.length > 0;) {
      try {
        rest = rest.subarray((await writeTo(this.file, rest)).bytesWritten);
      } catch (error) {
        // Some pipes say so instead of waiting.
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
        await pause(AGAIN_MILLISECONDS);
      }
    }
  }
}
