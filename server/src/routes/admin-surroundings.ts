import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { orNull } from "../http/json-schemas";
import type { Services } from "../services";
import type { Settings } from "../startup/settings";

/** What of the settings the console shows; none of it is secret. */
export type ConsoleSettings = Partial<Pick<Settings, "wechatUserName" | "phoneOrigin" | "wechatApiOrigin">>;

const WECHAT_ORIGIN = "https://api.weixin.qq.com";

const Surroundings = Type.Object({
  publicOrigin: Type.String({ description: "Begins the issuer of tokens; what applets and backends call" }),
  sharedApplet: orNull(Type.Object({ appId: Type.String(), userName: orNull(Type.String()) })),
  phoneOrigin: orNull(Type.String({ description: "The browser phone, where it runs on the same machine" })),
  standIn: Type.Boolean({ description: "Whether WeChat is a stand-in for tests" }),
});

/** What an operator has to know of the server to integrate an app. */
export function adminSurroundingsRoutes(
  { origin, sharedApplet }: Services,
  { wechatUserName, phoneOrigin, wechatApiOrigin = WECHAT_ORIGIN }: ConsoleSettings,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      "/surroundings",
      {
        schema: {
          operationId: "getSurroundings",
          summary: "What an operator has to know of the server",
          tags: ["administration"],
          security: [{ adminToken: [] }],
          response: { 200: Surroundings },
        },
      },
      () => ({
        publicOrigin: origin(),
        sharedApplet: sharedApplet ? { appId: sharedApplet.appId, userName: wechatUserName ?? null } : null,
        phoneOrigin: phoneOrigin ?? null,
        standIn: wechatApiOrigin !== WECHAT_ORIGIN,
      }),
    );
  };
}
