/** What diagnostics may hold; nothing here identifies a person or opens anything. */
export interface JournalEntry {
  flow: string;
  state: string;
  scene: number;
  error: string;
}

/** Writes to the real-time log of the operator's console (base library 2.7.1). Never throws. */
export function logRealtime(entry: JournalEntry): void {
  quietly(() => wx.getRealtimeLogManager?.().info(entry));
}

/** Sends an event the operator defined (base library 2.14.4). Never throws. */
export function reportEvent(id: string, entry: JournalEntry): void {
  quietly(() => wx.reportEvent?.(id, { ...entry }));
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // A login does not fail for its diagnostics.
  }
}
