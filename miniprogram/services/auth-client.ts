import type { Problem } from "../flow/problem";
import { PlatformError } from "../platform/platform-error";
import type { HttpAnswer } from "../platform/request";
import type { ServerErrorCode } from "../protocol/errors";
import { readAttemptReply, readErrorCode, readTicketReply } from "../protocol/replies";
import type { AttemptReply, AttemptRequest, TicketReply, TicketRequest } from "../protocol/wire";

/** A call that brought nothing usable; `problem` says what to do about it. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly cause: unknown;

  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds?: number,
    cause?: unknown,
  ) {
    super(problem);
    this.cause = cause;
  }
}

/** The applet's side of the auth server's contract. Every method rejects with `ServiceError` only. */
export interface AuthClient {
  openAttempt(userPoolId: string, request: AttemptRequest): Promise<AttemptReply>;
  issueTicket(userPoolId: string, request: TicketRequest): Promise<TicketReply>;
}

export type Post = (url: string, body: object) => Promise<HttpAnswer>;

export function createAuthClient(origin: () => string, post: Post): AuthClient {
  return {
    openAttempt: (userPoolId, request) => call("attempts", userPoolId, request, readAttemptReply),
    issueTicket: (userPoolId, request) => call("tickets", userPoolId, request, readTicketReply),
  };

  async function call<T>(
    what: string,
    userPoolId: string,
    request: object,
    read: (body: unknown) => T | undefined,
  ): Promise<T> {
    const answer = await posted(`${origin()}/oauth/app2wxapp/${what}/${encodeURIComponent(userPoolId)}`, request);
    const { status, body, retryAfterSeconds } = answer;
    if (status !== 200) throw new ServiceError(refusalOf(status, body), retryAfterSeconds);
    const reply = read(body);
    if (reply === undefined) throw new ServiceError("reply.malformed");
    return reply;
  }

  async function posted(url: string, body: object): Promise<HttpAnswer> {
    try {
      return await post(url, body);
    } catch (error) {
      throw new ServiceError(networkProblem(error), undefined, error);
    }
  }
}

/** The contract's code; where a proxy answered in the server's place, what its status says. */
function refusalOf(status: number, body: unknown): Problem {
  const error = readErrorCode(status, body);
  if (error !== undefined) return isForBackends(error) ? "reply.malformed" : error;
  if (status === 429) return "rate.limited";
  if (status === 502 || status === 503 || status === 504) return "server.unavailable";
  return status >= 500 ? "server.unexpected" : "reply.malformed";
}

/** Codes of the calls that an app's backend makes; they make no sense as an answer to the applet. */
function isForBackends(error: ServerErrorCode): error is Exclude<ServerErrorCode, Problem> {
  return /^(client|ticket|verifier)\./.test(error);
}

function networkProblem(error: unknown): Problem {
  const problem = error instanceof PlatformError ? error.problem : "capability.failed";
  return problem.startsWith("capability.") ? "network.failed" : (problem as Problem);
}
