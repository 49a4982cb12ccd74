import { SERVER_ERRORS, type ErrorReply, type Language, type ServerErrorCode } from "@app2wxapp/protocol";
import { MESSAGES, wordsIn, type Words } from "./messages";

interface RefusalOptions {
  /** Only where the interface is not the applet's: administration answers 422 and 404 with `request.invalid`. */
  status?: number;
  retryAfterSeconds?: number;
  /** In place of the code's message, where that would send an operator to the wrong place. */
  message?: Words;
  /** Added to the message for people. Never holds a value that was sent. */
  detail?: string;
  cause?: unknown;
}

/** A request answered with one of the protocol's error codes. Its message is fixed, so it may be logged. */
export class Refusal extends Error {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly #words: Words;
  readonly #detail: string | undefined;

  constructor(
    readonly error: ServerErrorCode,
    options: RefusalOptions = {},
  ) {
    const words = options.message ?? MESSAGES[error];
    super(told(words, options.detail, "zh-CN"), { cause: options.cause });
    this.name = "Refusal";
    this.#words = words;
    this.#detail = options.detail;
    this.status = options.status ?? SERVER_ERRORS[error].status;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** For people. The detail is for developers, and always English. */
  messageIn(language: Language): string {
    return told(this.#words, this.#detail, language);
  }

  reply(requestId: string, language: Language): ErrorReply {
    return { code: this.status, message: this.messageIn(language), data: null, error: this.error, requestId };
  }
}

function told(words: Words, detail: string | undefined, language: Language): string {
  const message = wordsIn(words, language);
  return detail === undefined ? message : `${message}: ${detail}`;
}
