/** How a pool is set and its app is written; the model's three switches. */
export const SETTINGS = {
  secret: { SECRET: 1, PKCE: 0, REQUIRE_PKCE: 0 },
  "secret with PKCE": { SECRET: 1, PKCE: 1, REQUIRE_PKCE: 0 },
  "secret, PKCE required": { SECRET: 1, PKCE: 1, REQUIRE_PKCE: 1 },
  pkce: { SECRET: 0, PKCE: 1, REQUIRE_PKCE: 1 },
  open: { SECRET: 0, PKCE: 0, REQUIRE_PKCE: 0 },
  "open with PKCE": { SECRET: 0, PKCE: 1, REQUIRE_PKCE: 0 },
} as const;

export type Setting = keyof typeof SETTINGS;
export type PromiseName = "once" | "theft" | "fixation" | "operator" | "proof" | "revocation";

export interface Question {
  setting: Setting;
  /** What the counterexample breaks. */
  breaks: PromiseName;
}

/** Each lock, and what the real server does where the model without that lock goes on: an error, or the better answer. */
export const LOCKS = {
  ALLOW_LIST: { setting: "secret with PKCE", breaks: "theft", server: "app.not_allowed" },
  CALLER_KNOWN: { setting: "secret with PKCE", breaks: "theft", server: "app.caller_missing" },
  CHALLENGE_OWNED: { setting: "secret with PKCE", breaks: "fixation", server: "request.invalid" },
  SECRET_CHECKED: { setting: "secret", breaks: "proof", server: "client.unauthorized" },
  POOL_BOUND: { setting: "secret with PKCE", breaks: "theft", server: "ticket.invalid" },
  VERIFIER_NEEDED: { setting: "pkce", breaks: "theft", server: "verifier.invalid" },
  VERIFIER_STRAY: { setting: "secret with PKCE", breaks: "fixation", server: "verifier.invalid" },
  LIST_AGAIN: { setting: "open", breaks: "operator", server: "ticket.invalid" },
  BLOCK_AGAIN: { setting: "open", breaks: "operator", server: "user.blocked" },
  PROOF_FIRST: { setting: "pkce", breaks: "proof", server: "token" },
  CONSUMED_ONCE: { setting: "secret", breaks: "once", server: "ticket.used" },
  SIBLINGS_SPENT: { setting: "secret", breaks: "once", server: "ticket.used" },
  REPLAY_REVOKES: { setting: "secret", breaks: "revocation", server: "inactive" },
  RETRY_SPARED: { setting: "secret", breaks: "revocation", server: "active" },
  SIBLING_SPARED: { setting: "secret", breaks: "revocation", server: "active" },
} as const satisfies Record<string, Question & { server: string }>;

/** What nobody but the world can keep: without it the real server does what the counterexample says. */
export const ASSUMPTIONS = {
  RETURN_UNREAD: { setting: "secret", breaks: "theft" },
  STATE_CHECKED: { setting: "secret", breaks: "fixation" },
  LAUNCH_READ_LATE: { setting: "pkce", breaks: "fixation" },
  CALLER_TRUE: { setting: "secret with PKCE", breaks: "theft" },
  LOGIN_CODE_KEPT: { setting: "secret with PKCE", breaks: "theft" },
} as const satisfies Record<string, Question>;
