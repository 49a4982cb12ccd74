import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { line } from "../http/json-schemas";
import type { Services } from "../services";
import { listAudit, listAuditOfPool, reachOfAudit, reachOfAuditOfPool } from "../store/audit";
import { firstIdAt } from "../secrets/handles";
import { AuditSchema, END, Instant, MOST_SCANNED, NewestFirst, Next } from "./admin-schemas";
import { PoolParameters } from "./wire-schemas";

/** The audit log. */
export function adminAuditRoutes({ store }: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      "/audit",
      {
        schema: {
          operationId: "readAudit",
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
          response: {
            200: Type.Object({
              entries: Type.Array(AuditSchema),
              next: Next,
            }),
          },
        },
      },
      async ({ query: { pool: poolId, before = END, limit = "100", from = "0", to, ...filter } }) => {
        const { actor = null, event = null, subject = null } = filter;
        const until = to === undefined ? END : firstIdAt(Number(to));
        const stretch = { before: before < until ? before : until, least: firstIdAt(Number(from)), scan: MOST_SCANNED };
        const wanted = { ...stretch, actor, event, subject, limit: Number(limit) };
        const { rows, next } = await store.readStale(async (tx) => {
          const found =
            poolId === undefined
              ? await tx.all(listAudit, wanted)
              : await tx.all(listAuditOfPool, { ...wanted, poolId });
          if (found.length === wanted.limit) return { rows: found, next: found.at(-1)?.id ?? null };
          const reach =
            poolId === undefined
              ? await tx.first(reachOfAudit, stretch)
              : await tx.first(reachOfAuditOfPool, { ...stretch, poolId });
          const goesOn = reach?.scanned === MOST_SCANNED;
          return { rows: found, next: goesOn ? (reach?.oldest ?? null) : null };
        });
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
          next,
        };
      },
    );
  };
}
