import { USER_POOL_ID, LAUNCH_PATH, type Language } from "@app2wxapp/protocol";
import { createPkce, createState, type Pkce, type RandomValues } from "./pkce";

export interface LoginRequest {
  userPoolId: string;
  /** Whether the app wants a verified phone number. */
  getPhone?: boolean;
  /** Bind the ticket to this app by PKCE. A pool in `pkce` mode demands it; it is worth having in every mode. */
  pkce?: boolean;
  /** Missing: WeChat's language. */
  lang?: Language;
}

/** One login in progress. Keep it in persistent storage: the system may end the app while WeChat is in front. */
export interface Login {
  /** `path` of WXLaunchMiniProgramReq. */
  path: string;
  /** `readReturn` accepts only an answer that carries it. */
  state: string;
  /** Goes to the exchange with the ticket. */
  codeVerifier?: string;
}

/**
 * Starts a login: the path to open, and what to keep until the answer comes. Each login has its own.
 *
 * Throws RangeError for a pool id the applet would refuse.
 */
export function startLogin(request: LoginRequest, random?: RandomValues): Login {
  if (!USER_POOL_ID.test(request.userPoolId))
    throw new RangeError("userPoolId must be 1 to 64 characters of A-Z a-z 0-9 _ - (the id of your user pool)");
  const state = createState(random);
  const pkce: Pkce | undefined = request.pkce ? createPkce(random) : undefined;
  // The pool comes first: early HarmonyOS SDKs passed on the first parameter only.
  const query = [`userPoolId=${request.userPoolId}`];
  query.push(`getPhone=${request.getPhone ? 1 : 0}`, "fromApp=1", "useSelfWxapp=0", `state=${state}`);
  if (pkce) query.push(`codeChallenge=${pkce.codeChallenge}`);
  if (request.lang) query.push(`lang=${request.lang}`);
  const path = `${LAUNCH_PATH}?${query.join("&")}`;
  return pkce ? { path, state, codeVerifier: pkce.codeVerifier } : { path, state };
}
