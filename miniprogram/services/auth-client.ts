import type { AskAccount, IssueTicket, OpenAttempt } from "../flow/effect";
import { isProblem, type Problem } from "../flow/problem";
import { CallError } from "../platform/call-error";
import type { HttpAnswer } from "../platform/request";
import { isAccountReply, isAttemptReply, isErrorReply, isTicketReply } from "../protocol/replies";
import type { AccountPage, AttemptReply, TicketReply } from "../protocol/wire";

/** The applet's side of the auth server's contract. Rejects with a `CallError` whose message is a `Problem`. */
export interface AuthClient {
  openAttempt(call: OpenAttempt): Promise<AttemptReply>;
  issueTicket(call: IssueTicket): Promise<TicketReply>;
  askAccount(call: AskAccount): Promise<AccountPage>;
}

/** A client of the server that `origin` names at the time of each call. */
export function createAuthClient(
  origin: () => string,
  post: (url: string, body: object, language: string) => Promise<HttpAnswer>,
): AuthClient {
  return {
    openAttempt: (call) => ask(`attempts/${call.userPoolId}`, call, isAttemptReply),
    issueTicket: (call) => ask(`tickets/${call.userPoolId}`, call, isTicketReply),
    askAccount: (call) => ask(`account/${call.what}`, inTime(call), isAccountReply),
  };

  async function ask<Reply>(
    path: string,
    { language, request }: Pick<OpenAttempt | IssueTicket | AskAccount, "language" | "request">,
    isReply: (body: unknown) => body is Reply,
  ): Promise<Reply> {
    const { statusCode, data, header } = await post(`${origin()}/oauth/app2wxapp/${path}`, request, language);
    if (statusCode === 200 && isReply(data)) return data;
    throw new CallError(problemIn(statusCode, data), retryAfterIn(header));
  }
}

/** With the zone in which the person reads times. */
function inTime({ language, request }: AskAccount): Pick<AskAccount, "language" | "request"> {
  return { language, request: { ...request, utcOffset: -new Date().getTimezoneOffset() } };
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
