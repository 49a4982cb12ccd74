import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createHash, randomBytes } from "node:crypto";
import type { AttemptReply } from "@app2wxapp/protocol";
import { purgeExpired } from "../src/housekeeping/purge";
import { DIALECTS } from "./support/databases";
import { CALLER, refusal, stranger, World, type Body } from "./support/world";

const verifier = (): string => randomBytes(32).toString("base64url");
const challengeOf = (text: string): string => createHash("sha256").update(text).digest("base64url");
const INVALID = { status: 400, error: "ticket.invalid" };
const WRONG_VERIFIER = { status: 400, error: "verifier.invalid" };
const UNAUTHORIZED = { status: 401, error: "client.unauthorized" };

describe.each(DIALECTS)("an exchange on %s", (dialect) => {
  let world: World;
  beforeAll(async () => (world = await World.open({ dialect })));
  afterAll(() => world.close());

  /** That nothing was consumed: the same ticket, shown properly, still works. */
  const stillWorks = (ticket: string) => world.redeem(ticket);

  describe("in secret mode", () => {
    test("a missing or wrong secret is refused and consumes nothing", async () => {
      const ticket = await world.ticket(stranger());
      expect(refusal(await world.exchange({ ticket }))).toEqual(UNAUTHORIZED);
      expect(refusal(await world.exchange({ ticket, secret: "wrong" }))).toEqual(UNAUTHORIZED);
      expect(refusal(await world.exchange({ ticket, secret: "" }))).toEqual(UNAUTHORIZED);
      await stillWorks(ticket);
    });

    test("a ticket works once", async () => {
      const ticket = await world.ticket(stranger());
      await world.redeem(ticket);
      const again = await world.exchange({ ticket, secret: world.pool.secret });
      expect(refusal(again)).toEqual({ status: 400, error: "ticket.used" });
    });

    test("a made-up ticket is refused", async () => {
      const { secret } = world.pool;
      for (const ticket of ["x", "A".repeat(43), randomBytes(32).toString("base64url")]) {
        expect(refusal(await world.exchange({ ticket, secret }))).toEqual(INVALID);
      }
    });

    test("an attempt handle is no ticket", async () => {
      const { attempt } = (await world.attempt(stranger())).json<AttemptReply>();
      expect(refusal(await world.exchange({ ticket: attempt, secret: world.pool.secret }))).toEqual(INVALID);
    });
  });

  describe("the ways a ticket is sent", () => {
    const exchangeWith = async (query: string, payload: Body | string, type = "application/json") =>
      world.app.inject({
        method: "POST",
        url: `/oauth/app2wxapp/auth/${world.pool.id}${query}`,
        headers: { "content-type": type },
        payload,
      });

    test("as ticket, as the documented tickett, in the query beside the body, and as a form", async () => {
      const { secret } = world.pool;
      const fresh = () => world.ticket(stranger());
      expect((await exchangeWith("", { tickett: await fresh(), secret })).statusCode).toBe(200);
      expect((await exchangeWith(`?ticket=${await fresh()}`, { secret })).statusCode).toBe(200);
      const ticket = await fresh();
      expect((await exchangeWith(`?ticket=${ticket}`, { ticket, tickett: ticket, secret })).statusCode).toBe(200);
      const form = new URLSearchParams({ ticket: await fresh(), secret }).toString();
      expect((await exchangeWith("", form, "application/x-www-form-urlencoded")).statusCode).toBe(200);
    });

    test("contradicting or missing tickets are refused, and consume nothing", async () => {
      const { secret } = world.pool;
      const [one, other] = [await world.ticket(stranger()), await world.ticket(stranger())];
      const bad = { status: 400, error: "request.invalid" };
      expect(refusal(await exchangeWith(`?ticket=${one}`, { ticket: other, secret }))).toEqual(bad);
      expect(refusal(await exchangeWith("", { ticket: one, tickett: other, secret }))).toEqual(bad);
      expect(refusal(await exchangeWith(`?ticket=${one}&ticket=${one}`, { secret }))).toEqual(bad);
      expect(refusal(await exchangeWith("", { secret }))).toEqual(bad);
      const twice = `ticket=${one}&ticket=${one}&secret=${secret}`;
      expect(refusal(await exchangeWith("", twice, "application/x-www-form-urlencoded"))).toEqual(bad);
      await stillWorks(one);
      await stillWorks(other);
    });

    test("an open pool takes a ticket in the query without any body", async () => {
      const open = await world.createPool({ exchange: "open" });
      const ticket = await world.ticket(stranger(), {}, open);
      const response = await world.app.inject({
        method: "POST",
        url: `/oauth/app2wxapp/auth/${open.id}?ticket=${ticket}`,
      });
      expect(response.statusCode).toBe(200);
    });
  });

  describe("with PKCE", () => {
    test("a ticket issued with a challenge needs its verifier, in every mode", async () => {
      const pkce = await world.createPool({ exchange: "pkce" });
      const open = await world.createPool({ exchange: "open" });
      for (const pool of [world.pool, pkce, open]) {
        const codeVerifier = verifier();
        const ticket = await world.ticket(stranger(), { codeChallenge: challengeOf(codeVerifier) }, pool);
        const proof = pool === world.pool ? { secret: pool.secret } : {};
        const shown = (body: Body) => world.exchange({ ticket, ...proof, ...body }, pool);
        expect(refusal(await shown({}))).toEqual(WRONG_VERIFIER);
        expect(refusal(await shown({ codeVerifier: verifier() }))).toEqual(WRONG_VERIFIER);
        expect(refusal(await shown({ codeVerifier: "too short" }))).toEqual(WRONG_VERIFIER);
        // The method "plain": the challenge itself as verifier.
        expect(refusal(await shown({ codeVerifier: challengeOf(codeVerifier) }))).toEqual(WRONG_VERIFIER);
        expect((await shown({ codeVerifier })).statusCode).toBe(200);
      }
    });

    test("a verifier for a ticket without a challenge is refused: the login was mixed up", async () => {
      const ticket = await world.ticket(stranger());
      const mixedUp = await world.exchange({ ticket, secret: world.pool.secret, codeVerifier: verifier() });
      expect(refusal(mixedUp)).toEqual(WRONG_VERIFIER);
      await stillWorks(ticket);
    });

    test("a pool that requires PKCE begins no login without a challenge, and exchanges no older ticket", async () => {
      const pool = await world.createPool();
      const ticket = await world.ticket(stranger(), {}, pool);
      await world.changePool({ requirePkce: true }, pool);
      expect(refusal(await world.attempt(stranger(), {}, pool))).toEqual({ status: 400, error: "pkce.required" });
      expect(refusal(await world.exchange({ ticket, secret: pool.secret }, pool))).toEqual(WRONG_VERIFIER);
    });

    test("a challenge belongs to the first person who uses it: not to who read it in the launch path", async () => {
      const codeVerifier = verifier();
      const codeChallenge = challengeOf(codeVerifier);
      const victim = stranger();
      const first = await world.attempt(victim, { codeChallenge });
      const thief = await world.attempt(stranger(), { codeChallenge });
      expect(refusal(thief)).toEqual({ status: 400, error: "request.invalid" });
      expect(thief.json<Body>()["message"]).toContain("codeChallenge");
      // The applet's own retry is of the same person.
      expect((await world.attempt(victim, { codeChallenge })).statusCode).toBe(200);
      const { ticket } = first.json<{ ticket: string }>();
      expect((await world.exchange({ ticket, secret: world.pool.secret, codeVerifier })).statusCode).toBe(200);
      expect(refusal(await world.attempt(stranger(), { codeChallenge })).error).toBe("request.invalid");
      const elsewhere = await world.createPool();
      expect((await world.attempt(stranger(), { codeChallenge }, elsewhere)).statusCode).toBe(200);
    });

    test("of several people who show one challenge at once, one may use it", async () => {
      const codeChallenge = challengeOf(verifier());
      const replies = await Promise.all(Array.from({ length: 8 }, () => world.attempt(stranger(), { codeChallenge })));
      expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    });

    test("a challenge is forgotten an hour later, when no app waits for its login any more", async () => {
      const codeChallenge = challengeOf(verifier());
      await world.attempt(stranger(), { codeChallenge });
      await world.pass(3_599_000);
      await purgeExpired(world.store, { loginEventDays: 90 });
      expect((await world.attempt(stranger(), { codeChallenge })).statusCode).toBe(400);
      await world.pass(2000);
      await purgeExpired(world.store, { loginEventDays: 90 });
      expect((await world.attempt(stranger(), { codeChallenge })).statusCode).toBe(200);
    });

    test("a secret that is sent is checked even where none is needed", async () => {
      const pool = await world.createPool({ exchange: "pkce" });
      const codeVerifier = verifier();
      const ticket = await world.ticket(stranger(), { codeChallenge: challengeOf(codeVerifier) }, pool);
      expect(refusal(await world.exchange({ ticket, codeVerifier, secret: "wrong" }, pool))).toEqual(UNAUTHORIZED);
      expect((await world.exchange({ ticket, codeVerifier, secret: pool.secret }, pool)).statusCode).toBe(200);
    });
  });

  describe("and the calling app", () => {
    test("an app that is not on the pool's list begins no login, nor does one that hides itself", async () => {
      const hostile = await world.attempt(stranger(), { callerAppId: "wxhostile" });
      expect(refusal(hostile)).toEqual({ status: 403, error: "app.not_allowed" });
      const hidden = await world.attempt(stranger(), { callerAppId: undefined });
      expect(refusal(hidden)).toEqual({ status: 403, error: "app.caller_missing" });
    });

    test("a pool may admit missing callers, and one open to all admits both", async () => {
      const lenient = await world.createPool({ missingCaller: "allow" });
      expect((await world.attempt(stranger(), { callerAppId: undefined }, lenient)).statusCode).toBe(200);
      expect(refusal(await world.attempt(stranger(), { callerAppId: "wxhostile" }, lenient)).status).toBe(403);
      const open = await world.createPool({ allowedApps: "*" });
      expect((await world.attempt(stranger(), { callerAppId: undefined }, open)).statusCode).toBe(200);
      expect((await world.attempt(stranger(), { callerAppId: "wxanybody" }, open)).statusCode).toBe(200);
    });

    test("a ticket of one app shown as another's is refused and not consumed", async () => {
      const { secret } = world.pool;
      const ticket = await world.ticket(stranger());
      expect(refusal(await world.exchange({ ticket, secret, callerAppId: "wxother" }))).toEqual(INVALID);
      expect((await world.exchange({ ticket, secret, callerAppId: CALLER })).statusCode).toBe(200);
    });

    test("an app that is taken off the list can no longer use tickets it already has, in any mode", async () => {
      for (const exchange of ["secret", "open"]) {
        const pool = await world.createPool({ exchange });
        const ticket = await world.ticket(stranger(), {}, pool);
        await world.changePool({ allowedApps: [{ appId: "wxother", name: "另一个" }] }, pool);
        const proof = exchange === "secret" ? { secret: pool.secret } : {};
        expect(refusal(await world.exchange({ ticket, ...proof }, pool))).toEqual(INVALID);
      }
    });

    test("a pool without a list, or one that admits missing callers, can neither be created with nor changed to a mode without secret", async () => {
      for (const exchange of ["pkce", "open"]) {
        for (const loose of [{ allowedApps: "*" }, { missingCaller: "allow" }]) {
          const settings = { name: "x", allowedApps: [], ...loose };
          expect((await world.admin("POST", "/pools", { ...settings, exchange })).statusCode).toBe(422);
          const pool = await world.createPool(loose);
          expect((await world.admin("PATCH", `/pools/${pool.id}`, { exchange })).statusCode).toBe(422);
        }
        const strict = await world.createPool({ exchange });
        expect((await world.admin("PATCH", `/pools/${strict.id}`, { allowedApps: "*" })).statusCode).toBe(422);
        expect((await world.admin("PATCH", `/pools/${strict.id}`, { missingCaller: "allow" })).statusCode).toBe(422);
      }
    });
  });

  describe("in the envelope style", () => {
    test("answers 200 to whoever has the pool's secret, with the user as JSON text or with the error's code", async () => {
      const pool = await world.createPool({ responseStyle: "envelope" });
      const person = stranger();
      const ticket = await world.ticket(person, {}, pool);
      const answered = await world.exchange({ ticket, secret: pool.secret }, pool);
      expect(answered.statusCode).toBe(200);
      expect(answered.headers["content-type"]).toBe("application/json; charset=utf-8");
      const envelope = answered.json<{ code: number; message: string; data: string }>();
      expect(envelope).toEqual({ code: 200, message: "获取用户信息成功", data: expect.any(String) });
      expect(JSON.parse(envelope.data)).toMatchObject({
        openid: person.openid,
        phone: null,
        token: expect.any(String),
      });
      const again = await world.exchange({ ticket, secret: pool.secret }, pool);
      expect(again.statusCode).toBe(200);
      expect(again.json()).toMatchObject({ code: 400, data: null, error: "ticket.used" });
    });

    test("answers 401 like any pool, known or not, to whoever has not", async () => {
      const pool = await world.createPool({ responseStyle: "envelope" });
      const ticket = await world.ticket(stranger(), {}, pool);
      expect(refusal(await world.exchange({ ticket, secret: "wrong" }, pool))).toEqual(UNAUTHORIZED);
      expect(refusal(await world.exchange({ ticket }, { ...pool, id: "f".repeat(24) }))).toEqual(UNAUTHORIZED);
    });
  });

  describe("the tickets of one attempt", () => {
    test("a renewal leaves the former ticket valid, an older one goes, and the first exchange spends all", async () => {
      const { secret } = world.pool;
      const first = (await world.attempt(stranger())).json<AttemptReply>();
      const renew = async () => (await world.tickets({ attempt: first.attempt })).json<{ ticket: string }>().ticket;
      const [second, third] = [await renew(), await renew()];
      expect(refusal(await world.exchange({ ticket: String(first.ticket), secret }))).toEqual(INVALID);
      expect((await world.exchange({ ticket: second, secret })).statusCode).toBe(200);
      expect(refusal(await world.exchange({ ticket: third, secret }))).toEqual({ status: 400, error: "ticket.used" });
      expect(refusal(await world.tickets({ attempt: first.attempt }))).toEqual({
        status: 410,
        error: "attempt.expired",
      });
    });

    test("a ticket issued at an attempt's very end lives its own time", async () => {
      const { attempt } = (await world.attempt(stranger())).json<AttemptReply>();
      await world.pass(595_000);
      const { ticket } = (await world.tickets({ attempt })).json<{ ticket: string }>();
      await world.pass(60_000);
      expect(refusal(await world.tickets({ attempt }))).toEqual({ status: 410, error: "attempt.expired" });
      await stillWorks(ticket);
    });
  });
});
