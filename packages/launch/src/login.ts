import { LAUNCH_PATH, STATE, USER_POOL_ID } from "@app2wxapp/protocol";
import { base64url } from "./base64url";
import { createPkce } from "./pkce";
import { randomBytes, type GetRandomValues } from "./random";

export interface LoginRequest {
  userPoolId: string;
  /** Whether the app wants a verified phone number. */
  getPhone?: boolean;
  /** Whether the applet that is opened is the pool's own rather than a shared one. Advisory. */
  useSelfWxapp?: boolean;
  /** False sends no PKCE challenge: only for a pool whose backend cannot send `codeVerifier` yet. */
  pkce?: boolean;
  /** From the app's backend, which finds it again in the id_token; 1 to 128 characters of A-Z a-z 0-9 . _ ~ - */
  nonce?: string;
  /** Missing: WeChat's language. */
  lang?: "zh-CN" | "zh-TW" | "en";
}

/** What a login takes from outside; each has a default. */
export interface Surroundings {
  /** Default: the platform's `crypto.getRandomValues`. */
  getRandomValues?: GetRandomValues;
  /** Epoch milliseconds. Default: `Date.now`. */
  now?: () => number;
}

/**
 * One login in progress: plain JSON. Keep it in the app's own storage, since the system may end the app while WeChat
 * is in front, and bring it back with `restoreLogin`.
 */
export interface Login {
  /** `path` of WXLaunchMiniProgramReq. */
  path: string;
  /** The answer must carry it. */
  state: string;
  /** Goes to the exchange with the ticket. Missing when the request said `pkce: false`. */
  codeVerifier?: string;
  /** Epoch milliseconds; a later answer is ignored. */
  expiresAt: number;
  /** Set by `take`: a login is answered once. */
  answered: boolean;
}

/** The applet's attempt lives 10 minutes, and a ticket handed over at its end at most 10 more. */
export const LOGIN_LIFETIME_MS = 20 * 60_000;

/**
 * Starts a login: the path to open, and what to keep until the answer comes. Each login has a state and a verifier of
 * its own.
 *
 * Throws RangeError for a pool id or nonce the applet would refuse, Error when there is no source of random bytes.
 */
export function startLogin(request: LoginRequest, { getRandomValues, now = Date.now }: Surroundings = {}): Login {
  if (!USER_POOL_ID.test(request.userPoolId))
    throw new RangeError("userPoolId must be 1 to 64 characters of A-Z a-z 0-9 _ - (the id of your user pool)");
  if (request.nonce !== undefined && !STATE.test(request.nonce))
    throw new RangeError("nonce must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ -");
  const state = base64url(randomBytes(16, getRandomValues));
  const pkce = request.pkce === false ? undefined : createPkce(getRandomValues);
  // The pool comes first: early HarmonyOS SDKs passed on the first parameter only.
  const query = [`userPoolId=${request.userPoolId}`, `getPhone=${request.getPhone ? 1 : 0}`, "fromApp=1"];
  query.push(`useSelfWxapp=${request.useSelfWxapp ? 1 : 0}`, `state=${state}`);
  if (pkce) query.push(`codeChallenge=${pkce.codeChallenge}`);
  if (request.nonce !== undefined) query.push(`nonce=${request.nonce}`);
  if (request.lang) query.push(`lang=${request.lang}`);
  const login: Login = {
    path: `${LAUNCH_PATH}?${query.join("&")}`,
    state,
    expiresAt: now() + LOGIN_LIFETIME_MS,
    answered: false,
  };
  return pkce ? { ...login, codeVerifier: pkce.codeVerifier } : login;
}

/**
 * The login that was kept as JSON, if an answer to it can still count; null for anything else (nothing kept, cut off,
 * expired, answered). Never throws.
 */
export function restoreLogin(stored: unknown, now: number = Date.now()): Login | null {
  if (typeof stored !== "string") return null;
  try {
    const login = JSON.parse(stored) as Partial<Login> | null;
    return isLogin(login) && !login.answered && now < login.expiresAt ? login : null;
  } catch {
    return null;
  }
}

function isLogin(login: Partial<Login> | null): login is Login {
  return (
    typeof login?.path === "string" &&
    typeof login.state === "string" &&
    typeof login.expiresAt === "number" &&
    typeof login.answered === "boolean" &&
    (login.codeVerifier === undefined || typeof login.codeVerifier === "string")
  );
}
