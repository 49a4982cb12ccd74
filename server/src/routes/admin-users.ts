import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { closed } from "../http/json-schemas";
import { Refusal } from "../refusal";
import { ID } from "../secrets/handles";
import type { Services } from "../services";
import { findUser, listUsers, setBlocked } from "../store/accounts";
import { audit, listAudit, listAuditOfPool } from "../store/audit";
import { deleteTombstones } from "../store/people";
import type { Transaction } from "../store/store";
import type { UserRow } from "../store/tables";
import { ImportedUser, importUser } from "./admin-import";
import { AdminUserSchema, AuditSchema, Page } from "./admin-schemas";
import { unknownUser } from "./users";
import { PoolParameters } from "./wire-schemas";

const tags = ["administration"];
const security = [{ adminToken: [] }];
const UserId = Type.String({ pattern: ID.source });
/** Sorts after every id. */
const END = "g";

/** Users of a pool: list, import, block; and the audit log. */
export function adminUserRoutes({ store, pools }: Services): FastifyPluginAsyncTypebox {
  async function mustExist(tx: Transaction, poolId: string): Promise<void> {
    if (!(await pools.find(tx, poolId))) throw new Refusal("pool.unknown");
  }

  return async (app) => {
    app.get(
      "/pools/:userPoolId/users",
      {
        schema: {
          summary: "List users",
          tags,
          security,
          params: PoolParameters,
          querystring: Page,
          response: { 200: Type.Object({ users: Type.Array(AdminUserSchema) }) },
        },
      },
      ({ params: { userPoolId: poolId }, query }) =>
        store.read(async (tx) => {
          await mustExist(tx, poolId);
          const rows = await tx.all(listUsers, { poolId, after: query.after ?? "", limit: Number(query.limit ?? 100) });
          return { users: rows.map(adminView) };
        }),
    );

    app.post(
      "/pools/:userPoolId/users",
      {
        schema: {
          summary: "Import a user; the first WeChat login with this phone becomes this account",
          tags,
          security,
          params: PoolParameters,
          body: ImportedUser,
          response: { 201: Type.Object({ user: AdminUserSchema }) },
        },
      },
      async (request, reply) => {
        const { userPoolId: poolId } = request.params;
        const user = await store.transaction(async (tx) => {
          await mustExist(tx, poolId);
          return adminView(await importUser(tx, poolId, request.actor, request.body));
        });
        return reply.code(201).send({ user });
      },
    );

    app.patch(
      "/pools/:userPoolId/users/:id",
      {
        schema: {
          summary: "Block or unblock a user",
          tags,
          security,
          params: Type.Object({ ...PoolParameters.properties, id: UserId }),
          body: Type.Object({ blocked: Type.Boolean() }, closed),
          response: { 200: Type.Object({ user: AdminUserSchema }) },
        },
      },
      (request) =>
        store.transaction(async (tx) => {
          const { userPoolId: poolId, id } = request.params;
          const { blocked } = request.body;
          await tx.run(setBlocked, { poolId, id, blocked: Number(blocked) });
          const user = await tx.first(findUser, { poolId, id });
          if (!user) throw unknownUser();
          const event = blocked ? "user.blocked" : "user.unblocked";
          await audit(tx, { poolId, actor: request.actor, event, subject: id });
          return { user: adminView(user) };
        }),
    );

    app.delete(
      "/pools/:userPoolId/blocks/:id",
      {
        schema: {
          summary: "Lift the block of a user who was erased while blocked; the id is in the audit log",
          tags,
          security,
          params: Type.Object({ ...PoolParameters.properties, id: UserId }),
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await store.transaction(async (tx) => {
          const { userPoolId: poolId, id: userId } = request.params;
          if ((await tx.run(deleteTombstones, { poolId, userId })) === 0) throw unknownUser();
          await audit(tx, { poolId, actor: request.actor, event: "user.unblocked", subject: userId });
        });
        return reply.code(204).send(null);
      },
    );

    app.get(
      "/audit",
      {
        schema: {
          summary: "The audit log, newest first",
          tags,
          security,
          querystring: Type.Object({
            pool: Type.Optional(PoolParameters.properties.userPoolId),
            before: Type.Optional(UserId),
            limit: Page.properties.limit,
          }),
          response: { 200: Type.Object({ entries: Type.Array(AuditSchema) }) },
        },
      },
      async ({ query: { pool: poolId, before = END, limit = "100" } }) => {
        const page = { before, limit: Number(limit) };
        const rows = await store.read((tx) =>
          poolId === undefined ? tx.all(listAudit, page) : tx.all(listAuditOfPool, { ...page, poolId }),
        );
        return {
          entries: rows.map((row) => ({
            id: row.id,
            at: row.at,
            poolId: row.pool_id,
            actor: row.actor,
            event: row.event,
            subject: row.subject,
            details: JSON.parse(row.details) as Record<string, unknown>,
          })),
        };
      },
    );
  };
}

function adminView(row: UserRow) {
  return {
    id: row.id,
    nickname: row.nickname,
    photo: row.photo,
    phone: row.phone,
    unionid: row.unionid,
    blocked: row.blocked === 1,
    loginsCount: row.logins_count,
    registerMethod: row.register_method,
    lastLoginAt: row.last_login_at,
    createdAt: row.created_at,
  };
}
