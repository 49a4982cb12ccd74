import type { AttemptReply, AttemptRequest, UserView } from "@app2wxapp/protocol";
import { DEFAULT_NICKNAME } from "../messages";
import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import { hashHandle, newHandle } from "../secrets/handles";
import type { Services } from "../services";
import { listConsents } from "../store/accounts";
import { insertAttempt } from "../store/logins";
import type { Transaction } from "../store/store";
import type { AttemptRow, UserRow } from "../store/tables";
import type { WeChatIdentity } from "../wechat/wechat";
import { findAccount, type FoundAccount } from "../accounts/account";
import { callerName, refusedCaller } from "./admission";
import { appletOf } from "./applet";
import { needsOf, phoneIsFresh, wantsPhone } from "./needs";
import { maskedPhone } from "../accounts/phone-mask";
import { issueTicket } from "./ticket-issue";

/** An attempt is never extended. */
export const ATTEMPT_SECONDS = 600;

/**
 * Begins a login: checks who asks, has WeChat say who the person is, and keeps that under a handle. No account is touched.
 * When nothing has to be asked, the reply carries the first ticket.
 */
export async function openAttempt(
  services: Services,
  poolId: string,
  request: AttemptRequest,
  ip: string,
): Promise<AttemptReply> {
  const { store, pools, wechat } = services;
  const asked = await store.read((tx) => pools.find(tx, poolId));
  const applet = appletOf(services, admitted(asked, request), request.appId);
  const person = await wechat.login(applet, request.code);

  return store.transaction(async (tx) => {
    // Read again: WeChat may have taken seconds, and what an operator forbade meanwhile stays forbidden.
    const pool = admitted(await pools.find(tx, poolId), request);
    return begin(tx, pool, request, person, ip);
  });
}

/** The pool, if it takes a login from this caller. */
function admitted(pool: Readonly<Pool> | undefined, request: AttemptRequest): Readonly<Pool> {
  if (!pool) throw new Refusal("pool.unknown");
  const refused = refusedCaller(pool, request.callerAppId ?? null);
  if (refused) throw new Refusal(refused);
  if (pool.requirePkce && request.codeChallenge === undefined) throw new Refusal("pkce.required");
  return pool;
}

async function begin(
  tx: Transaction,
  pool: Readonly<Pool>,
  request: AttemptRequest,
  person: WeChatIdentity,
  ip: string,
): Promise<AttemptReply> {
  const { openid } = person;
  const unionid = person.unionid ?? null;
  const found = await findAccount(tx, pool, { app_id: request.appId, openid, unionid, phone: null });
  const phoneWanted = wantsPhone(pool, request.getPhone);
  const closed = closedAccount(found, phoneWanted);
  if (closed) throw closed;

  const phone = phoneWanted && found.identity && phoneIsFresh(pool, found.identity.phoneVerifiedAt, tx.now);
  const handle = newHandle();
  const attempt: AttemptRow = {
    hash: hashHandle("attempt", handle),
    pool_id: pool.id,
    app_id: request.appId,
    openid,
    unionid,
    caller_app_id: request.callerAppId ?? null,
    code_challenge: request.codeChallenge ?? null,
    wants_phone: Number(phoneWanted),
    phone: phone ? (found.identity?.phone ?? null) : null,
    phone_verified_at: phone ? (found.identity?.phoneVerifiedAt ?? null) : null,
    phone_waived: 0,
    phone_codes: 0,
    agreed: JSON.stringify(knownVersions(pool, request.agreed)),
    ip,
    tickets_issued: 0,
    created_at: tx.now,
    expires_at: tx.now + ATTEMPT_SECONDS * 1000,
    purge_at: tx.now + ATTEMPT_SECONDS * 1000,
    consumed_at: null,
    consumed_ticket: null,
    jti: null,
    token_expires_at: null,
    replay: 0,
  };
  await tx.run(insertAttempt, attempt);

  const needs = needsOf(pool, await progressOf(tx, pool, attempt, found));
  const issued = needs.length === 0 ? await issueTicket(tx, pool, attempt) : undefined;
  return {
    attempt: handle,
    expiresIn: ATTEMPT_SECONDS,
    pool: {
      name: pool.name,
      logo: pool.logo,
      caller: callerName(pool, attempt.caller_app_id),
      agreements: pool.agreements,
    },
    user: userView(found.user, attempt),
    needs,
    phoneOptional: pool.phoneOptional,
    ...issued,
  };
}

/** A blocked person is told at once; so is a stranger in a pool that takes none, unless the phone may still lead somewhere. */
export function closedAccount({ linking, blocked }: FoundAccount, phoneToCome: boolean): Refusal | undefined {
  if (blocked) return new Refusal("user.blocked");
  return linking.kind === "closed" && !phoneToCome ? new Refusal("registration.closed") : undefined;
}

/** What an attempt has so far, what the person agreed to in earlier logins included. */
export async function progressOf(
  tx: Transaction,
  pool: Readonly<Pool>,
  attempt: Pick<AttemptRow, "wants_phone" | "phone" | "phone_waived" | "agreed">,
  found: FoundAccount,
): Promise<Parameters<typeof needsOf>[1]> {
  const agreed = new Set(JSON.parse(attempt.agreed) as string[]);
  if (found.identity && pool.agreements.some(({ required }) => required)) {
    for (const { version } of await tx.all(listConsents, { identityId: found.identity.id })) agreed.add(version);
  }
  return {
    wantsPhone: attempt.wants_phone === 1,
    hasPhone: attempt.phone !== null,
    phoneWaived: attempt.phone_waived === 1,
    agreed,
  };
}

/** Versions the pool does not have are dropped: an agreement may have changed while the person read it. */
export function knownVersions(pool: Readonly<Pool>, agreed: readonly string[] = []): string[] {
  return pool.agreements.map(({ version }) => version).filter((version) => agreed.includes(version));
}

/** What the person is shown of the account; null for a stranger of whom nothing is known yet. */
export function userView(user: UserRow | undefined, attempt: Pick<AttemptRow, "phone">): UserView | null {
  const phone = attempt.phone === null ? null : maskedPhone(attempt.phone);
  if (user) return { nickname: user.nickname, photo: user.photo, phone };
  return phone === null ? null : { nickname: DEFAULT_NICKNAME, photo: "", phone };
}
