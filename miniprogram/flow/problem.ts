import { SERVER_ERRORS, type ServerErrorCode } from "../protocol/errors";
import type { ReturnCode } from "../protocol/return-string";

/** Errors of the calls that app backends make; the applet never makes those. */
type BackendError = "client.unauthorized" | "ticket.invalid" | "ticket.used" | "verifier.invalid";

/** What goes wrong on this side of the server, with the code handed to the app for it. */
const OWN_PROBLEMS = {
  "network.offline": 503,
  "network.weak": 503,
  "network.timeout": 503,
  "network.interrupted": 503,
  "network.forbidden": 503,
  "network.failed": 503,
  "reply.malformed": 500,
  "login.failed": 502,
  "login.blocked": 403,
  "launch.malformed": 422,
  "launch.no_pool": 422,
  "surface.browse_only": 422,
} as const;

/** Everything that can end or stall a login; each has its words in `messages/`. */
export type Problem = Exclude<ServerErrorCode, BackendError> | keyof typeof OWN_PROBLEMS;

/** Problems that another try, now or a little later, may solve. The others are facts about the launch or the person. */
const PASSING: ReadonlySet<Problem> = new Set<Problem>([
  "network.offline",
  "network.weak",
  "network.timeout",
  "network.interrupted",
  "network.failed",
  "reply.malformed",
  "login.failed",
  "rate.limited",
  "server.unexpected",
  "server.unavailable",
  "wechat_code.invalid",
  "wechat.unavailable",
  "attempt.expired",
  "phone.mismatch",
  "phone.required",
  "phone_code.invalid",
  "agreements.required",
]);

export function mayPass(problem: Problem): boolean {
  return PASSING.has(problem);
}

/** Problems of the way, not of the request: the same request may be sent again. */
export function isOfTheWay(problem: Problem): boolean {
  return (
    problem.startsWith("network.") ||
    problem.startsWith("server.") ||
    problem === "wechat.unavailable" ||
    problem === "rate.limited" ||
    problem === "reply.malformed"
  );
}

/** The code the app receives when the person goes back from this problem. */
export function returnCodeOf(problem: Problem): ReturnCode {
  if (problem in OWN_PROBLEMS) return OWN_PROBLEMS[problem as keyof typeof OWN_PROBLEMS];
  return SERVER_ERRORS[problem as ServerErrorCode].returned ?? 500;
}
