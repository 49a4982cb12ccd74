/** The one error of the platform: why a call brought nothing. */
export class CallError extends Error {
  constructor(
    /** A code; words for people are elsewhere. */
    code: string,
    /** Seconds in which the server wants no other try. */
    readonly retryAfter?: number,
  ) {
    super(code);
  }
}
