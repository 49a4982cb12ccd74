import type { IssueTicket, OpenAttempt } from "../flow/effect";
import { isProblem, type Problem } from "../flow/problem";
import { CallError } from "../platform/call-error";
import type { HttpAnswer } from "../platform/request";
import { isAttemptReply, isErrorReply, isTicketReply } from "../protocol/replies";
import type { AttemptReply, TicketReply } from "../protocol/wire";

/** The applet's side of the auth server's contract. Rejects with a `CallError` whose problem is a `Problem`. */
export interface AuthClient {
  openAttempt(call: OpenAttempt): Promise<AttemptReply>;
  issueTicket(call: IssueTicket): Promise<TicketReply>;
}

/** A client of the server that `origin` names at the time of each call. */
export function createAuthClient(
  origin: () => string,
  post: (url: string, body: object, language: string) => Promise<HttpAnswer>,
): AuthClient {
  return {
    openAttempt: (call) => ask("attempts", call, isAttemptReply),
    issueTicket: (call) => ask("tickets", call, isTicketReply),
  };

  async function ask<Reply>(
    what: string,
    { userPoolId, language, request }: OpenAttempt | IssueTicket,
    isReply: (body: unknown) => body is Reply,
  ): Promise<Reply> {
    const url = `${origin()}/oauth/app2wxapp/${what}/${userPoolId}`;
    const { statusCode, data, header } = await post(url, request, language);
    if (statusCode === 200 && isReply(data)) return data;
    throw new CallError(problemIn(statusCode, data), undefined, retryAfterIn(header));
  }
}

/** The contract's code; where a proxy answered in the server's place, what its status says. */
function problemIn(status: number, body: unknown): Problem {
  if (status !== 200 && isErrorReply(body) && isProblem(body.error)) return body.error;
  if (status === 429) return "rate.limited";
  return status >= 500 ? "server.unavailable" : "reply.malformed";
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after; some phones tell the names of headers in lower case. */
function retryAfterIn(header: Record<string, unknown> = {}): number | undefined {
  return Number(header["Retry-After"] || header["retry-after"]) || undefined;
}
