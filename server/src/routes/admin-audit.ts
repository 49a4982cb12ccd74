import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { line } from "../http/json-schemas";
import type { Services } from "../services";
import { listAudit, listAuditOfPool } from "../store/audit";
import { AuditSchema, END, Instant, NewestFirst } from "./admin-schemas";
import { PoolParameters } from "./wire-schemas";

/** The audit log. */
export function adminAuditRoutes({ store }: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      "/audit",
      {
        schema: {
          summary: "The audit log, newest first",
          tags: ["administration"],
          security: [{ adminToken: [] }],
          querystring: Type.Object({
            ...NewestFirst.properties,
            pool: Type.Optional(PoolParameters.properties.userPoolId),
            actor: Type.Optional(line(128)),
            event: Type.Optional(line(64)),
            subject: Type.Optional(line(128)),
            from: Type.Optional(Instant),
            to: Type.Optional(Instant),
          }),
          response: { 200: Type.Object({ entries: Type.Array(AuditSchema) }) },
        },
      },
      async ({ query: { pool: poolId, before = END, limit = "100", from = "0", to, ...filter } }) => {
        const { actor = null, event = null, subject = null } = filter;
        const until = to === undefined ? Number.MAX_SAFE_INTEGER : Number(to);
        const page = { before, limit: Number(limit), actor, event, subject, from: Number(from), to: until };
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
