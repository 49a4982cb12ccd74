/**
 * Every way a call to the auth server can fail, with its HTTP status and the code the applet hands back to the app for
 * it (`null`: the person can mend it on the page, nothing is returned). The keys are the contract; words for people
 * live in `messages/`.
 */
export const SERVER_ERRORS = {
  "request.invalid": { status: 400, returned: 422 },
  "request.too_large": { status: 413, returned: 422 },
  "rate.limited": { status: 429, returned: 429 },
  "server.unexpected": { status: 500, returned: 500 },
  "server.unavailable": { status: 503, returned: 500 },
  "pool.unknown": { status: 404, returned: 404 },
  "app.not_allowed": { status: 403, returned: 401 },
  "app.caller_missing": { status: 403, returned: 401 },
  "applet.mismatch": { status: 403, returned: 500 },
  "pkce.required": { status: 400, returned: 422 },
  "wechat_code.invalid": { status: 400, returned: 502 },
  "user.blocked": { status: 403, returned: 403 },
  "registration.closed": { status: 403, returned: 403 },
  "wechat.unavailable": { status: 502, returned: 502 },
  "wechat.misconfigured": { status: 502, returned: 502 },
  "attempt.expired": { status: 410, returned: 408 },
  "phone.required": { status: 422, returned: null },
  "agreements.required": { status: 422, returned: null },
  "phone_code.invalid": { status: 400, returned: null },
  "phone.mismatch": { status: 403, returned: 409 },
  "client.unauthorized": { status: 401, returned: null },
  "ticket.invalid": { status: 400, returned: null },
  "ticket.used": { status: 400, returned: null },
  "verifier.invalid": { status: 400, returned: null },
} as const;

export type ServerErrorCode = keyof typeof SERVER_ERRORS;

/** What the auth server answers, with the matching HTTP status, to every call it refuses. */
export interface ErrorReply {
  code: number;
  message: string;
  data: null;
  error: ServerErrorCode;
  requestId: string;
}

export function isServerErrorCode(value: unknown): value is ServerErrorCode {
  return typeof value === "string" && Object.prototype.hasOwnProperty.call(SERVER_ERRORS, value);
}
