import { statement } from "./statement";
import { consents, identities, users, type ConsentRow, type IdentityRow, type UserRow } from "./tables";

/** An account with the identity that leads to it. */
type IdentifiedUserRow = UserRow & {
  identity_id: string;
  verified_phone: string | null;
  phone_verified_at: number | null;
  came_from: string;
};
const IDENTIFIED = `${users.columns}, identities.id as identity_id, identities.phone as verified_phone,
  identities.phone_verified_at, identities.came_from`;

/** The identity of an openid with the account it belongs to. */
export const findByOpenid = statement<{ poolId: string; appId: string; openid: string }, IdentifiedUserRow>(`
  select ${IDENTIFIED}
  from identities join users on users.id = identities.user_id
  where identities.pool_id = :poolId and identities.app_id = :appId and identities.openid = :openid`);

const OF_ATTEMPT = `
  join identities on identities.pool_id = attempts.pool_id
    and identities.app_id = attempts.app_id and identities.openid = attempts.openid
  join users on users.id = identities.user_id`;
/** The same for the person of an attempt, and of a ticket's: whoever asks need not know the attempt yet. */
export const findByAttempt = statement<{ hash: string }, IdentifiedUserRow>(
  `select ${IDENTIFIED} from attempts ${OF_ATTEMPT} where attempts.hash = :hash`,
);
export const findByTicket = statement<{ hash: string }, IdentifiedUserRow>(`
  select ${IDENTIFIED} from tickets join attempts on attempts.hash = tickets.attempt_hash ${OF_ATTEMPT}
  where tickets.hash = :hash`);

export const findByUnionid = statement<{ poolId: string; unionid: string }, UserRow>(
  `select ${users.columns} from users where pool_id = :poolId and unionid = :unionid`,
);

/**
 * Accounts with this phone that no WeChat identity has ever belonged to, a blocked one first. Two are enough to know that
 * it is ambiguous.
 */
export const findUnlinkedByPhone = statement<{ poolId: string; phone: string }, UserRow>(
  `select ${users.columns} from users
  where pool_id = :poolId and phone = :phone and linked = 0
  order by blocked desc, id
  limit 2`,
);

export const findUser = statement<{ poolId: string; id: string }, UserRow>(
  `select ${users.columns} from users where pool_id = :poolId and id = :id`,
);

/** One identity of an account, the newest: the openid shown to who asks for the user outside a login. */
export const findIdentityOfUser = statement<{ userId: string }, IdentityRow>(
  `select ${identities.columns} from identities where user_id = :userId order by created_at desc limit 1`,
);

export const listIdentities = statement<{ userId: string }, IdentityRow>(
  `select ${identities.columns} from identities where user_id = :userId`,
);

export const listUsers = statement<{ poolId: string; after: string; limit: number }, UserRow>(
  `select ${users.columns} from users where pool_id = :poolId and id > :after order by id limit :limit`,
);

export const listUsersByPhone = statement<{ poolId: string; phone: string; after: string; limit: number }, UserRow>(
  `select ${users.columns} from users
  where pool_id = :poolId and phone = :phone and id > :after
  order by id
  limit :limit`,
);

export const insertUser = statement<UserRow>(users.insert);

/** Takes an account that was imported for a WeChat identity; 0 rows when another identity was faster. */
export const claimUser = statement<{ id: string }>("update users set linked = 1 where id = :id and linked = 0");

export const setUnionid = statement<{ id: string; unionid: string }>(
  "update users set unionid = :unionid where id = :id",
);

export const setBlocked = statement<{ poolId: string; id: string; blocked: number }>(
  "update users set blocked = :blocked where pool_id = :poolId and id = :id",
);

/** Whether an account has this phone, whoever gave it. */
export const hasPhone = statement<{ poolId: string; phone: string }, Pick<UserRow, "id">>(
  "select id from users where pool_id = :poolId and phone = :phone limit 1",
);

export const setPhone = statement<{ id: string; phone: string }>("update users set phone = :phone where id = :id");

