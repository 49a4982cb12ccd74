import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { orNull } from "../http/json-schemas";
import { appletIdOf } from "../login/admission";
import { appletOf } from "../login/applet";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { PoolParameters } from "./wire-schemas";

const tags = ["administration"];
const security = [{ adminToken: [] }];

const Check = Type.Object({
  appId: Type.String(),
  ok: Type.Boolean(),
  error: Type.Optional(Type.String()),
  errcode: Type.Optional(orNull(Type.Integer())),
  ip: Type.Optional(Type.String({ description: "With 40164: the address WeChat sees, for its whitelist" })),
});

const Health = Type.Object({
  applets: Type.Array(
    Type.Object({
      appId: Type.String(),
      state: Type.Union([Type.Literal("open"), Type.Literal("paused")]),
      running: Type.Integer(),
      waiting: Type.Integer(),
    }),
  ),
});

/** Whether WeChat takes a pool's credentials, and how it fares. */
export function adminWeChatRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { store, pools, wechat, sharedApplet } = services;
  return async (app) => {
    app.post(
      "/pools/:userPoolId/wechat-check",
      {
        schema: {
          operationId: "checkWeChat",
          summary: "Ask WeChat for an access token with the pool's AppID and AppSecret",
          tags,
          security,
          params: PoolParameters,
          response: { 200: Check },
        },
      },
      async ({ params: { userPoolId } }) => {
        const pool = await store.read((tx) => pools.find(tx, userPoolId));
        if (!pool) throw new Refusal("pool.unknown");
        const appId = appletIdOf(pool, sharedApplet?.appId) ?? "";
        try {
          await wechat.check(appletOf(services, pool, appId));
          return { appId, ok: true };
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          const { errcode, ip } = (error.cause ?? {}) as { errcode?: unknown; ip?: unknown };
          return {
            appId,
            ok: false,
            error: error.error,
            errcode: typeof errcode === "number" ? errcode : null,
            ...(typeof ip === "string" && { ip }),
          };
        }
      },
    );

    app.get(
      "/wechat",
      {
        schema: {
          operationId: "getWeChatCalls",
          summary: "Calls to WeChat under way in this process, by applet",
          tags,
          security,
          response: { 200: Health },
        },
      },
      () => ({ applets: wechat.health() }),
    );
  };
}
