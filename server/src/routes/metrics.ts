import type { FastifyPluginAsync } from "fastify";
import type { Metrics } from "../observability/metrics";

/** For Prometheus. Asks for no token: its listener is the operator's. */
export function metricsRoutes({ registry }: Metrics): FastifyPluginAsync {
  return async (app) => {
    app.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
      reply.type(registry.contentType).send(await registry.metrics()),
    );
  };
}
