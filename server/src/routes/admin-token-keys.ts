import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { closed, orNull } from "../http/json-schemas";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { audit } from "../store/audit";
import { rotateKey } from "../tokens/rotation";
import { PoolParameters } from "./wire-schemas";

/** Replaces a pool's token key. */
export function adminTokenKeyRoutes({ store, pools, vault }: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      "/pools/:userPoolId/token-key",
      {
        schema: {
          operationId: "replaceTokenKey",
          summary: "Make the next token key: published at once, it signs later",
          description:
            "Without a body the new key signs in 15 minutes, when every client that keeps a JWKS knows it; `signsAt` (epoch " +
            "milliseconds, within 30 days) gives the backends of an HS256 pool as long as they need. `activateNow` signs at " +
            "once, with the key that is announced, if one is. `dropFormer` (the key leaked) also voids the former keys with " +
            "their tokens. Otherwise the former key verifies until its last token has expired.",
          tags: ["administration"],
          security: [{ adminToken: [] }],
          params: PoolParameters,
          body: Type.Object(
            {
              dropFormer: Type.Optional(Type.Boolean()),
              activateNow: Type.Optional(Type.Boolean()),
              signsAt: Type.Optional(Type.Integer()),
            },
            closed,
          ),
          response: {
            200: Type.Object({ kid: Type.String(), tokenKey: orNull(Type.String()), signsAt: Type.Integer() }),
          },
        },
        preValidation: async (request) => {
          request.body ??= {};
        },
      },
      (request) =>
        store.transaction(async (tx) => {
          const former = await pools.find(tx, request.params.userPoolId);
          if (!former) throw new Refusal("pool.unknown");
          const { keys, ...shown } = await rotateKey(tx, former, request.body, vault);
          await pools.update(tx, { ...former, ...keys, updatedAt: tx.now });
          const details = { signsAt: shown.signsAt, dropFormer: request.body.dropFormer === true };
          const event = "pool.key_rotated" as const;
          audit(tx, { poolId: former.id, actor: request.actor, event, subject: shown.kid, details });
          return shown;
        }),
    );
  };
}
