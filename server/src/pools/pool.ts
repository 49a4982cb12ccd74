import type { Agreement } from "@app2wxapp/protocol";

export const EXCHANGE_MODES = ["secret", "pkce", "open"] as const;
export const MISSING_CALLER = ["deny", "allow"] as const;
export const PHONE_RULES = ["never", "onRequest", "always"] as const;
export const RESPONSE_STYLES = ["user", "envelope"] as const;
export const TOKEN_ALGORITHMS = ["HS256", "ES256"] as const;

export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number];

/** A mobile app that may open the applet for a pool, and what the person is told it is called. */
export interface AllowedApp {
  appId: string;
  name: string;
}

/** A user pool: one product's users and the rules of their login. */
export interface Pool {
  id: string;
  /** Names this state of the pool; another one after every change. */
  revision: string;
  name: string;
  /** Address of an image. */
  logo: string | null;
  agreements: Agreement[];
  /** The pool's own applet; null: the shared one. */
  wechatAppId: string | null;
  /** Sealed; see {@link appletOf}. */
  wechatAppSecret: string | null;
  /** What an exchange must show: the pool secret, a PKCE verifier, or the ticket alone. */
  exchange: (typeof EXCHANGE_MODES)[number];
  requirePkce: boolean;
  /** `"*"` admits every app: nothing then protects against a hostile one that opens the applet. */
  allowedApps: AllowedApp[] | "*";
  missingCaller: (typeof MISSING_CALLER)[number];
  phone: (typeof PHONE_RULES)[number];
  /** Whether the person may go on without the phone that is asked for. */
  phoneOptional: boolean;
  /** How long a verified phone is used again without asking. */
  phoneMaxAgeDays: number;
  ticketTtlSeconds: number;
  responseStyle: (typeof RESPONSE_STYLES)[number];
  /** No new accounts. */
  loginOnly: boolean;
  tokenAlgorithm: TokenAlgorithm;
  tokenTtlSeconds: number;
  secretHash: string;
  /** The key new tokens are signed with. */
  kid: string;
  createdAt: number;
  updatedAt: number;
}
