import { OF_TICKETS, SENDS, WITH_SECRET } from "../openapi/refusals";
import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { OAuthRefusal } from "../http/oauth-refusal";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { idTokenOf } from "../tokens/id-token";
import { ClientFields, shownSecret } from "./client-authentication";
import { redeemTicket } from "./redemption";
import { PoolParameters } from "./wire-schemas";

const GRANT_TYPE = "authorization_code";

const { client_id, client_secret } = ClientFields.properties;

const TokenRequest = Type.Object(
  {
    grant_type: Type.Literal(GRANT_TYPE),
    code: Type.String({ minLength: 1, maxLength: 256, description: "The ticket" }),
    code_verifier: Type.Optional(Type.String({ maxLength: 256 })),
    client_id,
    client_secret,
    redirect_uri: Type.Optional(Type.String({ description: "Ignored: the launch of an applet has none" })),
  },
  { title: "TokenRequest" },
);

const TokenReply = Type.Object(
  {
    access_token: Type.String(),
    token_type: Type.Literal("Bearer"),
    expires_in: Type.Integer(),
    scope: Type.String(),
    id_token: Type.Optional(
      Type.String({ description: "Of pools that sign with ES256: who signed in, for the backend alone" }),
    ),
  },
  { title: "TokenReply" },
);

/** The token endpoint of OAuth 2.0, where a ticket is an authorization code: the exchange for clients nobody wrote for us. */
export function oauthTokenRoutes(services: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      "/oauth/token/:userPoolId",
      {
        config: { oauthErrors: true, refusals: [...SENDS, ...WITH_SECRET, ...OF_TICKETS] },
        schema: {
          operationId: "requestToken",
          security: [{ poolBasic: [] }, {}],
          summary: "Exchange a ticket as OAuth clients do",
          tags: ["standard"],
          consumes: ["application/x-www-form-urlencoded"],
          params: PoolParameters,
          body: TokenRequest,
          response: { 200: TokenReply },
        },
        preValidation: async ({ body }) => {
          const { grant_type: type } = body as Record<string, unknown>;
          if (typeof type === "string" && type !== GRANT_TYPE) {
            throw new OAuthRefusal("unsupported_grant_type", "request.invalid", { detail: `only ${GRANT_TYPE}` });
          }
        },
      },
      async (request, reply) => {
        const { code, code_verifier: codeVerifier } = request.body;
        const secret = shownSecret(request, request.body);
        const { pool, outcome } = await redeemTicket(services, request, { ticket: code, codeVerifier, secret });
        if (outcome instanceof Refusal) throw outcome;
        const { token, claims } = outcome;
        // RFC 6749, section 5.1, beside the cache-control of every answer.
        reply.header("pragma", "no-cache");
        return {
          access_token: token,
          token_type: "Bearer" as const,
          expires_in: claims.exp - claims.iat,
          scope: claims.scope ?? "",
          ...(pool.tokenAlgorithm === "ES256" && { id_token: idTokenOf(outcome) }),
        };
      },
    );
  };
}
