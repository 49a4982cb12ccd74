import { expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { judgeExchange, RETRY_MILLISECONDS, type Proof, type Verdict } from "../src/login/exchange-order";
import { phoneIsFresh } from "../src/login/needs";
import { tokenClaims } from "../src/tokens/claims";

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VERIFIER = "v".repeat(43);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
/** The same bytes in another spelling: the last of 43 characters holds two bits that stand for nothing. */
const RESPELLED = CHALLENGE.slice(0, -1) + BASE64URL[BASE64URL.indexOf(CHALLENGE.slice(-1)) + 1];
const NOW = 1_000_000;

test("the control: the respelled challenge decodes to the same bytes", () => {
  expect(RESPELLED).not.toBe(CHALLENGE);
  expect(Buffer.from(RESPELLED, "base64url")).toEqual(Buffer.from(CHALLENGE, "base64url"));
});

type Pool = Parameters<typeof judgeExchange>[0];
const pool: Pool = {
  allowedApps: [{ appId: "wxa", name: "A" }],
  missingCaller: "deny",
  requirePkce: false,
  wechatAppId: null,
};
const attempt = {
  app_id: "wxshared",
  caller_app_id: "wxa",
  code_challenge: null,
  consumed_at: null,
  consumed_ticket: null,
};
type Attempt = NonNullable<Parameters<typeof judgeExchange>[2]["attempt"]>;

test.each<[string, { pool?: Partial<Pool>; attempt?: Partial<Attempt>; proof?: Proof; shared?: string }, Verdict]>([
  ["is consumed with what it needs", {}, { kind: "consume" }],
  ["needs its verifier", { attempt: { code_challenge: CHALLENGE } }, { kind: "refuse", error: "verifier.invalid" }],
  [
    "is consumed with its verifier",
    { attempt: { code_challenge: CHALLENGE }, proof: { codeVerifier: VERIFIER } },
    { kind: "consume" },
  ],
  [
    "needs a verifier of RFC 7636's length, whatever its hash",
    {
      attempt: { code_challenge: createHash("sha256").update("short").digest("base64url") },
      proof: { codeVerifier: "short" },
    },
    { kind: "refuse", error: "verifier.invalid" },
  ],
  [
    "whose challenge is no hash has no verifier",
    { attempt: { code_challenge: "AAAA" }, proof: { codeVerifier: VERIFIER } },
    { kind: "refuse", error: "verifier.invalid" },
  ],
  [
    "whose challenge is another spelling of the verifier's hash is nobody's: the genuine spelling belongs to somebody",
    { attempt: { code_challenge: RESPELLED }, proof: { codeVerifier: VERIFIER } },
    { kind: "refuse", error: "verifier.invalid" },
  ],
  [
    "of another app than it says is nobody's",
    { proof: { callerAppId: "wxb" } },
    { kind: "refuse", error: "ticket.invalid" },
  ],
  [
    "of an app that is no longer allowed is nobody's",
    { pool: { allowedApps: [] } },
    { kind: "refuse", error: "ticket.invalid" },
  ],
  [
    "of an applet the pool no longer uses is nobody's",
    { pool: { wechatAppId: "wxown" } },
    { kind: "refuse", error: "ticket.invalid" },
  ],
  ["of a shared applet that changed is nobody's", { shared: "wxother" }, { kind: "refuse", error: "ticket.invalid" }],
  [
    "that was used five seconds ago is refused, and costs nothing",
    { attempt: { consumed_at: NOW - RETRY_MILLISECONDS, consumed_ticket: "this" } },
    { kind: "replay", revoke: false },
  ],
  [
    "that was used longer ago costs its token",
    { attempt: { consumed_at: NOW - RETRY_MILLISECONDS - 1, consumed_ticket: "this" } },
    { kind: "replay", revoke: true },
  ],
  [
    "whose sibling was used is as good as used",
    { attempt: { consumed_at: NOW - RETRY_MILLISECONDS - 1, consumed_ticket: "another" } },
    { kind: "refuse", error: "ticket.used" },
  ],
])("a ticket %s", (_what, given, verdict) => {
  const { proof = {}, shared = "wxshared" } = given;
  const ticket = { hash: "this", attempt: { ...attempt, ...given.attempt } };
  expect(judgeExchange({ ...pool, ...given.pool }, shared, ticket, proof, NOW)).toEqual(verdict);
});

test("a ticket nobody issued is refused before anything else is looked at", () => {
  const verdict = judgeExchange(
    { ...pool, requirePkce: true },
    undefined,
    { hash: "this", attempt: undefined },
    {},
    NOW,
  );
  expect(verdict).toEqual({ kind: "refuse", error: "ticket.invalid" });
});

test("a verified phone is fresh to the end of its last day; one that never was verified is not, whatever the time", () => {
  const fresh = (verifiedAt: number | null, now: number) => phoneIsFresh({ phoneMaxAgeDays: 2 }, verifiedAt, now);
  expect([fresh(0, 2 * 86_400_000), fresh(0, 2 * 86_400_000 + 1), fresh(null, 0)]).toEqual([true, false, false]);
});

test("a token names the app only where it is known, and the unionid as the reference does where there is none", () => {
  const claims = (caller: string | null) =>
    tokenClaims(
      "https://auth.example.com",
      { id: "p" },
      { id: "u", unionid: null },
      { caller_app_id: caller, phone: null },
      { jti: "j", issuedAt: 1, expiresAt: 2 },
    );
  expect(claims("wxa")).toMatchObject({ azp: "wxa", data: { unionid: "", id: "u", clientId: "p" } });
  expect(claims(null)).not.toHaveProperty("azp");
});
