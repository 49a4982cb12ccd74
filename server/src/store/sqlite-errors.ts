import { StoreUnavailable } from "./store";

/** SQLite's primary result codes that say something of the file or the disk, not of the statement. https://sqlite.org/rescode.html */
const UNAVAILABLE = new Map([
  [5, "locked"],
  [6, "locked"],
  [7, "out of memory"],
  [8, "read-only"],
  [10, "input or output error"],
  [11, "corrupt"],
  [13, "full"],
  [14, "cannot be opened"],
]);

function resultCode(error: unknown): number {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === "number" ? errcode & 0xff : 0;
}

/** What a failure of SQLite means to the server. */
export function translated(error: unknown): unknown {
  const reason = UNAVAILABLE.get(resultCode(error));
  return reason === undefined ? error : new StoreUnavailable(reason);
}

/** Another process holds the lock. */
export const isLocked = (error: unknown): boolean => resultCode(error) === 5;
