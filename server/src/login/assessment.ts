import type { Need } from "@app2wxapp/protocol";
import { findAccount, type FoundAccount, type KnownIdentity } from "../accounts/account";
import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import { listConsents } from "../store/accounts";
import type { Transaction } from "../store/store";
import type { AttemptRow } from "../store/tables";
import { needsOf } from "./needs";

/** How far a login has come. */
export interface Assessment {
  found: FoundAccount;
  /** What is missing before a ticket can be issued. */
  needs: Need[];
  /** Why it can never be issued. */
  closed: Refusal | undefined;
}

type Progress = Pick<AttemptRow, "app_id" | "openid" | "unionid" | "wants_phone" | "phone" | "phone_waived" | "agreed">;

/** Looks at what an attempt has so far, and at the account it leads to. */
export async function assess(
  tx: Transaction,
  pool: Readonly<Pool>,
  attempt: Progress,
  identity: KnownIdentity,
): Promise<Assessment> {
  const asked = pool.agreements.some(({ required }) => required) ? identity.row : undefined;
  const [found, consents] = await Promise.all([
    findAccount(tx, pool, attempt, identity),
    asked ? tx.all(listConsents, { identityId: asked.identity_id }) : [],
  ]);
  const agreed = new Set([...(JSON.parse(attempt.agreed) as string[]), ...consents.map(({ version }) => version)]);
  const needs = needsOf(pool, {
    wantsPhone: attempt.wants_phone === 1,
    hasPhone: attempt.phone !== null,
    phoneWaived: attempt.phone_waived === 1,
    agreed,
  });
  return { found, needs, closed: closedAccount(found, needs.includes("phone")) };
}

/** A blocked person is told at once; so is a stranger in a pool that takes none, unless the phone may still lead somewhere. */
function closedAccount({ linking, blocked }: FoundAccount, phoneToCome: boolean): Refusal | undefined {
  if (blocked) return new Refusal("user.blocked");
  return linking.kind === "closed" && !phoneToCome ? new Refusal("registration.closed") : undefined;
}
