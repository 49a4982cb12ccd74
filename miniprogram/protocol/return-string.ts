/** The codes an app can receive, with what each means. */
export type ReturnCode = 200 | 400 | 401 | 403 | 404 | 408 | 409 | 422 | 429 | 500 | 502 | 503;

/** What code mode hands to the app instead, as JSON; Authing's Guard reads these names. */
export interface ReturnedCodes {
  code: string;
  phoneInfoCode: string;
}

/**
 * The string launchApp hands to the app: `code=200&message=授权成功&ticket=…[&state=…]`.
 *
 * Parsers in the field split at `&`, then at `=`, take the second piece and decode nothing, so each pair has exactly
 * one `=`, no value holds `&` or `=`, and `code` and `message` are always there.
 */
export function formatReturn(answer: {
  code: ReturnCode;
  message: string;
  ticket?: string | undefined;
  state?: string | undefined;
}): string {
  const { code, message, ticket, state } = answer;
  return Object.entries({ code, message: message.replace(/[&=\s]+/g, " "), ticket, state })
    .filter(([, value]) => value !== undefined)
    .map((pair) => pair.join("="))
    .join("&");
}
