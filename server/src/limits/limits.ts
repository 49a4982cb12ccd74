/** What is allowed of one kind: so many at once, and then one more in each interval. */
export interface Limit {
  burst: number;
  intervalMilliseconds: number;
}

const SECOND = 1000;

/**
 * Every limit that is counted in the database. A carrier puts thousands of people behind one address, and a backend is one
 * address for all its users: by address only failures count, and nothing that succeeds is ever slowed by them.
 */
export const LIMITS = {
  /** By address: login codes that WeChat refuses. */
  "login.failures": { burst: 300, intervalMilliseconds: SECOND / 5 },
  /** By person in one applet and pool: attempts, once WeChat has said who it is. */
  "login.person": { burst: 10, intervalMilliseconds: 10 * SECOND },
  /** By person in one applet: looking at their accounts, and each change of one. */
  "account.person": { burst: 20, intervalMilliseconds: 10 * SECOND },
  /** By person in one applet: phone codes, each of which costs the operator money. 20 a day. */
  "phone.person": { burst: 20, intervalMilliseconds: (86_400 * SECOND) / 20 },
  /** By address: wrong pool secrets, wherever they are asked for. */
  "secret.failures": { burst: 30, intervalMilliseconds: 2 * SECOND },
  /** By address: tickets that are refused where no secret is asked for. */
  "ticket.failures": { burst: 60, intervalMilliseconds: SECOND },
  /** By address: wrong administrators' tokens. */
  "admin.failures": { burst: 10, intervalMilliseconds: 30 * SECOND },
  /** By reader: people looked for by their number, or the digits that are masked could be found by trying them all. */
  "phone.search": { burst: 60, intervalMilliseconds: 60 * SECOND },
  /** By pool: revocations, each a row that is kept until the token would have expired. */
  "revoke.pool": { burst: 1000, intervalMilliseconds: SECOND / 10 },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
