/** What diagnostics hold; nothing here identifies a person or opens anything. */
export type Note = {
  flow: string;
  state: string;
  scene: number;
  error: string;
};

/**
 * Writes to the real-time log in the operator's console, and sends the event that the operator defined; `""` for none.
 * A login does not fail for its diagnostics, and base libraries before 2.14.4 have no such event.
 */
export function record(note: Note, isLogged: boolean, eventId: string): void {
  try {
    if (isLogged) wx.getRealtimeLogManager().info(note);
    if (eventId) wx.reportEvent(eventId, note);
  } catch {
    // There is nowhere to say so.
  }
}
