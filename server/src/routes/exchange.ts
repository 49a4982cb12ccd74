import { OF_TICKETS, SENDS, WITH_SECRET } from "../openapi/refusals";
import { Type, type FastifyPluginAsyncTypebox, type Static } from "@fastify/type-provider-typebox";
import { userObject } from "../accounts/user-object";
import { orNull } from "../http/json-schemas";
import { languageOf } from "../http/language";
import type { Redeemed } from "../login/ticket-exchange";
import { EXCHANGED } from "../messages";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { ClientFields, shownSecret } from "./client-authentication";
import { redeemTicket } from "./redemption";
import { agreed } from "./synonyms";
import { PoolParameters } from "./wire-schemas";

const Ticket = Type.String({ minLength: 1, maxLength: 256 });

const Verifier = Type.String({ maxLength: 256 });

const ExchangeBody = Type.Object(
  {
    ticket: Type.Optional(Ticket),
    tickett: Type.Optional(
      Type.String({ ...Ticket, description: "The ticket, as the reference's documentation spells it" }),
    ),
    ...ClientFields.properties,
    codeVerifier: Type.Optional(Verifier),
    code_verifier: Type.Optional(Verifier),
    callerAppId: Type.Optional(
      Type.String({ maxLength: 256, description: "AppID of the app whose login it is, to be compared" }),
    ),
  },
  { title: "ExchangeRequest" },
);

/** The reference's user object; see accounts/user-object.ts. */
export const UserSchema = Type.Object(
  {
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
    phone: orNull(Type.String({ description: "In full, a Chinese number bare; null: this login did not ask for it" })),
  },
  { title: "User" },
);

const UserWithTokenSchema = Type.Object(
  {
    ...UserSchema.properties,
    token: Type.String(),
    tokenExpiredAt: Type.String(),
  },
  { title: "UserWithToken" },
);

/** The backend's call: a ticket for the user and a signed token. */
export function exchangeRoutes(services: Services): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      "/oauth/app2wxapp/auth/:userPoolId",
      {
        config: { refusals: [...SENDS, ...WITH_SECRET, ...OF_TICKETS] },
        schema: {
          operationId: "exchangeTicket",
          security: [{ poolBasic: [] }, {}],
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
      },
      async (request, reply) => {
        const { body, query } = request;
        const ticket = agreed("tickets", [body.ticket, body.tickett, query.ticket]);
        if (ticket === undefined) throw new Refusal("request.invalid", { detail: "ticket is missing" });
        const { pool, outcome } = await redeemTicket(services, request, {
          ticket,
          secret: shownSecret(request, body),
          codeVerifier: agreed("verifiers", [body.codeVerifier, body.code_verifier]),
          callerAppId: body.callerAppId,
        });
        const user = outcome instanceof Refusal ? outcome : userWithToken(outcome);
        if (pool.responseStyle === "user") {
          if (user instanceof Refusal) throw user;
          return user;
        }
        const envelope =
          user instanceof Refusal
            ? user.reply(request.id, languageOf(request))
            : { code: 200, message: EXCHANGED, data: JSON.stringify(user) };
        // Sent as text, past the schema of the other style.
        return reply.type("application/json; charset=utf-8").send(JSON.stringify(envelope) as never);
      },
    );
  };
}

function userWithToken({ user, attempt, token, claims }: Redeemed): Static<typeof UserWithTokenSchema> {
  return {
    ...userObject(user, attempt.openid, attempt.phone),
    token,
    tokenExpiredAt: new Date(claims.exp * 1000).toISOString(),
  };
}
