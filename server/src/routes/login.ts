import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { continueAttempt } from "../login/attempt-continuation";
import { openAttempt } from "../login/attempt-opening";
import { addressOf } from "../http/client-address";
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
  return async (app) => {
    app.post(
      "/oauth/app2wxapp/attempts/:userPoolId",
      {
        schema: {
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
        schema: {
          summary: "Issue a ticket of an attempt, or a fresh one",
          tags: ["applet"],
          params: PoolParameters,
          body: TicketRequestSchema,
          response: { 200: TicketReplySchema },
        },
      },
      (request) => continueAttempt(services, request.params.userPoolId, request.body),
    );
  };
}
