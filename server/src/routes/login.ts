import { OF_WECHAT, SENDS } from "../openapi/refusals";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { continueAttempt } from "../login/attempt-continuation";
import { openAttempt } from "../login/attempt-opening";
import { addressOf, networkOf } from "../http/client-address";
import { countFailures } from "../limits/failures";
import { languageOf } from "../http/language";
import type { Services } from "../services";
import {
  AttemptReplySchema,
  AttemptRequestSchema,
  PoolParameters,
  TicketReplySchema,
  TicketRequestSchema,
} from "./wire-schemas";

/** The applet's two calls: begin a login, and go on with it until there is a ticket. */
export function loginRoutes(services: Services): FastifyPluginAsyncTypebox {
  const { limiter } = services;
  return async (app) => {
    countFailures(app, limiter, "login.failures", "wechat_code.invalid");
    app.post(
      "/oauth/app2wxapp/attempts/:userPoolId",
      {
        // Before anything is read of it or asked of WeChat.
        onRequest: async (request) => limiter.check("login.failures", networkOf(addressOf(request))),
        config: {
          refusals: [
            ...SENDS,
            ...OF_WECHAT,
            "pool.unknown",
            "app.not_allowed",
            "app.caller_missing",
            "applet.mismatch",
            "pkce.required",
            "wechat_code.invalid",
            "user.blocked",
            "registration.closed",
          ],
        },
        schema: {
          operationId: "beginLogin",
          security: [],
          summary: "Begin a login with a code of wx.login",
          tags: ["applet"],
          params: PoolParameters,
          body: AttemptRequestSchema,
          response: { 200: AttemptReplySchema },
        },
      },
      (request) =>
        openAttempt(services, request.params.userPoolId, request.body, {
          ip: addressOf(request),
          language: languageOf(request),
        }),
    );

    app.post(
      "/oauth/app2wxapp/tickets/:userPoolId",
      {
        config: {
          refusals: [
            ...SENDS,
            ...OF_WECHAT,
            "pool.unknown",
            "attempt.expired",
            "phone.required",
            "agreements.required",
            "phone_code.invalid",
            "phone.mismatch",
            "user.blocked",
            "registration.closed",
          ],
        },
        schema: {
          operationId: "issueTicket",
          security: [],
          summary: "Issue a ticket of an attempt, or a fresh one",
          tags: ["applet"],
          params: PoolParameters,
          body: TicketRequestSchema,
          response: { 200: TicketReplySchema },
        },
      },
      (request) => continueAttempt(services, request.params.userPoolId, request.body, addressOf(request)),
    );
  };
}
