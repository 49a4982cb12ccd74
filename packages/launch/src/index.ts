export { startLogin, restoreLogin, LOGIN_LIFETIME_MS, type Login, type LoginRequest, type Surroundings } from "./login";
export { take, type Answer, type FailureCode, type IgnoredReason } from "./answer";
export { RETURN_CODES, type NextStep, type ReturnCode } from "./return-codes";
export { createPkce, type Pkce } from "./pkce";
export type { GetRandomValues } from "./random";
export { runLogin, type LoginHost } from "./runner";
export {
  SIGNED_OUT,
  step,
  savedLogin,
  restoreState,
  type LoginEffect,
  type LoginEvent,
  type LoginState,
  type Notice,
  type Step,
} from "./machine";
