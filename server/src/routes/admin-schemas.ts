import { Type, type Static, type TObject, type TProperties } from "@fastify/type-provider-typebox";
import { closed, line, orNull } from "../http/json-schemas";
import { maskedPhone } from "../accounts/phone-number";
import type { Pool } from "../pools/pool";
import { PoolSettings } from "../pools/pool-settings";
import { ID } from "../secrets/handles";
import type { UserRow } from "../store/tables";

/** The reference's names for two of the settings, both spellings of the first. */
const ReferenceStrategy = Type.Object(
  {
    ticketExpriresAfter: Type.Optional(Type.Integer()),
    ticketExpiresAfter: Type.Optional(Type.Integer()),
    ticketExchangeUserInfoNeedSecret: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** A client that fills in the default of what it does not send would reset it at every change. */
function withoutDefaults<P extends TProperties>({ properties }: TObject<P>): TObject<P> {
  return Type.Object(
    Object.fromEntries(
      Object.entries(properties).map(([name, { default: _default, ...schema }]) => [name, schema]),
    ) as P,
  );
}

/** What goes with the settings when they are sent: a secret that is never shown, and other names for some of them. */
const sent = {
  wechatAppSecret: Type.Optional(orNull(line(256))),
  app2WxappLoginStrategy: Type.Optional(ReferenceStrategy),
};

const { tokenAlgorithm: _fixed, ...changeable } = Type.Partial(withoutDefaults(PoolSettings)).properties;

export const PoolChange = Type.Object({ ...changeable, ...sent }, { ...closed, title: "PoolChange" });
export type PoolChange = Static<typeof PoolChange>;

export const PoolCreation = Type.Object(
  {
    ...Type.Partial(PoolSettings).properties,
    ...sent,
    id: Type.Optional(Type.String({ pattern: ID.source })),
    name: PoolSettings.properties.name,
    // To be chosen: there is no safe default.
    allowedApps: PoolSettings.properties.allowedApps,
  },
  { ...closed, title: "PoolCreation" },
);

/** A pool as an operator reads it: without anything secret. */
export const PoolSchema = Type.Object(
  {
    id: Type.String(),
    ...PoolSettings.properties,
    kid: Type.String({ description: "The key that signs, until the next one does" }),
    nextKid: orNull(Type.String()),
    nextKeySignsAt: orNull(Type.Integer()),
    createdAt: Type.Integer(),
    updatedAt: Type.Integer(),
  },
  { title: "Pool" },
);

/** What {@link PoolSchema} shows of a pool. */
export function poolView(pool: Readonly<Pool>): Static<typeof PoolSchema> {
  const { revision: _revision, wechatAppSecret: _sealed, secretHash: _hash, ...view } = pool;
  return { ...view };
}

export const AdminUserSchema = Type.Object(
  {
    id: Type.String(),
    nickname: Type.String(),
    photo: Type.String(),
    phone: orNull(Type.String()),
    unionid: orNull(Type.String()),
    blocked: Type.Boolean(),
    loginsCount: Type.Integer(),
    registerMethod: Type.String(),
    lastLoginAt: orNull(Type.Integer()),
    createdAt: Type.Integer(),
    tokensValidFrom: orNull(Type.Integer()),
    deletesAt: orNull(
      Type.Integer({ description: "When it will be erased, epoch ms, since its owner asked for it; null: it stays" }),
    ),
  },
  { title: "User" },
);

/** What {@link AdminUserSchema} shows of a user; a masked number is enough to recognise it by. */
export function adminUserView(row: UserRow, masked = false): Static<typeof AdminUserSchema> {
  return {
    id: row.id,
    nickname: row.nickname,
    photo: row.photo,
    phone: row.phone !== null && masked ? maskedPhone(row.phone) : row.phone,
    unionid: row.unionid,
    blocked: row.blocked === 1,
    loginsCount: row.logins_count,
    registerMethod: row.register_method,
    lastLoginAt: row.last_login_at,
    createdAt: row.created_at,
    tokensValidFrom: row.tokens_valid_from,
    deletesAt: row.deletes_at,
  };
}

export const AuditSchema = Type.Object(
  {
    id: Type.String(),
    at: Type.Integer(),
    poolId: orNull(Type.String()),
    actor: Type.String(),
    event: Type.String(),
    subject: orNull(Type.String()),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { title: "AuditEntry" },
);

export const UserId = Type.String({ pattern: ID.source });
/** Sorts after every id. */
export const END = "g";

/** Epoch milliseconds, as a query carries them. */
export const Instant = Type.String({ pattern: "^[0-9]{1,15}$" });

/** Where a list goes on. A page may hold nothing and still not be the last: see {@link MOST_SCANNED}. */
export const Next = orNull(Type.String({ description: "`before` of the next page; null: this was the last" }));

/**
 * So many entries are looked at for one answer. Whoever looks for a rare one in a million would else stop the logins of a
 * server on SQLite for as long as it takes.
 */
export const MOST_SCANNED = 20_000;

/** A page of a list that begins with the newest: so many before an id. */
export const NewestFirst = Type.Object({
  before: Type.Optional(UserId),
  limit: Type.Optional(Type.String({ pattern: "^[1-9][0-9]{0,2}$" })),
});

/** A page of a list: so many after an id. */
export const Page = Type.Object({
  after: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{1,64}$" })),
  limit: Type.Optional(Type.String({ pattern: "^[1-9][0-9]{0,2}$" })),
});
