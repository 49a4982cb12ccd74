import type { SchemaStep } from "./step";

const DIGITS = "'0123456789'";
const MOBILE = "('3', '4', '5', '6', '7', '8', '9')";

/**
 * Phone numbers as E.164, where they can be: Chinese mobile numbers with or without their country's code, and those that
 * had a `+`. What country another one is of nobody can tell, so it stays as it was and, in that spelling, leads to nobody.
 */
const asE164 = (table: string): string => `
  update ${table} set phone = replace(replace(phone, ' ', ''), '-', '') where phone like '% %' or phone like '%-%';
  update ${table} set phone = '+86' || phone
    where length(phone) = 11 and phone like '1%' and substr(phone, 2, 1) in ${MOBILE} and trim(phone, ${DIGITS}) = '';
  update ${table} set phone = '+' || phone
    where length(phone) = 13 and phone like '861%' and substr(phone, 4, 1) in ${MOBILE} and trim(phone, ${DIGITS}) = '';
`;

/** Phones in one spelling, blocks that outlive an erased account, and challenges that belong to one person. */
export const people: SchemaStep = {
  version: 3,
  parts: [
    asE164("users"),
    asE164("identities"),
    asE164("attempts"),
    // A number of no known country is asked for again.
    "update identities set phone = null, phone_verified_at = null where phone is not null and phone not like '+%'",
    `
      create table if not exists tombstones (
        pool_id text not null references pools (id) on delete cascade,
        person text not null,
        user_id text not null,
        created_at bigint not null,
        primary key (pool_id, person)
      );
      create index if not exists tombstones_by_user on tombstones (pool_id, user_id);
      create table if not exists challenges (
        pool_id text not null references pools (id) on delete cascade,
        challenge text not null,
        person text not null,
        expires_at bigint not null,
        primary key (pool_id, challenge)
      );
      create index if not exists challenges_by_expiry on challenges (expires_at);
    `,
  ],
};
