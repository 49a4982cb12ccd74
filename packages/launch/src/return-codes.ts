import type { ReturnCode as Contract } from "@app2wxapp/protocol";

/**
 * What an app does about an answer.
 * - `exchange`: send the ticket to the backend at once.
 * - `offer-again`: show the login button again; no error, or one that a second try may mend.
 * - `try-later`: say that logging in does not work at the moment.
 * - `another-way`: this person cannot log in this way; offer another or support.
 * - `fix-the-app`: no person can mend it; the developer or the pool's operator must.
 */
export type NextStep = "exchange" | "offer-again" | "try-later" | "another-way" | "fix-the-app";

/** Every code the applet returns, what it means and what to do. */
export const RETURN_CODES = {
  200: { next: "exchange", means: "granted: the ticket is in the answer and lives about two minutes" },
  400: { next: "offer-again", means: "the person declined" },
  401: {
    next: "fix-the-app",
    means: "the app is not on the pool's list, or WeChat did not say which app called: check allowedApps",
  },
  403: { next: "another-way", means: "the person is blocked, or the pool takes no new accounts" },
  404: { next: "fix-the-app", means: "the server knows no such pool: check userPoolId and the applet's server" },
  408: { next: "offer-again", means: "the login took longer than ten minutes" },
  409: { next: "offer-again", means: "WeChat gave no phone number, or another person's" },
  422: { next: "fix-the-app", means: "the launch parameters are malformed, or the pool demands a PKCE challenge" },
  429: { next: "try-later", means: "too many requests" },
  500: { next: "try-later", means: "the auth server failed" },
  502: { next: "try-later", means: "WeChat's server failed, or refuses the applet's AppSecret or IP address" },
  503: { next: "offer-again", means: "the person's network did not reach the auth server" },
} as const satisfies Record<Contract, { next: NextStep; means: string }>;

export type ReturnCode = keyof typeof RETURN_CODES;
