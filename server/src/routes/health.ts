import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { Readiness } from "../store/readiness";

const Health = { 200: Type.Object({ status: Type.Literal("ok") }) };

/** For whatever watches the process: it runs; it can serve. */
export function healthRoutes({ store, clock, draining }: Services): FastifyPluginAsyncTypebox {
  const readiness = new Readiness(store, clock);
  return async (app) => {
    app.get(
      "/healthz",
      {
        config: { refusals: ["server.unexpected"] },
        schema: {
          operationId: "getHealth",
          security: [],
          summary: "The process runs",
          tags: ["operation"],
          response: Health,
        },
      },
      () => ({
        status: "ok" as const,
      }),
    );
    app.get(
      "/readyz",
      {
        config: { refusals: ["server.unavailable"] },
        schema: {
          operationId: "getReadiness",
          security: [],
          summary: "The database takes writes, and the server is not about to end",
          tags: ["operation"],
          response: Health,
        },
      },
      async () => {
        if (draining.begun) throw new Refusal("server.unavailable", { detail: "draining" });
        await readiness.check();
        return { status: "ok" as const };
      },
    );
  };
}
