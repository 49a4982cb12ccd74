import { Type, type Static } from "@sinclair/typebox";
import { SERVER_ERRORS, type ServerErrorCode } from "@app2wxapp/protocol";
import { Refusal } from "../refusal";
import { oneOf } from "./json-schemas";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Refuses as OAuth clients understand it, and not as everybody else is refused. */
    oauthErrors?: boolean;
  }
}

/** RFC 6749, sections 5.2 and 4.1.2.1; RFC 6750, section 3.1. */
export const OAUTH_ERRORS = [
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "invalid_token",
  "unsupported_grant_type",
  "unsupported_response_type",
  "temporarily_unavailable",
  "server_error",
] as const;
type OAuthError = (typeof OAUTH_ERRORS)[number];

/** A refusal for which OAuth has a word of its own. */
export class OAuthRefusal extends Refusal {
  constructor(
    readonly oauthError: OAuthError,
    ...parameters: ConstructorParameters<typeof Refusal>
  ) {
    super(...parameters);
  }
}

/** What is said of a ticket, or of the account it leads to, OAuth says of the grant. */
const OF_THE_GRANT: ReadonlySet<ServerErrorCode> = new Set([
  "ticket.invalid",
  "ticket.used",
  "verifier.invalid",
  "user.blocked",
  "registration.closed",
]);

/** A refusal in OAuth's words. `reason` keeps ours, which say more. */
export const OAuthErrorSchema = Type.Object(
  {
    error: oneOf(OAUTH_ERRORS),
    error_description: Type.String(),
    reason: Type.Unsafe<ServerErrorCode>({ type: "string", enum: Object.keys(SERVER_ERRORS) }),
    requestId: Type.String(),
  },
  { title: "OAuthError" },
);

export function oauthReply(
  refusal: Refusal,
  requestId: string,
): { status: number; body: Static<typeof OAuthErrorSchema> } {
  const error = oauthErrorOf(refusal);
  return {
    // RFC 6749, section 5.2: 400 for whatever is wrong with a grant.
    status: error === "invalid_grant" ? 400 : refusal.status,
    body: { error, error_description: descriptionOf(refusal), reason: refusal.error, requestId },
  };
}

function oauthErrorOf(refusal: Refusal): OAuthError {
  if (refusal instanceof OAuthRefusal) return refusal.oauthError;
  if (OF_THE_GRANT.has(refusal.error)) return "invalid_grant";
  if (refusal.error === "client.unauthorized") return "invalid_client";
  if (refusal.error === "rate.limited" || refusal.error === "server.unavailable") return "temporarily_unavailable";
  return refusal.status >= 500 ? "server_error" : "invalid_request";
}

/** English, in the characters that RFC 6749 allows. */
export function descriptionOf(refusal: Refusal): string {
  return refusal
    .messageIn("en")
    .replaceAll('"', "'")
    .replaceAll(/[^\x20-\x7e]|\\/g, "?");
}
