import { READS, WITH_SECRET } from "../openapi/refusals";
import { Type, type FastifyPluginAsyncTypebox, type Static } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { USER_POOL_ID } from "@app2wxapp/protocol";
import { eraseUser } from "../accounts/erasure";
import { userObject } from "../accounts/user-object";
import { Refusal } from "../refusal";
import { ID } from "../secrets/handles";
import type { Services } from "../services";
import { findIdentityOfUser, findUser } from "../store/accounts";
import { authorizedPool, bearerOf, shownSecret } from "./client-authentication";
import { UserSchema } from "./exchange";

const Parameters = Type.Object({
  userPoolId: Type.String({ pattern: USER_POOL_ID.source }),
  id: Type.String({ pattern: ID.source }),
});

const security = [{ poolSecret: [] }, { poolBasic: [] }];

/** A backend's access to one of its users, with the pool secret as Bearer, or by Basic authentication. */
export function userRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { store } = services;
  return async (app) => {
    app.get(
      "/oauth/users/:userPoolId/:id",
      {
        config: { refusals: [...READS, ...WITH_SECRET, ["request.invalid", 404]] },
        schema: {
          operationId: "getUser",
          summary: "A user",
          tags: ["backend"],
          security,
          params: Parameters,
          response: { 200: UserSchema },
        },
      },
      (request) =>
        store.read(async (tx) => {
          const { userPoolId, id } = request.params;
          const pool = await authorizedPool(services, tx, userPoolId, secretOf(request));
          const user = await tx.first(findUser, { poolId: pool.id, id });
          if (!user) throw unknownUser();
          const identity = await tx.first(findIdentityOfUser, { userId: id });
          return userObject(user, identity?.openid ?? "", user.phone);
        }),
    );

    app.delete(
      "/oauth/users/:userPoolId/:id",
      {
        config: { refusals: [...READS, ...WITH_SECRET, ["request.invalid", 404]] },
        schema: {
          operationId: "eraseUser",
          summary: "Erase a user with identities, phone and logins in progress; the audit log keeps the id",
          tags: ["backend"],
          security,
          params: Parameters,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await store.transaction(async (tx) => {
          const { userPoolId, id } = request.params;
          const pool = await authorizedPool(services, tx, userPoolId, secretOf(request));
          const user = await tx.first(findUser, { poolId: pool.id, id });
          if (!user) throw unknownUser();
          await eraseUser(tx, user, "pool");
        });
        return reply.code(204).send(null);
      },
    );
  };
}

function secretOf(request: FastifyRequest<{ Params: Static<typeof Parameters> }>): string | undefined {
  return bearerOf(request.headers.authorization) ?? shownSecret(request);
}

export function unknownUser(): Refusal {
  return new Refusal("request.invalid", { status: 404, detail: "no such user" });
}
