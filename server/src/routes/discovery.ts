import { READS } from "../openapi/refusals";
import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { OAuthRefusal } from "../http/oauth-refusal";
import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { issuerOf, SCOPES } from "../tokens/claims";
import { PoolParameters } from "./wire-schemas";

const Texts = Type.Array(Type.String());

const Discovery = Type.Object(
  {
    issuer: Type.String(),
    authorization_endpoint: Type.String(),
    token_endpoint: Type.String(),
    userinfo_endpoint: Type.String(),
    jwks_uri: Type.String(),
    introspection_endpoint: Type.String(),
    revocation_endpoint: Type.String(),
    scopes_supported: Texts,
    response_types_supported: Texts,
    grant_types_supported: Texts,
    subject_types_supported: Texts,
    id_token_signing_alg_values_supported: Texts,
    token_endpoint_auth_methods_supported: Texts,
    introspection_endpoint_auth_methods_supported: Texts,
    revocation_endpoint_auth_methods_supported: Texts,
    code_challenge_methods_supported: Texts,
    claims_supported: Texts,
    request_uri_parameter_supported: Type.Boolean(),
  },
  { title: "Discovery" },
);

const OF_THE_TOKEN = ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash"];
const OF_THE_PERSON = ["name", "picture", "phone_number", "phone_number_verified", "openid", "unionid"];
const CLAIMS = [...OF_THE_TOKEN, ...OF_THE_PERSON];

const HAS_NONE =
  "this pool signs with HS256, whose key is shared and in no JWKS; discovery is for pools that sign with ES256, chosen at creation";
const BEGINS_IN_AN_APP =
  "a login begins in a mobile app that opens the applet (routes/explore); there is no page for a browser";

/** What stock clients of OpenID Connect ask first: where everything of a pool is. Only pools that sign with ES256 have it. */
export function discoveryRoutes(services: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      "/:userPoolId/.well-known/openid-configuration",
      {
        config: { refusals: [...READS, "pool.unknown", ["request.invalid", 404]] },
        schema: {
          operationId: "getDiscovery",
          security: [],
          summary: "Where everything of a pool is, for OpenID Connect clients",
          description: "At the issuer, as OpenID Connect Discovery 1.0 says. 404 for a pool that signs with HS256.",
          tags: ["standard"],
          params: PoolParameters,
          response: { 200: Discovery },
        },
      },
      async ({ params }, reply) => {
        const pool = await services.store.read((tx) => services.pools.find(tx, params.userPoolId));
        if (!pool) throw new Refusal("pool.unknown");
        if (pool.tokenAlgorithm !== "ES256") throw new Refusal("request.invalid", { status: 404, detail: HAS_NONE });
        reply.header("cache-control", "public, max-age=300");
        return discoveryOf(services.origin(), pool);
      },
    );

    app.get(
      "/oauth/authorize/:userPoolId",
      {
        config: { oauthErrors: true },
        // Discovery demands an address, and stock clients refuse a document without one; there is nothing to call here.
        schema: { hide: true, params: PoolParameters },
      },
      () => {
        throw new OAuthRefusal("unsupported_response_type", "request.invalid", { detail: BEGINS_IN_AN_APP });
      },
    );
  };
}

function discoveryOf(origin: string, { id, exchange }: Pick<Pool, "id" | "exchange">) {
  const at = (name: string): string => `${origin}/oauth/${name}/${id}`;
  const withSecret = ["client_secret_basic", "client_secret_post"];
  return {
    issuer: issuerOf(origin, id),
    authorization_endpoint: at("authorize"),
    token_endpoint: at("token"),
    userinfo_endpoint: at("userinfo"),
    jwks_uri: at("jwks"),
    introspection_endpoint: at("introspect"),
    revocation_endpoint: at("revoke"),
    scopes_supported: [...SCOPES],
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
    token_endpoint_auth_methods_supported: exchange === "secret" ? withSecret : [...withSecret, "none"],
    introspection_endpoint_auth_methods_supported: withSecret,
    revocation_endpoint_auth_methods_supported: withSecret,
    code_challenge_methods_supported: ["S256"],
    claims_supported: CLAIMS,
    // Missing would mean true.
    request_uri_parameter_supported: false,
  };
}
