import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { Services } from "../services";
import { statement } from "../store/statement";

const ping = statement("select name from facts limit 1");

const Health = { 200: Type.Object({ status: Type.Literal("ok") }) };

/** For whatever watches the process: it runs; it can serve. */
export function healthRoutes({ store, metrics }: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get("/healthz", { schema: { summary: "The process runs", tags: ["operation"], response: Health } }, () => ({
      status: "ok" as const,
    }));
    app.get(
      "/readyz",
      { schema: { summary: "The database answers", tags: ["operation"], response: Health } },
      async () => {
        await store.read((tx) => tx.first(ping, {}));
        return { status: "ok" as const };
      },
    );
    app.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
      reply.type("text/plain; version=0.0.4; charset=utf-8").send(metrics.text()),
    );
    app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
  };
}
