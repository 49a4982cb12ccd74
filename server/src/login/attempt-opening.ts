import type { AttemptReply, AttemptRequest, Language, PoolView, UserView } from "@app2wxapp/protocol";
import { knownIdentity, type KnownIdentity } from "../accounts/account";
import { maskedPhone } from "../accounts/phone-number";
import { networkOf } from "../http/client-address";
import { DEFAULT_NICKNAME } from "../messages";
import { allowedApp, brandOf } from "../pools/brand";
import { textIn } from "../pools/localized";
import type { Pool } from "../pools/pool";
import { Refusal } from "../refusal";
import { hashHandle, newHandle } from "../secrets/handles";
import type { Seen } from "../observability/login-records";
import type { Services } from "../services";
import { insertAttempt } from "../store/logins";
import type { Transaction } from "../store/store";
import type { AttemptRow, UserRow } from "../store/tables";
import type { Applet, WeChatIdentity } from "../wechat/wechat";
import { refusedCaller } from "./admission";
import { appletOf } from "./applet";
import { assess } from "./assessment";
import { challengeOwner, claimChallenge } from "./challenge";
import { phoneIsFresh, wantsPhone } from "./needs";
import { issueWithAttempt } from "./ticket-issue";

/** Where an attempt comes from. */
interface Origin {
  ip: string;
  language: Language;
}

/** Whom WeChat named, and what is known of them and of the challenge they came with. */
interface KnownPerson extends WeChatIdentity {
  identity: KnownIdentity;
  owner: string | undefined;
}

/** An attempt is never extended. */
export const ATTEMPT_SECONDS = 600;

/**
 * Begins a login: checks who asks, has WeChat say who the person is, and keeps that under a handle. No account is touched.
 * When nothing has to be asked, the reply carries the first ticket.
 */
export function openAttempt(
  services: Services,
  poolId: string,
  request: AttemptRequest,
  from: Origin,
): Promise<AttemptReply> {
  return services.records.watch("attempt", poolId, (seen) => opened(services, poolId, request, from, seen));
}

async function opened(
  services: Services,
  poolId: string,
  request: AttemptRequest,
  from: Origin,
  seen: Seen,
): Promise<AttemptReply> {
  const { store, pools, wechat, limiter } = services;
  const applet = await appletToAsk(services, poolId, request, seen);
  const person = await wechat.login(applet, request.code, networkOf(from.ip));
  seen.person = true;

  // A refusal is a value until the commit: what was refused counts too.
  const outcome = await store.transaction(
    async (tx) => {
      const { appId } = request;
      const [present, limited, identity, owner] = await Promise.all([
        // Read again: WeChat may have taken seconds, and what an operator forbade meanwhile stays forbidden.
        pools.find(tx, poolId),
        limiter.take(tx, "login.person", `${poolId}|${appId}|${person.openid}`),
        knownIdentity(tx, poolId, { appId, openid: person.openid }),
        challengeOwner(tx, poolId, request.codeChallenge),
      ]);
      const pool = admitted(present, request);
      return limited ?? begin(tx, pool, request, { ...person, identity, owner }, from, seen);
    },
    { asksFirst: true },
  );
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/**
 * The applet to ask WeChat as, if the pool takes this login. A copy of the pool may say yes, since the database is asked
 * once WeChat has answered; only the database says no.
 */
async function appletToAsk(services: Services, poolId: string, request: AttemptRequest, seen: Seen): Promise<Applet> {
  const { store, pools } = services;
  const appletIn = (pool: Readonly<Pool> | undefined): Applet => {
    seen.pool = pool !== undefined;
    seen.callerAppId = request.callerAppId ?? null;
    return appletOf(services, admitted(pool, request), request.appId);
  };
  const copy = pools.recent(poolId);
  try {
    if (copy) return appletIn(copy);
  } catch {
    // The pool may have changed since.
  }
  return appletIn(await store.read((tx) => pools.find(tx, poolId), { asksFirst: true }));
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
  person: KnownPerson,
  from: Origin,
  seen: Seen,
): Promise<AttemptReply | Refusal> {
  const handle = newHandle();
  const attempt: AttemptRow = {
    hash: hashHandle("attempt", handle),
    pool_id: pool.id,
    app_id: request.appId,
    openid: person.openid,
    unionid: person.unionid ?? null,
    caller_app_id: request.callerAppId ?? null,
    code_challenge: request.codeChallenge ?? null,
    nonce: request.nonce ?? null,
    wants_phone: Number(wantsPhone(pool, request.getPhone)),
    phone: null,
    phone_verified_at: null,
    phone_waived: 0,
    phone_codes: 0,
    agreed: JSON.stringify(knownVersions(pool, request.agreed)),
    ip: from.ip,
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
  const { verified_phone: phone = null, phone_verified_at: verifiedAt = null } = person.identity.row ?? {};
  if (attempt.wants_phone === 1 && phoneIsFresh(pool, verifiedAt, tx.now)) {
    attempt.phone = phone;
    attempt.phone_verified_at = verifiedAt;
  }
  const { found, needs, closed } = await assess(tx, pool, attempt, person.identity);
  seen.userId = found.user?.id ?? null;
  if (closed) return closed;
  if (!claimChallenge(tx, attempt, person.owner)) {
    return new Refusal("request.invalid", {
      detail: "codeChallenge was used by somebody else; each login makes its own",
    });
  }
  const issued = needs.length === 0 ? issueWithAttempt(tx, pool, attempt) : undefined;
  if (!issued) tx.write(insertAttempt, attempt);
  return {
    attempt: handle,
    expiresIn: ATTEMPT_SECONDS,
    pool: poolView(pool, attempt.caller_app_id, from.language),
    user: userView(found.user, attempt),
    needs,
    phoneOptional: pool.phoneOptional,
    ...issued,
  };
}

/** What the person is shown of the pool and of the app that asks. */
function poolView(pool: Readonly<Pool>, caller: string | null, language: Language): PoolView {
  const app = allowedApp(pool, caller);
  return {
    name: textIn(pool.name, language),
    logo: pool.logo,
    caller: app ? textIn(app.name, language) : null,
    agreements: pool.agreements.map((agreement) => ({
      ...agreement,
      title: textIn(agreement.title, language),
      text: textIn(agreement.text, language),
    })),
    ...brandOf(pool, caller, language),
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
