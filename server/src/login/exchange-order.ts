import { hash, timingSafeEqual } from "node:crypto";
import { type ServerErrorCode, CODE_VERIFIER } from "@app2wxapp/protocol";
import type { Pool } from "../pools/pool";
import type { AttemptRow } from "../store/tables";
import { appletIdOf, refusedCaller } from "./admission";

/** What came with a ticket. */
export interface Proof {
  codeVerifier?: string | undefined;
  callerAppId?: string | undefined;
}

/** After the first exchange a backend may have lost the answer and ask again; later than this it is a thief, or was. */
export const RETRY_MILLISECONDS = 5000;

/** What happens to an exchange whose pool and secret were right. */
export type Verdict =
  /** Nothing is consumed, nothing revoked. */
  | { kind: "refuse"; error: ServerErrorCode }
  /** The ticket was used before: refused, and beyond the time of a retry its token is revoked. */
  | { kind: "replay"; revoke: boolean }
  | { kind: "consume" };

type Attempt = Pick<AttemptRow, "app_id" | "caller_app_id" | "code_challenge" | "consumed_at" | "consumed_ticket">;

/**
 * The order of an exchange, after pool and secret: the ticket exists, in this pool and unexpired; verifier and caller are
 * right; it is unused. What fails before that neither consumes nor revokes, so that a stolen ticket without its proof
 * cannot even be burnt.
 */
export function judgeExchange(
  pool: Pick<Pool, "allowedApps" | "missingCaller" | "requirePkce" | "wechatAppId">,
  sharedAppId: string | undefined,
  ticket: { hash: string; attempt: Attempt | undefined },
  proof: Proof,
  now: number,
): Verdict {
  const { attempt } = ticket;
  if (!attempt) return { kind: "refuse", error: "ticket.invalid" };
  if (!verifies(attempt.code_challenge, proof.codeVerifier, pool.requirePkce)) {
    return { kind: "refuse", error: "verifier.invalid" };
  }
  const caller = attempt.caller_app_id;
  const foreign =
    (proof.callerAppId !== undefined && proof.callerAppId !== caller) ||
    // The pool's rules of today, not those of when the ticket was issued.
    refusedCaller(pool, caller) !== null ||
    appletIdOf(pool, sharedAppId) !== attempt.app_id;
  if (foreign) return { kind: "refuse", error: "ticket.invalid" };
  if (attempt.consumed_at === null) return { kind: "consume" };
  // A sibling of the ticket that was exchanged is as good as used, but nobody stole it.
  if (attempt.consumed_ticket !== ticket.hash) return { kind: "refuse", error: "ticket.used" };
  return { kind: "replay", revoke: now - attempt.consumed_at > RETRY_MILLISECONDS };
}

/**
 * PKCE with S256 (RFC 7636, section 4.6); a verifier where no challenge was sent is a login that was mixed up. Compared as
 * text: other challenges decode to the same bytes, and would belong to nobody yet.
 */
function verifies(challenge: string | null, verifier: string | undefined, required: boolean): boolean {
  if (challenge === null) return verifier === undefined && !required;
  if (verifier === undefined || !CODE_VERIFIER.test(verifier)) return false;
  const expected = Buffer.from(challenge);
  const given = Buffer.from(hash("sha256", verifier, "base64url"));
  return expected.length === given.length && timingSafeEqual(expected, given);
}
