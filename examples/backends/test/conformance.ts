import { createHmac, randomBytes, createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt, decodeProtectedHeader, SignJWT } from "jose";
import { AuthWorld, type TestPool } from "./auth-world";
import { BackendProcess, type Answer, type Program } from "./backend-process";

/** What every backend of the examples does, whatever it is written in. */
export function describeBackend(program: Program): void {
  describe(`the backend in ${program.name}`, () => {
    let world: AuthWorld;
    const started: BackendProcess[] = [];
    const secrets: string[] = [];
    beforeAll(async () => {
      world = await AuthWorld.open();
    });
    afterAll(async () => {
      for (const backend of started) await backend.stop();
      await world.close();
      const said = started.map(({ output }) => output).join("\n");
      expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    });

    async function start(pool: TestPool, env: Record<string, string> = {}): Promise<BackendProcess> {
      secrets.push(pool.secret, ...(env["TOKEN_KEYS"] ?? "").split(",").filter(Boolean));
      const backend = await BackendProcess.start(program, {
        AUTH_ORIGIN: world.front.origin,
        USER_POOL_ID: pool.id,
        POOL_SECRET: pool.secret,
        ...env,
      });
      started.push(backend);
      return backend;
    }

    async function ticketOf(pool: TestPool, person = "lin", codeChallenge?: string): Promise<string> {
      const ticket = await world.ticket(pool, person, codeChallenge);
      secrets.push(ticket);
      return ticket;
    }

    async function signIn(backend: BackendProcess, pool: TestPool, person?: string): Promise<SignedIn> {
      const answer = await backend.login({ ticket: await ticketOf(pool, person) });
      expect(answer).toMatchObject({ status: 200, body: { token: expect.any(String) } });
      const token = String(answer.body["token"]);
      secrets.push(token, sessionOf(answer).replace("session=", ""));
      return { token, session: sessionOf(answer), userId: (answer.body["user"] as { id: string }).id };
    }

    const rotate = async (pool: TestPool, body = {}): Promise<string> =>
      String((await world.admin("POST", `/pools/${pool.id}/token-key`, body))["tokenKey"]);

    describe("with the public keys of an ES256 pool", () => {
      let pool: TestPool;
      let backend: BackendProcess;
      beforeAll(async () => {
        pool = await world.createPool("ES256");
        backend = await start(pool, { JWKS_COOLDOWN_SECONDS: "0" });
      });

      test("signs a person in by ticket and verifier, knows them by a cookie no script can read, and by the token", async () => {
        const codeVerifier = randomBytes(32).toString("base64url");
        const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
        const ticket = await ticketOf(pool, "lin", codeChallenge);
        const answer = await backend.login({ ticket, codeVerifier, state: "s1" });
        const user = { id: expect.any(String), nickname: expect.any(String), photo: expect.any(String), phone: null };
        expect(answer).toMatchObject({ status: 200, body: { user, token: expect.any(String) } });
        const attributes = (answer.headers.get("set-cookie") ?? "").toLowerCase().split("; ").slice(1);
        expect(attributes).toEqual(expect.arrayContaining(["path=/", "httponly", "secure", "samesite=lax"]));
        expect(attributes.some((attribute) => /^(expires|max-age)=/.test(attribute))).toBe(true);
        expect(sessionOf(answer)).not.toContain(answer.body["token"]);

        expect(await backend.me(sessionOf(answer))).toMatchObject({ status: 200, body: { user: answer.body["user"] } });
        const { id: userId } = answer.body["user"] as { id: string };
        expect(await backend.resource(String(answer.body["token"]))).toMatchObject({ status: 200, body: { userId } });
      });

      test("refuses with the auth server's code: an unknown ticket, a used one, another login's verifier, no ticket", async () => {
        const ticket = await ticketOf(pool);
        const codeVerifier = "v".repeat(43);
        const refused = async (body: object) => refusal(await backend.login(body));
        expect(await refused({ ticket: "t".repeat(43) })).toEqual({ status: 400, error: "ticket.invalid" });
        expect(await refused({ ticket, codeVerifier })).toEqual({ status: 400, error: "verifier.invalid" });
        expect((await backend.login({ ticket })).status).toBe(200);
        expect(await refused({ ticket })).toEqual({ status: 400, error: "ticket.used" });
        expect(await refused({})).toEqual({ status: 400, error: "request.invalid" });
        expect(await refused({ ticket: { $ne: "" } })).toEqual({ status: 400, error: "request.invalid" });
      });

      test.each(["{", "[]", '"ticket"', "null"])("refuses a login that is no JSON object: %s", async (body) => {
        const answer = await backend.call("POST", "/login", { "content-type": "application/json" }, body);
        expect(refusal(answer)).toEqual({ status: 400, error: "request.invalid" });
      });

      test("gives a session of its own making, whatever cookie is sent along, and one for a ticket sent five times at once", async () => {
        const planted = "session=" + "p".repeat(43);
        const body = JSON.stringify({ ticket: await ticketOf(pool) });
        const headers = { "content-type": "application/json", cookie: planted };
        const send = () => backend.call("POST", "/login", headers, body);
        const answers = await Promise.all([send(), send(), send(), send(), send()]);
        const [signedIn, ...more] = answers.filter(({ status }) => status === 200);
        expect(more).toEqual([]);
        expect(sessionOf(signedIn!)).toMatch(/^session=[\w-]{43,}$/);
        expect(sessionOf(signedIn!)).not.toBe(planted);
        expect((await backend.me(planted)).status).toBe(401);
      });

      test.each(["text/plain", "application/x-www-form-urlencoded"])(
        "refuses a login as a form on another's website can send it, for its own ticket: %s",
        async (type) => {
          const ticket = await ticketOf(pool);
          const answer = await backend.call("POST", "/login", { "content-type": type }, JSON.stringify({ ticket }));
          expect(refusal(answer)).toEqual({ status: 400, error: "request.invalid" });
          expect((await backend.login({ ticket })).status).toBe(200);
        },
      );

      test("lets nobody in without a session or a token", async () => {
        const refused = { status: 401, error: "session.invalid" };
        expect(refusal(await backend.me(""))).toEqual(refused);
        expect(refusal(await backend.me("session=made-up"))).toEqual(refused);
        const answer = await backend.call("GET", "/api/resource", {});
        expect(refusal(answer)).toEqual({ status: 401, error: "token.invalid" });
        expect(answer.headers.get("www-authenticate")).toContain("Bearer");
        for (const token of ["x", "a.b.c", "e30.e30.", `${"e30".repeat(3)}.`]) {
          expect(refusal(await backend.resource(token))).toEqual({ status: 401, error: "token.invalid" });
        }
      });

      test.each<[string, (claims: object) => object]>([
        ["that has expired", (claims) => ({ ...claims, exp: secondsFromNow(-61) })],
        ["that never expires", (claims) => ({ ...claims, exp: undefined })],
        ["of another pool", (claims) => ({ ...claims, aud: "0".repeat(24) })],
        ["for nobody", (claims) => ({ ...claims, aud: undefined })],
        ["of nobody", (claims) => ({ ...claims, sub: undefined })],
        ["that tells the app who signed in, and is an id_token", (claims) => ({ ...claims, jti: undefined })],
        ["of another server", (claims) => ({ ...claims, iss: `https://elsewhere.example.com/${pool.id}` })],
      ])("refuses a token %s", async (_, change) => {
        const { token } = await signIn(backend, pool, "zhou");
        const claims = decodeJwt(token);
        // The control: nothing is wrong but what was changed.
        expect((await backend.resource(await world.front.sign(claims))).status).toBe(200);
        const refused = await backend.resource(await world.front.sign(change(claims)));
        expect(refusal(refused)).toEqual({ status: 401, error: "token.invalid" });
      });

      test("refuses a token that another algorithm than ES256 signs, with what everybody knows as the key", async () => {
        const { token } = await signIn(backend, pool, "chan");
        const claims = decodeJwt(token);
        const { kid } = decodeProtectedHeader(token);
        const jwk = await world.front.publicJwk();
        const forged = [JSON.stringify(jwk), jwk.x ?? "", pool.id].map((key) =>
          signed({ alg: "HS256", kid }, claims, key),
        );
        forged.push(`${encoded({ alg: "none", kid })}.${encoded(claims)}.`, signed({ alg: "none", kid }, claims, ""));
        forged.push(`${encoded({ alg: "ES256", kid })}.${encoded(claims)}.`);
        // A signature of two zeros is right for any message where nobody checks its range.
        forged.push(`${encoded({ alg: "ES256", kid })}.${encoded(claims)}.${Buffer.alloc(64).toString("base64url")}`);
        const [header, payload, signature = ""] = token.split(".");
        forged.push(`${header}.${encoded({ ...claims, sub: "0".repeat(24) })}.${signature}`);
        forged.push(`${header}.${payload}.${"A".repeat(signature.length)}`);
        for (const one of forged) {
          expect(refusal(await backend.resource(one))).toEqual({ status: 401, error: "token.invalid" });
        }
        expect((await backend.resource(token)).status).toBe(200);
      });

      test("accepts every token while the pool's key is announced, signs, and its follower replaces it", async () => {
        const first = await signIn(backend, pool, "wang");
        expect((await backend.resource(first.token)).status).toBe(200);
        await rotate(pool);
        await rotate(pool, { activateNow: true });
        const second = await signIn(backend, pool, "wang");
        expect(kidOf(second.token)).not.toBe(kidOf(first.token));
        expect((await backend.resource(second.token)).status).toBe(200);
        expect((await backend.resource(first.token)).status).toBe(200);
        // A key that leaked: what it signed is void from the moment the backend asks for the keys again.
        await rotate(pool, { dropFormer: true });
        const third = await signIn(backend, pool, "wang");
        expect((await backend.resource(third.token)).status).toBe(200);
        expect(refusal(await backend.resource(second.token))).toEqual({ status: 401, error: "token.invalid" });
      });

      test("sees in the session what the token alone does not say: that it was revoked", async () => {
        const { token, session } = await signIn(backend, pool, "devtools");
        expect((await backend.me(session)).status).toBe(200);
        await world.revoke(pool, token);
        expect(refusal(await backend.me(session))).toEqual({ status: 401, error: "session.invalid" });
        expect((await backend.resource(token)).status).toBe(200);
      });

      test("ends the session of a person who is blocked, and lets them in no more", async () => {
        const { session, userId } = await signIn(backend, pool, "devtools");
        await world.admin("PATCH", `/pools/${pool.id}/users/${userId}`, { blocked: true });
        expect(refusal(await backend.me(session))).toEqual({ status: 401, error: "session.invalid" });
        await world.admin("PATCH", `/pools/${pool.id}/users/${userId}`, { blocked: false });
        // A session that ended does not come back to life.
        expect((await backend.me(session)).status).toBe(401);
        const ticket = await ticketOf(pool, "devtools");
        await world.admin("PATCH", `/pools/${pool.id}/users/${userId}`, { blocked: true });
        expect(refusal(await backend.login({ ticket }))).toEqual({ status: 403, error: "user.blocked" });
      });

      test("signs out: the session ends, the cookie goes, the token is revoked; once more does no harm", async () => {
        const [mine, theirs] = [await signIn(backend, pool, "chan"), await signIn(backend, pool, "zhou")];
        const answer = await backend.logout(mine.session);
        expect(answer.status).toBe(204);
        expect(answer.headers.get("set-cookie")).toMatch(/^session=[^;]{0,8};/);
        expect((await backend.me(mine.session)).status).toBe(401);
        expect(await world.isActive(pool, mine.token)).toBe(false);
        expect((await backend.logout(mine.session)).status).toBe(204);
        expect((await backend.me(theirs.session)).status).toBe(200);
      });

      test("blames nobody while the auth server cannot be reached, and goes on afterwards", async () => {
        const { token, session } = await signIn(backend, pool, "zhou");
        const ticket = await ticketOf(pool, "chan");
        expect((await backend.resource(token)).status).toBe(200);
        const unavailable = { status: 503, error: "auth_server.unavailable" };
        world.front.isCut = true;
        try {
          expect(refusal(await backend.login({ ticket }))).toEqual(unavailable);
          expect(refusal(await backend.me(session))).toEqual(unavailable);
          expect(refusal(await backend.logout(session))).toEqual(unavailable);
          expect((await backend.resource(token)).status).toBe(200);
        } finally {
          world.front.isCut = false;
        }
        expect((await backend.me(session)).status).toBe(200);
        expect((await backend.login({ ticket })).status).toBe(200);
        expect((await backend.logout(session)).status).toBe(204);
      });
    });

    test("takes a page that stands where the auth server's answer belongs for no answer, and tells nobody what is on it", async () => {
      const pool = await world.createPool("ES256");
      const backend = await start(pool);
      const { token, session } = await signIn(backend, pool);
      const ticket = await ticketOf(pool, "chan");
      const unavailable = { status: 503, error: "auth_server.unavailable" };
      world.front.isEcho = true;
      try {
        expect(refusal(await backend.login({ ticket }))).toEqual(unavailable);
        expect(refusal(await backend.me(session))).toEqual(unavailable);
        expect(refusal(await backend.resource(token))).toEqual(unavailable);
      } finally {
        world.front.isEcho = false;
      }
      expect((await backend.login({ ticket })).status).toBe(200);
    });

    test("asks for the keys once, however many unknown ones are tried, and says 503 as long as it has none", async () => {
      const pool = await world.createPool("ES256");
      const backend = await start(pool);
      const { token } = await signIn(backend, pool);
      world.front.isCut = true;
      expect(refusal(await backend.resource(token))).toEqual({ status: 503, error: "auth_server.unavailable" });
      world.front.isCut = false;
      expect((await backend.resource(token)).status).toBe(200);
      const before = world.front.count(`jwks/${pool.id}`);
      const tries = Array.from({ length: 20 }, async (_, i) => {
        const made = await world.front.sign(decodeJwt(token), `made-up-${i}`);
        return (await backend.resource(made)).status;
      });
      expect(new Set(await Promise.all(tries))).toEqual(new Set([401]));
      expect(world.front.count(`jwks/${pool.id}`)).toBe(before);
    });

    test("forgets a key that leaked when its time is up, though nobody signed in since", async () => {
      const pool = await world.createPool("ES256");
      const backend = await start(pool, { JWKS_MAX_AGE_SECONDS: "0" });
      const { token } = await signIn(backend, pool);
      expect((await backend.resource(token)).status).toBe(200);
      await rotate(pool, { dropFormer: true });
      expect(refusal(await backend.resource(token))).toEqual({ status: 401, error: "token.invalid" });
      // Nor is it the person's fault when the backend asks for a pool that is not there.
      await world.admin("DELETE", `/pools/${pool.id}`);
      expect(refusal(await backend.resource(token))).toEqual({ status: 503, error: "auth_server.unavailable" });
    });

    describe("with the keys of an HS256 pool", () => {
      let pool: TestPool;
      let next: string;
      let backend: BackendProcess;
      beforeAll(async () => {
        pool = await world.createPool("HS256");
        next = await rotate(pool);
        // With the comma that stays behind when a former key is taken out.
        backend = await start(pool, { TOKEN_KEYS: `${next},${pool.tokenKey},` });
      });

      test("accepts tokens of the present key and, from the moment it signs, of the next", async () => {
        const first = await signIn(backend, pool);
        expect(await backend.resource(first.token)).toMatchObject({ status: 200, body: { userId: first.userId } });
        await rotate(pool, { activateNow: true });
        const second = await signIn(backend, pool);
        expect(kidOf(second.token)).not.toBe(kidOf(first.token));
        expect((await backend.resource(second.token)).status).toBe(200);
        expect((await backend.resource(first.token)).status).toBe(200);
        expect(world.front.count(`jwks/${pool.id}`)).toBe(0);
      });

      test("refuses what is expired, of another pool or server, of another key or algorithm", async () => {
        const { token } = await signIn(backend, pool, "zhou");
        const claims = decodeJwt(token);
        const header = { alg: "HS256", kid: kidOf(token) };
        expect((await backend.resource(signed(header, claims, next))).status).toBe(200);
        const neighbour = await world.createPool("HS256");
        const forged = [
          signed(header, { ...claims, exp: secondsFromNow(-61) }, next),
          signed(header, { ...claims, aud: neighbour.id }, next),
          signed(header, { ...claims, iss: `${world.front.origin}/${neighbour.id}` }, next),
          signed(header, { ...claims, exp: undefined }, next),
          signed(header, claims, neighbour.tokenKey),
          signed(header, claims, ""),
          await new SignJWT(claims).setProtectedHeader({ alg: "HS512" }).sign(Buffer.from(next.repeat(2))),
          signed({ ...header, alg: "HS512" }, claims, next, "sha512"),
          `${encoded({ alg: "none" })}.${encoded(claims)}.`,
          await world.front.sign(claims),
        ];
        for (const [i, one] of forged.entries()) {
          expect({ i, ...refusal(await backend.resource(one)) }).toEqual({ i, status: 401, error: "token.invalid" });
        }
      });

      test("takes a refusal of its own secret for its own fault, not the person's", async () => {
        const ticket = await ticketOf(pool, "zhou");
        await world.admin("POST", `/pools/${pool.id}/secret`);
        expect(refusal(await backend.login({ ticket }))).toEqual({ status: 503, error: "auth_server.unavailable" });
      });
    });
  });
}

interface SignedIn {
  token: string;
  /** As the app's cookie jar sends it. */
  session: string;
  userId: string;
}

function refusal({ status, body, headers }: Answer): { status: number; error: unknown } {
  expect(headers.get("set-cookie") ?? "").not.toMatch(/session=[\w-]{20}/);
  return { status, error: body["error"] };
}

function sessionOf({ headers }: Answer): string {
  return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

function kidOf(token: string): unknown {
  return decodeProtectedHeader(token).kid;
}

function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/** Signs with any key at all, which a library would not. */
function signed(header: object, claims: object, key: string, hash = "sha256"): string {
  const message = `${encoded(header)}.${encoded(claims)}`;
  return `${message}.${createHmac(hash, key).update(message).digest("base64url")}`;
}
