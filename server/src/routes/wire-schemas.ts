import { Type } from "@fastify/type-provider-typebox";
import {
  SERVER_ERRORS,
  type ServerErrorCode,
  APP_ID,
  CODE_CHALLENGE,
  HANDLE,
  USER_POOL_ID,
  WECHAT_CODE,
} from "@app2wxapp/protocol";

// The bodies of the applet's calls. A test holds their types equal to miniprogram/protocol/wire.ts.

const closed = { additionalProperties: false };

/** Text without control characters: PostgreSQL stores no NUL, and nobody means the others. */
export const ONE_LINE = "^[^\\u0000-\\u001f\\u007f]*$";
/** The same with line breaks and tabs. */
const LINES = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$";

export const PoolParameters = Type.Object({ userPoolId: Type.String({ pattern: USER_POOL_ID.source }) });

const AgreementVersion = Type.String({ minLength: 1, maxLength: 64, pattern: ONE_LINE });

export const AgreementSchema = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 100, pattern: ONE_LINE }),
    text: Type.String({ minLength: 1, maxLength: 50_000, pattern: LINES }),
    version: AgreementVersion,
    required: Type.Boolean(),
  },
  closed,
);

const UserViewSchema = Type.Object({
  nickname: Type.String(),
  photo: Type.String(),
  phone: Type.Union([Type.String(), Type.Null()]),
});

export const AttemptRequestSchema = Type.Object(
  {
    code: Type.String({ pattern: WECHAT_CODE.source }),
    appId: Type.String({ pattern: APP_ID.source }),
    getPhone: Type.Boolean(),
    useSelfWxapp: Type.Optional(Type.Boolean()),
    callerAppId: Type.Optional(Type.String({ pattern: APP_ID.source })),
    codeChallenge: Type.Optional(Type.String({ pattern: CODE_CHALLENGE.source })),
    agreed: Type.Optional(Type.Array(AgreementVersion, { maxItems: 20 })),
  },
  closed,
);

export const AttemptReplySchema = Type.Object({
  attempt: Type.String(),
  expiresIn: Type.Integer(),
  pool: Type.Object({
    name: Type.String(),
    logo: Type.Union([Type.String(), Type.Null()]),
    caller: Type.Union([Type.String(), Type.Null()]),
    agreements: Type.Array(AgreementSchema),
  }),
  user: Type.Union([UserViewSchema, Type.Null()]),
  needs: Type.Array(Type.Union([Type.Literal("agreements"), Type.Literal("phone")])),
  phoneOptional: Type.Boolean(),
  ticket: Type.Optional(Type.String()),
  ticketExpiresIn: Type.Optional(Type.Integer()),
});

export const TicketRequestSchema = Type.Object(
  {
    attempt: Type.String({ pattern: HANDLE.source }),
    phoneCode: Type.Optional(Type.String({ pattern: WECHAT_CODE.source })),
    agreed: Type.Optional(Type.Array(AgreementVersion, { maxItems: 20 })),
    withoutPhone: Type.Optional(Type.Boolean()),
  },
  closed,
);

export const TicketReplySchema = Type.Object({
  ticket: Type.String(),
  ticketExpiresIn: Type.Integer(),
  user: Type.Union([UserViewSchema, Type.Null()]),
});

/** What every refused call is answered. */
export const ErrorReplySchema = Type.Object({
  code: Type.Integer(),
  message: Type.String(),
  data: Type.Null(),
  error: Type.Unsafe<ServerErrorCode>({ type: "string", enum: Object.keys(SERVER_ERRORS) }),
  requestId: Type.String(),
});

/**
 * The error replies of every route, for the description only: Fastify would compile a serializer of each for each route,
 * which took longer than all the rest of the start.
 */
export const REFUSALS = { "4xx": ErrorReplySchema, "5xx": ErrorReplySchema };
