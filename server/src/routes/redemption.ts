import type { FastifyRequest } from "fastify";
import type { ServerErrorCode } from "@app2wxapp/protocol";
import { addressOf, networkOf } from "../http/client-address";
import { exchangeTicket, type Exchanged, type ExchangeRequest } from "../login/ticket-exchange";
import { Refusal } from "../refusal";
import type { Services } from "../services";

/** Redeems a ticket for whatever shape of answer, and counts who tries tickets where no secret is shown. */
export async function redeemTicket(
  services: Services,
  request: FastifyRequest<{ Params: { userPoolId: string } }>,
  exchange: ExchangeRequest,
): Promise<Exchanged> {
  const exchanged = await exchangeTicket(services, request.params.userPoolId, exchange);
  const { proven, outcome } = exchanged;
  if (outcome instanceof Refusal) {
    if (!proven && GUESSED.has(outcome.error)) {
      await services.limiter.failed("ticket.failures", networkOf(addressOf(request)));
    }
    request.refusedAs = outcome.error;
  }
  return exchanged;
}

/** What somebody is told who tries tickets, where the ticket alone is asked for. */
const GUESSED: ReadonlySet<ServerErrorCode> = new Set(["ticket.invalid", "ticket.used", "verifier.invalid"]);
