import { READS, SENDS } from "../openapi/refusals";
import { Type, type FastifyPluginAsyncTypebox, type Static } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { personClaims } from "../accounts/person-claims";
import { descriptionOf, OAuthRefusal } from "../http/oauth-refusal";
import type { Services } from "../services";
import { findIdentityOfUser, findUser } from "../store/accounts";
import { tellsPhone } from "../tokens/claims";
import { activeClaims } from "../tokens/verification";
import { bearerOf } from "./client-authentication";
import { PoolParameters } from "./wire-schemas";

const PersonSchema = Type.Object(
  {
    sub: Type.String(),
    name: Type.String(),
    picture: Type.Optional(Type.String()),
    phone_number: Type.Optional(Type.String({ description: "E.164; when the login asked for it" })),
    phone_number_verified: Type.Optional(Type.Boolean()),
    openid: Type.Optional(Type.String()),
    unionid: Type.Optional(Type.String()),
  },
  { title: "Person" },
);

type ForPool = FastifyRequest<{ Params: Static<typeof PoolParameters> }>;

/** OpenID Connect Core, section 5.3: who an access token is of, for whoever holds it; by GET or POST. */
export function userinfoRoutes(services: Services): FastifyPluginAsyncTypebox {
  const answer = (request: ForPool, reply: FastifyReply): Promise<Static<typeof PersonSchema>> =>
    services.store.read(async (tx) => {
      const token = bearerOf(request.headers.authorization);
      const pool = await services.pools.find(tx, request.params.userPoolId);
      const claims = pool && token !== undefined ? await activeClaims(services, tx, pool, token) : undefined;
      const user = pool && claims && (await tx.first(findUser, { poolId: pool.id, id: claims.sub }));
      if (!claims || !user) throw invalidToken(reply, token !== undefined);
      const identity = await tx.first(findIdentityOfUser, { userId: user.id });
      const phone =
        tellsPhone(claims) && user.phone !== null
          ? { number: user.phone, verified: user.phone === identity?.phone }
          : null;
      return personClaims(user, identity?.openid, phone);
    });

  return async (app) => {
    for (const method of ["GET", "POST"] as const) {
      app.route({
        method,
        url: "/oauth/userinfo/:userPoolId",
        config: { oauthErrors: true, refusals: [...(method === "GET" ? READS : SENDS), "client.unauthorized"] },
        schema: {
          operationId: method === "GET" ? "getUserinfo" : "postUserinfo",
          summary: "Who an access token is of",
          tags: ["standard"],
          security: [{ accessToken: [] }],
          params: PoolParameters,
          response: { 200: PersonSchema },
        },
        handler: answer,
      });
    }
  };
}

/** RFC 6750, section 3: nothing is said to be wrong with a token that was not shown. */
function invalidToken(reply: FastifyReply, shown: boolean): OAuthRefusal {
  const refusal = new OAuthRefusal("invalid_token", "client.unauthorized", {
    message: ["令牌无效或已过期", "權杖無效或已過期", "The access token is invalid, expired or revoked"],
  });
  const what = shown ? `, error="invalid_token", error_description="${descriptionOf(refusal)}"` : "";
  reply.header("www-authenticate", `Bearer realm="app2wxapp"${what}`);
  return refusal;
}
