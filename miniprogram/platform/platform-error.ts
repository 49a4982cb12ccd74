/** Why a capability of the platform did not do what was asked; words for people are elsewhere. */
export type PlatformProblem =
  | "network.offline"
  | "network.weak"
  | "network.timeout"
  | "network.interrupted"
  | "network.forbidden"
  | "network.failed"
  | "login.failed"
  | "login.blocked"
  | "capability.missing"
  | "capability.failed";

/** The one error that adapters reject with. What the platform said is the `cause`, for the log of a developer. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
  readonly cause: unknown;

  constructor(
    readonly problem: PlatformProblem,
    cause?: unknown,
  ) {
    super(problem);
    this.cause = cause;
  }
}

/** What `fail` callbacks receive. */
export interface Failure {
  errMsg?: string;
  errno?: number;
}
