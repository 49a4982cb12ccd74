import { Type, type Static } from "@fastify/type-provider-typebox";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import { matchesHash } from "../secrets/handles";
import type { Services } from "../services";
import type { Transaction } from "../store/store";
import { agreed } from "./synonyms";

/** How a pool's secret may stand in a body: as OAuth says it, or as the reference does. */
export const ClientFields = Type.Object({
  client_id: Type.Optional(Type.String({ maxLength: 256, description: "The pool's id, beside client_secret" })),
  client_secret: Type.Optional(Type.String({ maxLength: 256, description: "The pool secret" })),
  secret: Type.Optional(Type.String({ maxLength: 256, description: "The pool secret, as the reference calls it" })),
});

/**
 * The secret a client shows for a pool (RFC 6749, section 2.3.1): by Basic authentication, as `client_secret` or as
 * `secret`; all that are given must agree. Undefined: it shows none. A `client_id` that is not the pool's is refused as a
 * wrong secret is.
 */
export function shownSecret(
  { headers, params }: Pick<FastifyRequest, "headers"> & { params: { userPoolId: string } },
  body: Static<typeof ClientFields> = {},
): string | undefined {
  const basic = basicOf(headers.authorization);
  for (const id of [basic?.id, body.client_id]) {
    if (id !== undefined && id !== params.userPoolId) throw new Refusal("client.unauthorized");
  }
  return agreed("secrets", [basic?.secret, body.client_secret, body.secret]);
}

/** RFC 9110, section 11.6.1: who is refused for a secret is told how to show one. */
export function askForSecret(app: FastifyInstance): void {
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (reply.statusCode === 401) reply.header("www-authenticate", 'Basic realm="app2wxapp", charset="UTF-8"');
    done();
  });
}

/** The pool, if the secret is its secret. An unknown pool and a wrong or missing secret are refused alike. */
export async function authorizedPool(
  services: Services,
  tx: Transaction,
  poolId: string,
  secret: string | undefined,
): Promise<Readonly<Pool>> {
  const pool = await services.pools.find(tx, poolId);
  const right = matchesHash("secret", secret, pool?.secretHash);
  if (!pool || !right) throw new Refusal("client.unauthorized");
  return pool;
}

/** What stands after `Bearer` in an Authorization header (RFC 6750): a secret, or a token. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]{1,4096}=*)$/i.exec(header ?? "")?.[1];
}

/** RFC 7617, with both halves form-encoded first, as RFC 6749 wants it; an empty secret is none. */
function basicOf(header: string | undefined): { id: string; secret: string | undefined } | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]*={0,2})$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) {
    if (/^Basic\b/i.test(header ?? "")) throw new Refusal("client.unauthorized");
    return undefined;
  }
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  if (id === undefined || secret === undefined) throw new Refusal("client.unauthorized");
  return { id: formDecoded(id), secret: secret === "" ? undefined : formDecoded(secret) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new Refusal("client.unauthorized");
  }
}
