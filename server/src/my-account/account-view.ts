import type { AccountView, Language } from "@app2wxapp/protocol";
import { maskedPhone } from "../accounts/phone-number";
import { readApps } from "../accounts/signed-in-apps";
import { UNKNOWN_APP, wordsIn } from "../messages";
import { allowedApp } from "../pools/brand";
import { textIn } from "../pools/localized";
import type { Pool } from "../pools/pool";
import type { Services } from "../services";
import { listAccountsOfPerson, listConsentsOfUser } from "../store/accounts";
import type { RowOf } from "../store/statement";
import type { Transaction } from "../store/store";
import type { UserRow } from "../store/tables";

/** What an openid may know of itself, in every pool of the applet. */
export async function accountsOf(
  { pools }: Services,
  tx: Transaction,
  person: { appId: string; openid: string },
  language: Language,
): Promise<AccountView[]> {
  const views: AccountView[] = [];
  for (const user of await tx.all(listAccountsOfPerson, person)) {
    const pool = await pools.find(tx, user.pool_id);
    const consents = await tx.all(listConsentsOfUser, { userId: user.id });
    if (pool) views.push(accountView(pool, user, consents, language, tx.now));
  }
  return views;
}

function accountView(
  pool: Readonly<Pool>,
  user: UserRow,
  consents: readonly RowOf<typeof listConsentsOfUser>[],
  language: Language,
  now: number,
): AccountView {
  const titles = new Map(pool.agreements.map(({ version, title }) => [version, textIn(title, language)]));
  return {
    userPoolId: pool.id,
    name: textIn(pool.name, language),
    logo: pool.logo,
    phone: user.phone === null ? null : maskedPhone(user.phone),
    apps: appViews(pool, user, language, now),
    // Of a version that was replaced the pool no longer knows the title.
    agreements: consents.map(({ version, agreed_at: agreedAt }) => ({
      title: titles.get(version) ?? version,
      version,
      agreedAt,
    })),
    deletionGraceDays: pool.deletionGraceDays,
    deletesAt: user.deletes_at,
  };
}

/** The latest first. */
function appViews(pool: Readonly<Pool>, user: UserRow, language: Language, now: number): AccountView["apps"] {
  return [...readApps(user.apps)].toReversed().map(([callerAppId, { at, validFrom }]) => {
    const app = allowedApp(pool, callerAppId);
    const name = app ? textIn(app.name, language) : (callerAppId ?? wordsIn(UNKNOWN_APP, language));
    const signedIn =
      at >= Math.max(user.tokens_valid_from ?? 0, validFrom ?? 0) && now - at < pool.tokenTtlSeconds * 1000;
    return { callerAppId, name, lastLoginAt: at, signedIn };
  });
}
