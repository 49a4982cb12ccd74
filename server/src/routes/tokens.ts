import { READS, SENDS, WITH_SECRET } from "../openapi/refusals";
import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { findUser } from "../store/accounts";
import { audit } from "../store/audit";
import { listVerifyingKeys } from "../store/token-keys";
import { revokeToken } from "../tokens/revocation";
import { activeClaims, verifiedClaims } from "../tokens/verification";
import { authorizedPool, ClientFields, shownSecret } from "./client-authentication";
import { PoolParameters } from "./wire-schemas";

const TokenBody = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 4096 }), ...ClientFields.properties },
  { title: "TokenQuestion" },
);

const Introspection = Type.Object(
  {
    active: Type.Boolean(),
    token_type: Type.Optional(Type.Literal("Bearer")),
    client_id: Type.Optional(Type.String()),
    sub: Type.Optional(Type.String()),
    iss: Type.Optional(Type.String()),
    aud: Type.Optional(Type.String()),
    azp: Type.Optional(Type.String()),
    scope: Type.Optional(Type.String()),
    jti: Type.Optional(Type.String()),
    iat: Type.Optional(Type.Integer()),
    exp: Type.Optional(Type.Integer()),
    data: Type.Optional(
      Type.Object({
        unionid: Type.String(),
        id: Type.String({ description: "The user's id" }),
        clientId: Type.String(),
      }),
    ),
  },
  { title: "Introspection" },
);

const Jwks = Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.String())) }, { title: "KeySet" });

const consumes = ["application/json", "application/x-www-form-urlencoded"];

/** What backends ask about tokens: introspection (RFC 7662), revocation (RFC 7009), public keys (RFC 7517). */
export function tokenRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { store, limiter } = services;
  return async (app) => {
    app.post(
      "/oauth/introspect/:userPoolId",
      {
        config: { refusals: [...SENDS, ...WITH_SECRET] },
        schema: {
          operationId: "introspectToken",
          security: [{ poolBasic: [] }, {}],
          summary: "Whether a token is active, and whose it is",
          tags: ["backend"],
          consumes,
          params: PoolParameters,
          body: TokenBody,
          response: { 200: Introspection },
        },
      },
      (request) =>
        store.read(async (tx) => {
          const pool = await authorizedPool(
            services,
            tx,
            request.params.userPoolId,
            shownSecret(request, request.body),
          );
          const claims = await activeClaims(services, tx, pool, request.body.token);
          return claims
            ? { active: true, token_type: "Bearer" as const, client_id: pool.id, ...claims }
            : { active: false };
        }),
    );

    app.post(
      "/oauth/revoke/:userPoolId",
      {
        config: { refusals: [...SENDS, ...WITH_SECRET] },
        schema: {
          operationId: "revokeToken",
          security: [{ poolBasic: [] }, {}],
          summary: "Revoke a token; also 200 for one that is not this pool's or no longer valid",
          tags: ["backend"],
          consumes,
          params: PoolParameters,
          body: TokenBody,
          response: { 200: Type.Object({}) },
        },
      },
      (request) =>
        store.transaction(async (tx) => {
          const pool = await authorizedPool(
            services,
            tx,
            request.params.userPoolId,
            shownSecret(request, request.body),
          );
          const claims = await verifiedClaims(services, tx, pool, request.body.token);
          if (!claims) return {};
          const { jti, sub, exp } = claims;
          // Who holds the pool's key can make tokens without end: only those of somebody take up room.
          if (!(await tx.first(findUser, { poolId: pool.id, id: sub }))) return {};
          if (await revokeToken(tx, { poolId: pool.id, jti, expiresAt: exp * 1000 })) {
            const limited = await limiter.take(tx, "revoke.pool", pool.id);
            if (limited) throw limited;
            audit(tx, { poolId: pool.id, actor: "pool", event: "token.revoked", subject: sub, details: { jti } });
          }
          return {};
        }),
    );

    app.get(
      "/oauth/jwks/:userPoolId",
      {
        config: { refusals: [...READS, "pool.unknown"] },
        schema: {
          operationId: "getKeys",
          security: [],
          summary: "The public keys of a pool that signs with ES256; empty for HS256",
          tags: ["backend"],
          params: PoolParameters,
          response: { 200: Jwks },
        },
      },
      async (request, reply) => {
        const poolId = request.params.userPoolId;
        // Whoever keeps keys for five minutes, as allowed below, knows less of the present than any replica.
        const rows = await store.readStale(async (tx) => {
          if (!(await services.pools.find(tx, poolId))) throw new Refusal("pool.unknown");
          return tx.all(listVerifyingKeys, { poolId, now: tx.now });
        });
        // Well under the time a new key is published before it signs.
        reply.header("cache-control", "public, max-age=300");
        return {
          keys: rows.flatMap(({ public_jwk: jwk }) =>
            jwk === null ? [] : [JSON.parse(jwk) as Record<string, string>],
          ),
        };
      },
    );
  };
}
