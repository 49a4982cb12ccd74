import { SERVER_ERRORS, type ErrorReply, type ServerErrorCode } from "@app2wxapp/protocol";
import { MESSAGES } from "./messages";

interface RefusalOptions {
  /** Only where the interface is not the applet's: administration answers 422 and 404 with `request.invalid`. */
  status?: number;
  retryAfterSeconds?: number;
  /** In place of the code's message, where that would send an operator to the wrong place. */
  message?: string;
  /** Added to the message for people. Never holds a value that was sent. */
  detail?: string;
  cause?: unknown;
}

/** A request answered with one of the protocol's error codes. Its message is fixed, so it may be logged. */
export class Refusal extends Error {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly error: ServerErrorCode,
    options: RefusalOptions = {},
  ) {
    const message = options.message ?? MESSAGES[error];
    super(options.detail === undefined ? message : `${message}: ${options.detail}`, { cause: options.cause });
    this.name = "Refusal";
    this.status = options.status ?? SERVER_ERRORS[error].status;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  reply(requestId: string): ErrorReply {
    return { code: this.status, message: this.message, data: null, error: this.error, requestId };
  }
}
