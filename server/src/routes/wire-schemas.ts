import { Type } from "@fastify/type-provider-typebox";
import {
  SERVER_ERRORS,
  type ServerErrorCode,
  APP_ID,
  CODE_CHALLENGE,
  HANDLE,
  USER_POOL_ID,
  STATE,
  WECHAT_CODE,
} from "@app2wxapp/protocol";
import { closed, orNull } from "../http/json-schemas";
import { AgreementVersion } from "../pools/pool-settings";

// The bodies of the applet's calls. A test holds their types equal to miniprogram/protocol/wire.ts.

export const PoolParameters = Type.Object({ userPoolId: Type.String({ pattern: USER_POOL_ID.source }) });

const UserViewSchema = Type.Object(
  { nickname: Type.String(), photo: Type.String(), phone: orNull(Type.String({ description: "Masked" })) },
  { title: "UserView" },
);

export const AttemptRequestSchema = Type.Object(
  {
    code: Type.String({ pattern: WECHAT_CODE.source }),
    appId: Type.String({ pattern: APP_ID.source }),
    getPhone: Type.Boolean(),
    useSelfWxapp: Type.Optional(Type.Boolean()),
    callerAppId: Type.Optional(Type.String({ pattern: APP_ID.source })),
    codeChallenge: Type.Optional(Type.String({ pattern: CODE_CHALLENGE.source })),
    nonce: Type.Optional(Type.String({ pattern: STATE.source })),
    agreed: Type.Optional(Type.Array(AgreementVersion, { maxItems: 20 })),
  },
  { ...closed, title: "AttemptRequest" },
);

const AgreementSchema = Type.Object(
  { title: Type.String(), text: Type.String(), version: Type.String(), required: Type.Boolean() },
  { title: "Agreement" },
);

export const AttemptReplySchema = Type.Object(
  {
    attempt: Type.String(),
    expiresIn: Type.Integer(),
    pool: Type.Object({
      name: Type.String(),
      logo: orNull(Type.String()),
      caller: orNull(Type.String()),
      agreements: Type.Array(AgreementSchema),
      brand: Type.Optional(Type.Object({ logo: orNull(Type.String()), color: orNull(Type.String()) })),
      reasons: Type.Optional(Type.Object({ phone: orNull(Type.String()), identity: orNull(Type.String()) })),
    }),
    user: orNull(UserViewSchema),
    needs: Type.Array(Type.Union([Type.Literal("agreements"), Type.Literal("phone")])),
    phoneOptional: Type.Boolean(),
    ticket: Type.Optional(Type.String()),
    ticketExpiresIn: Type.Optional(Type.Integer()),
  },
  { title: "AttemptReply" },
);

export const TicketRequestSchema = Type.Object(
  {
    attempt: Type.String({ pattern: HANDLE.source }),
    phoneCode: Type.Optional(Type.String({ pattern: WECHAT_CODE.source })),
    agreed: Type.Optional(Type.Array(AgreementVersion, { maxItems: 20 })),
    withoutPhone: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: "TicketRequest" },
);

export const TicketReplySchema = Type.Object(
  {
    ticket: Type.String(),
    ticketExpiresIn: Type.Integer(),
    user: orNull(UserViewSchema),
  },
  { title: "TicketReply" },
);

/** What every refused call is answered. */
export const ErrorReplySchema = Type.Object(
  {
    code: Type.Integer({ description: "The HTTP status" }),
    message: Type.String(),
    data: Type.Null({ description: "Always null" }),
    error: Type.Unsafe<ServerErrorCode>({ type: "string", enum: Object.keys(SERVER_ERRORS) }),
    requestId: Type.String(),
  },
  { title: "Error" },
);
