import { Type, type Static, type TSchema } from "@fastify/type-provider-typebox";
import { APP_ID } from "@app2wxapp/protocol";
import {
  EXCHANGE_MODES,
  MISSING_CALLER,
  PHONE_RULES,
  RESPONSE_STYLES,
  TOKEN_ALGORITHMS,
  type Pool,
} from "../pools/pool";
import { ID } from "../secrets/handles";
import { AgreementSchema, ONE_LINE } from "./wire-schemas";

const closed = { additionalProperties: false };

/** One of a list of words. */
function oneOf<const Words extends readonly string[]>(words: Words) {
  return Type.Unsafe<Words[number]>(Type.Union(words.map((word) => Type.Literal(word))));
}

function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

const Name = Type.String({ minLength: 1, maxLength: 64, pattern: ONE_LINE });
const AppId = Type.String({ pattern: APP_ID.source });
const AllowedApps = Type.Union([
  Type.Array(Type.Object({ appId: AppId, name: Name }, closed), {
    maxItems: 100,
  }),
  Type.Literal("*"),
]);

/** The reference's names for two of the settings, both spellings of the first. */
const ReferenceStrategy = Type.Object(
  {
    ticketExpriresAfter: Type.Optional(Type.Integer()),
    ticketExpiresAfter: Type.Optional(Type.Integer()),
    ticketExchangeUserInfoNeedSecret: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** What may be changed later. */
const changeable = {
  name: Name,
  logo: orNull(Type.String({ pattern: "^https://[\\x21-\\x7e]{1,500}$" })),
  agreements: Type.Array(AgreementSchema, { maxItems: 10 }),
  wechatAppId: orNull(AppId),
  wechatAppSecret: orNull(Type.String({ minLength: 1, maxLength: 256, pattern: ONE_LINE })),
  exchange: oneOf(EXCHANGE_MODES),
  requirePkce: Type.Boolean(),
  allowedApps: AllowedApps,
  missingCaller: oneOf(MISSING_CALLER),
  phone: oneOf(PHONE_RULES),
  phoneOptional: Type.Boolean(),
  phoneMaxAgeDays: Type.Integer({ minimum: 0, maximum: 3650 }),
  ticketTtlSeconds: Type.Integer({ minimum: 30, maximum: 600 }),
  responseStyle: oneOf(RESPONSE_STYLES),
  loginOnly: Type.Boolean(),
  tokenTtlSeconds: Type.Integer({ minimum: 60, maximum: 365 * 86_400 }),
  app2WxappLoginStrategy: ReferenceStrategy,
};

export const PoolChange = Type.Partial(Type.Object(changeable), closed);
export type PoolChange = Static<typeof PoolChange>;

export const PoolCreation = Type.Object(
  {
    ...PoolChange.properties,
    id: Type.Optional(Type.String({ pattern: ID.source })),
    name: changeable.name,
    /** To be chosen: there is no safe default. */
    allowedApps: AllowedApps,
    tokenAlgorithm: Type.Optional(oneOf(TOKEN_ALGORITHMS)),
  },
  closed,
);
export type PoolCreation = Static<typeof PoolCreation>;

const { wechatAppSecret: _secret, app2WxappLoginStrategy: _strategy, ...readable } = changeable;

/** A pool as an operator reads it: without anything secret. */
export const PoolSchema = Type.Object({
  id: Type.String(),
  ...readable,
  tokenAlgorithm: oneOf(TOKEN_ALGORITHMS),
  createdAt: Type.Integer(),
  updatedAt: Type.Integer(),
});

/** What {@link PoolSchema} shows of a pool. */
export function poolView(pool: Readonly<Pool>): Static<typeof PoolSchema> {
  const { revision: _revision, wechatAppSecret: _sealed, secretHash: _hash, kid: _kid, ...view } = pool;
  return { ...view };
}

export const AdminUserSchema = Type.Object({
  id: Type.String(),
  nickname: Type.String(),
  photo: Type.String(),
  phone: Type.Union([Type.String(), Type.Null()]),
  unionid: Type.Union([Type.String(), Type.Null()]),
  blocked: Type.Boolean(),
  loginsCount: Type.Integer(),
  registerMethod: Type.String(),
  lastLoginAt: Type.Union([Type.Integer(), Type.Null()]),
  createdAt: Type.Integer(),
});

export const AuditSchema = Type.Object({
  id: Type.String(),
  at: Type.Integer(),
  poolId: Type.Union([Type.String(), Type.Null()]),
  actor: Type.String(),
  event: Type.String(),
  subject: Type.Union([Type.String(), Type.Null()]),
  details: Type.Record(Type.String(), Type.Unknown()),
});

/** A page of a list: so many after an id. */
export const Page = Type.Object({
  after: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{1,64}$" })),
  limit: Type.Optional(Type.String({ pattern: "^[1-9][0-9]{0,2}$" })),
});
