import { statement } from "./statement";
import { accountSessions, type AccountSessionRow } from "./tables";

export const insertAccountSession = statement<AccountSessionRow>(accountSessions.insert);

export const findAccountSession = statement<{ hash: string; now: number }, AccountSessionRow>(
  `select ${accountSessions.columns} from account_sessions where hash = :hash and expires_at > :now`,
);

export const purgeAccountSessions = statement<{ now: number; limit: number }>(
  "delete from account_sessions where hash in (select hash from account_sessions where expires_at <= :now limit :limit)",
);
