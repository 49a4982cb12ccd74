import { Type, type FastifyPluginAsyncTypebox, type Static } from "@fastify/type-provider-typebox";
import { textIn } from "../pools/localized";
import { orNull } from "../http/json-schemas";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { audit } from "../store/audit";
import { countUsers, findDeletion, listDeletions, startDeletion } from "../store/deletions";
import type { DeletionRow } from "../store/tables";
import { Page } from "./admin-schemas";
import { PoolParameters } from "./wire-schemas";

const tags = ["administration"];
const security = [{ adminToken: [] }];

const Deletion = Type.Object(
  {
    poolId: Type.String(),
    name: Type.String(),
    actor: Type.String(),
    state: Type.Union([Type.Literal("running"), Type.Literal("done")]),
    usersDeleted: Type.Integer(),
    usersTotal: Type.Integer({ description: "When it began" }),
    startedAt: Type.Integer(),
    finishedAt: orNull(Type.Integer()),
  },
  { title: "Deletion" },
);
const One = Type.Object({ deletion: Deletion });

/** Deleting a pool, which takes as long as its users are many: to be watched. */
export function adminDeletionRoutes({ store, pools, housekeeper }: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.delete(
      "/pools/:userPoolId",
      {
        schema: {
          operationId: "deletePool",
          summary: "Delete a pool with all its users, in the background; it is unknown to everybody at once",
          tags,
          security,
          params: PoolParameters,
          response: { 202: One },
        },
      },
      async (request, reply) => {
        const { userPoolId: poolId } = request.params;
        const deletion = await store.transaction(async (tx) => {
          const pool = await pools.find(tx, poolId);
          const begun = await tx.first(findDeletion, { poolId });
          if (!pool && begun && begun.finished_at === null) return begun;
          if (!pool) throw new Refusal("pool.unknown");
          await pools.delete(tx, poolId);
          const row: DeletionRow = {
            pool_id: poolId,
            name: textIn(pool.name, "zh-CN"),
            actor: request.actor,
            users_total: Number((await tx.first(countUsers, { poolId }))?.n ?? 0),
            users_deleted: 0,
            started_at: tx.now,
            finished_at: null,
          };
          await tx.run(startDeletion, row);
          audit(tx, { poolId, actor: request.actor, event: "pool.deleted", subject: poolId });
          return row;
        });
        housekeeper.wake();
        return reply.code(202).send({ deletion: view(deletion) });
      },
    );

    app.get(
      "/pools/:userPoolId/deletion",
      {
        schema: {
          operationId: "getDeletion",
          summary: "How far a deletion came",
          tags,
          security,
          params: PoolParameters,
          response: { 200: One },
        },
      },
      async ({ params: { userPoolId: poolId } }) => {
        const row = await store.read((tx) => tx.first(findDeletion, { poolId }));
        if (!row) throw new Refusal("pool.unknown");
        return { deletion: view(row) };
      },
    );

    app.get(
      "/deletions",
      {
        schema: {
          operationId: "listDeletions",
          summary: "Pools that are or were deleted, newest first",
          tags,
          security,
          querystring: Type.Object({ limit: Page.properties.limit }),
          response: { 200: Type.Object({ deletions: Type.Array(Deletion) }) },
        },
      },
      async ({ query }) => ({
        deletions: (await store.read((tx) => tx.all(listDeletions, { limit: Number(query.limit ?? 100) }))).map(view),
      }),
    );
  };
}

function view(row: DeletionRow): Static<typeof Deletion> {
  return {
    poolId: row.pool_id,
    name: row.name,
    actor: row.actor,
    state: row.finished_at === null ? "running" : "done",
    usersDeleted: row.users_deleted,
    usersTotal: row.users_total,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
