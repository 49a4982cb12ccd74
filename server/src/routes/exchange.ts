import { Type, type FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { ServerErrorCode } from "@app2wxapp/protocol";
import { addressOf, networkOf } from "../http/client-address";
import { exchangeTicket } from "../login/ticket-exchange";
import { EXCHANGED } from "../messages";
import { orNull } from "../http/json-schemas";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { PoolParameters } from "./wire-schemas";

const Ticket = Type.String({ minLength: 1, maxLength: 256 });

const ExchangeBody = Type.Object(
  {
    ticket: Type.Optional(Ticket),
    /** As the reference's documentation spells it. */
    tickett: Type.Optional(Ticket),
    secret: Type.Optional(Type.String({ maxLength: 256 })),
    codeVerifier: Type.Optional(Type.String({ maxLength: 256 })),
    callerAppId: Type.Optional(Type.String({ maxLength: 256 })),
  },
  { additionalProperties: false },
);

/** The reference's user object; see login/user-object.ts. */
export const UserSchema = Type.Object({
  _id: Type.String(),
  username: Type.String(),
  nickname: Type.String(),
  company: Type.String(),
  photo: Type.String(),
  emailVerified: Type.Boolean(),
  loginsCount: Type.Integer(),
  registerMethod: Type.String(),
  blocked: Type.Boolean(),
  isDeleted: Type.Boolean(),
  oauth: Type.String(),
  metadata: Type.String(),
  unionid: Type.String(),
  openid: Type.String(),
  lastIP: Type.String(),
  lastLogin: Type.String(),
  signedUp: Type.String(),
  phone: orNull(Type.String()),
});

const UserWithTokenSchema = Type.Object({
  ...UserSchema.properties,
  token: Type.String(),
  tokenExpiredAt: Type.String(),
});

/** The backend's call: a ticket for the user and a signed token. */
export function exchangeRoutes(services: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      "/oauth/app2wxapp/auth/:userPoolId",
      {
        schema: {
          summary: "Exchange a ticket for the user and a token",
          description:
            "The ticket comes as `ticket`, as `tickett`, or in the query; all that are given must agree. Pools with the " +
            'response style "envelope" answer 200 with `{code, message, data}`, where `data` is the user as JSON text, or null ' +
            "when the ticket is refused; what is refused before the ticket is looked at (400, 401, 413, 429, 503) looks the same in every style.",
          tags: ["backend"],
          consumes: ["application/json", "application/x-www-form-urlencoded"],
          params: PoolParameters,
          querystring: Type.Object({ ticket: Type.Optional(Ticket) }),
          body: ExchangeBody,
          response: { 200: UserWithTokenSchema },
        },
        // A ticket in the query needs no body.
        preValidation: async (request) => {
          request.body ??= {};
        },
      },
      async (request, reply) => {
        const { ticket, tickett, ...proof } = request.body;
        const { style, proven, outcome } = await exchangeTicket(services, request.params.userPoolId, {
          ...proof,
          ticket: theOne([ticket, tickett, request.query.ticket]),
        });
        if (outcome instanceof Refusal) {
          if (!proven && GUESSED.has(outcome.error)) {
            await services.limiter.failed("ticket.failures", networkOf(addressOf(request)));
          }
          request.refusedAs = outcome.error;
        }
        if (style === "user") {
          if (outcome instanceof Refusal) throw outcome;
          return outcome;
        }
        const envelope =
          outcome instanceof Refusal
            ? outcome.reply(request.id)
            : { code: 200, message: EXCHANGED, data: JSON.stringify(outcome) };
        // Sent as text, past the schema of the other style.
        return reply.type("application/json; charset=utf-8").send(JSON.stringify(envelope) as never);
      },
    );
  };
}

/** What somebody is told who tries tickets, where the ticket alone is asked for. */
const GUESSED: ReadonlySet<ServerErrorCode> = new Set(["ticket.invalid", "ticket.used", "verifier.invalid"]);

/** The ticket, however often it was sent. */
function theOne(given: readonly (string | undefined)[]): string {
  const [ticket, ...others] = new Set(given.filter((one) => one !== undefined));
  if (ticket === undefined) throw new Refusal("request.invalid", { detail: "ticket is missing" });
  if (others.length > 0) throw new Refusal("request.invalid", { detail: "the tickets differ" });
  return ticket;
}