/** `formerApps`, `formerCount`: as they were read; 0 rows when they are no longer so, or the account was erased. */
export const recordLogin = statement<{
  id: string;
  ip: string;
  at: number;
  apps: string;
  formerApps: string;
  formerCount: number;
}>(`
  update users set logins_count = logins_count + 1, last_ip = :ip, last_login_at = :at, apps = :apps
  where id = :id and apps = :formerApps and logins_count = :formerCount`);

/** As {@link recordLogin}: 0 rows when somebody was faster. */
export const setApps = statement<{ id: string; apps: string; former: string }>(
  "update users set apps = :apps where id = :id and apps = :former",
);

export const insertIdentity = statement<IdentityRow>(identities.insert);

export const moveIdentity = statement<{ id: string; userId: string; cameFrom: string }>(
  "update identities set user_id = :userId, came_from = :cameFrom where id = :id",
);

export const recordVerifiedPhone = statement<{ id: string; phone: string; verifiedAt: number }>(
  "update identities set phone = :phone, phone_verified_at = :verifiedAt where id = :id",
);

export const listConsents = statement<{ identityId: string }, Pick<ConsentRow, "version">>(
  "select version from consents where identity_id = :identityId",
);

export const recordConsent = statement<ConsentRow>(`${consents.insert} on conflict do nothing`);

/**
 * Logins in progress of one person, by what WeChat calls them, through one app (null: it could not be told) or through
 * whichever. Two statements, since each is found by an index.
 */
interface Through {
  isAny: 0 | 1;
  caller: string | null;
}
const THROUGH = "(cast(:isAny as integer) = 1 or caller_app_id is not distinct from cast(:caller as text))";
export const deleteAttemptsByOpenid = statement<Through & { poolId: string; appId: string; openid: string }>(
  `delete from attempts where pool_id = :poolId and openid = :openid and app_id = :appId and ${THROUGH}`,
);
export const deleteAttemptsByUnionid = statement<Through & { poolId: string; unionid: string }>(
  `delete from attempts where pool_id = :poolId and unionid = :unionid and ${THROUGH}`,
);

/** Tokens that were issued until now are not active any more. */
export const signOut = statement<{ poolId: string; id: string; at: number }>(
  "update users set tokens_valid_from = :at where pool_id = :poolId and id = :id",
);

/** Identities and consents go with it. */
export const deleteUser = statement<{ poolId: string; id: string }>(
  "delete from users where pool_id = :poolId and id = :id",
);

/** Everybody an openid of an applet is, one in each pool. By the unique index, once for each pool. */
export const listAccountsOfPerson = statement<{ appId: string; openid: string }, UserRow>(`
  select ${users.columns}
  from pools
    join identities on identities.pool_id = pools.id and identities.app_id = :appId and identities.openid = :openid
    join users on users.id = identities.user_id
  where pools.deleted_at is null
  order by users.id desc`);

/** What an account agreed to, through whichever of its identities. */
export const listConsentsOfUser = statement<{ userId: string }, Pick<ConsentRow, "version" | "agreed_at">>(`
  select consents.version, max(consents.agreed_at) as agreed_at
  from consents join identities on identities.id = consents.identity_id
  where identities.user_id = :userId
  group by consents.version
  order by agreed_at desc, consents.version`);

export const deleteConsentsOfUser = statement<{ userId: string }>(
  "delete from consents where identity_id in (select id from identities where user_id = :userId)",
);

/** The number is asked for again at the next login. Two statements: the account's, and what its identities verified. */
export const dropPhone = statement<{ userId: string }>("update users set phone = null where id = :userId");
export const dropVerifiedPhones = statement<{ userId: string }>(
  "update identities set phone = null, phone_verified_at = null where user_id = :userId",
);

/** `at`: when an account will be erased; null: not. */
export const setDeletion = statement<{ id: string; at: number | null }>(
  "update users set deletes_at = :at where id = :id",
);

export const findDue = statement<{ now: number; limit: number }, Pick<UserRow, "id">>(
  "select id from users where deletes_at <= :now order by deletes_at limit :limit",
);
/** Holds an account that is due, so that no login enters it any more; no row when one did. */
export const holdDue = statement<{ id: string; now: number }, UserRow>(`
  update users set deletes_at = deletes_at
  where id = :id and deletes_at <= :now
  returning ${users.columns}`);
