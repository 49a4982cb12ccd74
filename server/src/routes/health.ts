import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { statement } from "../store/statement";

const ping = statement("select name from facts limit 1");

const Health = { 200: Type.Object({ status: Type.Literal("ok") }) };

/** For whatever watches the process: it runs; it can serve. */
export function healthRoutes({ store, draining }: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get("/healthz", { schema: { summary: "The process runs", tags: ["operation"], response: Health } }, () => ({
      status: "ok" as const,
    }));
    app.get(
      "/readyz",
      { schema: { summary: "The database answers", tags: ["operation"], response: Health } },
      async () => {
        if (draining.begun) throw new Refusal("server.unavailable", { detail: "draining" });
        await store.read((tx) => tx.first(ping, {}));
        return { status: "ok" as const };
      },
    );
  };
}
