import type { FastifyInstance } from "fastify";
import { SERVER_ERRORS, type ServerErrorCode } from "@app2wxapp/protocol";
import { addressOf, networkOf } from "../http/client-address";
import { Refusal } from "../refusal";
import type { Limiter } from "./limiter";
import type { LimitName } from "./limits";

/** Counts one kind of failure of the routes of this scope by the client's address; too many of them are answered 429. */
export function countFailures(app: FastifyInstance, limiter: Limiter, name: LimitName, failure: ServerErrorCode): void {
  // A reader who tries to change something is known: 403.
  app.setErrorHandler(async (error, request) => {
    if (error instanceof Refusal && error.error === failure && error.status === SERVER_ERRORS[failure].status) {
      await limiter.failed(name, networkOf(addressOf(request)));
    }
    throw error;
  });
}
