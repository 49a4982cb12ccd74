import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { addressOf, networkOf } from "../http/client-address";
import { languageOf } from "../http/language";
import { countFailures } from "../limits/failures";
import { changeAccount } from "../my-account/account-change";
import { openAccount, type Origin } from "../my-account/account-session";
import { OF_WECHAT, SENDS } from "../openapi/refusals";
import type { Services } from "../services";
import { AccountChangeRequestSchema, AccountReplySchema, AccountRequestSchema } from "./account-schemas";

/** Where nobody says in which zone they read times, it is China's. */
const originOf = (request: FastifyRequest<{ Body: { utcOffset?: number } }>): Origin => ({
  ip: addressOf(request),
  language: languageOf(request),
  utcOffset: request.body.utcOffset ?? 480,
});

/** The applet's calls for people who look after their own accounts. */
export function accountRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { limiter } = services;
  return async (app) => {
    countFailures(app, limiter, "login.failures", "wechat_code.invalid");
    // Before anything is read of it or asked of WeChat.
    app.addHook("onRequest", async (request) => limiter.check("login.failures", networkOf(addressOf(request))));
    app.post(
      "/oauth/app2wxapp/account/sessions",
      {
        config: { refusals: [...SENDS, ...OF_WECHAT, "applet.mismatch", "wechat_code.invalid"] },
        schema: {
          operationId: "openAccount",
          security: [],
          summary: "Show a person their accounts with every pool of an applet, with a code of wx.login",
          tags: ["account"],
          body: AccountRequestSchema,
          response: { 200: AccountReplySchema },
        },
      },
      (request) => openAccount(services, request.body, originOf(request)),
    );

    app.post(
      "/oauth/app2wxapp/account/changes",
      {
        config: { refusals: [...SENDS, ...OF_WECHAT, "applet.mismatch", "wechat_code.invalid", "attempt.expired"] },
        schema: {
          operationId: "changeAccount",
          security: [],
          summary: "Sign out, withdraw consent, delete or keep an account, with another code of wx.login",
          description:
            "`attempt.expired` (410) where the handle is unknown or expired, or the code is somebody else's. What there is " +
            "nothing to do for, an unknown pool included, is answered like everything else.",
          tags: ["account"],
          body: AccountChangeRequestSchema,
          response: { 200: AccountReplySchema },
        },
      },
      (request) => changeAccount(services, request.body, originOf(request)),
    );
  };
}
