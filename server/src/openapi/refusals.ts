import { SERVER_ERRORS, type ServerErrorCode } from "@app2wxapp/protocol";
import { MESSAGES } from "../messages";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every way the call can be refused, for the description of the interface. */
    refusals?: readonly Refusable[];
  }
}

/** An error code, with another HTTP status than its own where the call answers so. */
export type Refusable = ServerErrorCode | readonly [ServerErrorCode, number];

/** What can happen to every call that asks the database. */
export const FAILS = ["server.unexpected", "server.unavailable"] as const;
/** To one whose address is checked. */
export const READS = ["request.invalid", ...FAILS] as const;
/** To one that is sent something. */
export const SENDS = ["request.invalid", "request.too_large", ...FAILS] as const;
/** To one that asks for the pool's secret: who tries secrets is held up. */
export const WITH_SECRET = ["client.unauthorized", "rate.limited"] as const;
/** What a ticket can be refused for. */
export const OF_TICKETS = [
  "ticket.invalid",
  "ticket.used",
  "verifier.invalid",
  "user.blocked",
  "registration.closed",
] as const;
/** What comes of asking WeChat. */
export const OF_WECHAT = ["wechat.unavailable", "wechat.misconfigured", "rate.limited"] as const;

/** These say when to come again. */
const LATER: ReadonlySet<number> = new Set([429, 502, 503]);

/** The answers of the refusals of a call, by HTTP status, each with its codes only. */
export function refusalResponses(
  refusals: readonly Refusable[],
  asOAuth: boolean,
): Record<string, Record<string, unknown>> {
  const byStatus = new Map<number, Set<ServerErrorCode>>();
  for (const one of refusals) {
    const [error, status] = typeof one === "string" ? ([one, SERVER_ERRORS[one].status] as const) : one;
    // RFC 6749, section 5.2: whatever is wrong with a grant.
    const told = asOAuth && (error === "user.blocked" || error === "registration.closed") ? 400 : status;
    byStatus.set(told, (byStatus.get(told) ?? new Set()).add(error));
  }
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, errors]) => [String(status), response(status, [...errors], asOAuth)]),
  );
}

function response(status: number, errors: ServerErrorCode[], asOAuth: boolean): Record<string, unknown> {
  const codes = { type: "object", properties: { [asOAuth ? "reason" : "error"]: { type: "string", enum: errors } } };
  return {
    description: errors.map((error) => `\`${error}\`: ${MESSAGES[error][2]}.`).join(" "),
    ...(LATER.has(status) && { headers: { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } }),
    content: {
      "application/json": {
        schema: { allOf: [{ $ref: `#/components/schemas/${asOAuth ? "OAuthError" : "Error"}` }, codes] },
      },
    },
  };
}
