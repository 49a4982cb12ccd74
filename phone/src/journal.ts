/** Who talks in this little world. */
export type Party = "app" | "applet" | "host app" | "auth server" | "WeChat";

/** One HTTP request that happened, without anything secret in it. */
export interface JournalEntry {
  from: Party;
  to: Party;
  method: string;
  /** Without query. */
  path: string;
  /** HTTP status, or WeChat's errcode where that is what matters. */
  status: number;
  milliseconds: number;
}

/** What happened, in order, for the page beside the phone and for tests. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  record(entry: JournalEntry): void {
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  /** Gives the function that ends the subscription. */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
