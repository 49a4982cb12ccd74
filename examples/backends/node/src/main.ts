import { randomBytes } from "node:crypto";
import express, { type ErrorRequestHandler } from "express";
import { createRemoteJWKSet, customFetch, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";

const { AUTH_ORIGIN, USER_POOL_ID, POOL_SECRET, TOKEN_KEYS, PORT = "3000" } = process.env;
const { JWKS_MAX_AGE_SECONDS = "300", JWKS_COOLDOWN_SECONDS = "30" } = process.env;
const ISSUER = `${AUTH_ORIGIN}/${USER_POOL_ID}`;
const PATIENCE_MILLISECONDS = 5000;

/** What the caller is told: an HTTP status and a code. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

/** The auth server's answer; 503 when it gives none, or one that is not the caller's fault, such as for a wrong POOL_SECRET. */
async function reach(url: string, init: RequestInit = {}): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const response = await fetch(url, { ...init, signal }).catch((error: Error) => error);
  if (
    response instanceof Error ||
    [401, 404].includes(response.status) ||
    response.status >= 500 ||
    !isJson(response)
  ) {
    console.error(`${new URL(url).pathname}: ${response instanceof Error ? String(response.cause) : response.status}`);
    throw new Refusal(503, "auth_server.unavailable");
  }
  return response;
}

const isJson = ({ headers }: Response) => /json/.test(headers.get("content-type") ?? "");

/** Calls the auth server as the pool. */
async function ask(call: string, body: object): Promise<Record<string, unknown>> {
  const response = await reach(`${AUTH_ORIGIN}/oauth/${call}/${USER_POOL_ID}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...body, secret: POOL_SECRET }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Refusal(response.status, String(answer["error"]));
  return answer;
}

let published: JWTVerifyGetKey | undefined;

/** Finds the pool's public key that a token names. */
const publicKey: JWTVerifyGetKey = async (header, token) => {
  if (!published) {
    const response = await reach(`${ISSUER}/.well-known/openid-configuration`);
    const { jwks_uri: address } = (await response.json()) as { jwks_uri: string };
    published = createRemoteJWKSet(new URL(address), {
      cacheMaxAge: Number(JWKS_MAX_AGE_SECONDS) * 1000,
      // An unknown key is looked for, but nobody who makes up keys can have that done more often.
      cooldownDuration: Number(JWKS_COOLDOWN_SECONDS) * 1000,
      [customFetch]: reach,
    });
  }
  return published(header, token);
};

/** The pool's HS256 keys, the present and the next, or its public ones. The configuration names the algorithm, never a token. */
const ALGORITHM = TOKEN_KEYS ? "HS256" : "ES256";
const keys: JWTVerifyGetKey[] = TOKEN_KEYS
  ? TOKEN_KEYS.split(",")
      .filter(Boolean)
      .map((key) => async () => new TextEncoder().encode(key))
  : [publicKey];

/** The claims of a token that the pool signed and that has not expired. Whether it was revoked, only introspection knows. */
async function claimsOf(token: string): Promise<JWTPayload> {
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: USER_POOL_ID!,
        // An id_token has no jti: it is for the app alone.
        requiredClaims: ["exp", "sub", "jti"],
      });
      return payload;
    } catch (error) {
      if (error instanceof Refusal) throw error;
    }
  }
  throw new Refusal(401, "token.invalid");
}

interface Session {
  user: { id: unknown; nickname: unknown; photo: unknown; phone: unknown };
  token: string;
}

/** Here, they end with the process: yours belong into your database. */
const sessions = new Map<string, Session>();

const idOf = (request: express.Request) => /(?:^|; )session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";

const COOKIE = { httpOnly: true, secure: true, sameSite: "lax" } as const;

const app = express();
app.disable("x-powered-by").use(express.json());

/** The app hands over the ticket, and the verifier of the challenge it launched with. It has compared `state` itself. */
app.post("/login", async (request, response) => {
  const { ticket, codeVerifier } = (request.body ?? {}) as Record<string, unknown>;
  const answer = await ask("app2wxapp/auth", { ticket, codeVerifier });
  const { _id, nickname, photo, phone, token, tokenExpiredAt } = answer;
  const session: Session = { user: { id: _id, nickname, photo, phone }, token: String(token) };
  const id = randomBytes(32).toString("base64url");
  sessions.set(id, session);
  response.cookie("session", id, { ...COOKIE, expires: new Date(String(tokenExpiredAt)) }).json(session);
});

app.get("/me", async (request, response) => {
  const session = sessions.get(idOf(request));
  if (!session) throw new Refusal(401, "session.invalid");
  const { active } = await ask("introspect", { token: session.token });
  if (!active) {
    sessions.delete(idOf(request));
    throw new Refusal(401, "session.invalid");
  }
  response.json({ user: session.user });
});

app.post("/logout", async (request, response) => {
  const session = sessions.get(idOf(request));
  // First: who is told that they are signed out must not leave a token behind.
  if (session) await ask("revoke", { token: session.token });
  sessions.delete(idOf(request));
  response.clearCookie("session", COOKIE).status(204).end();
});

/** What a client carries its token to. */
app.get("/api/resource", async (request, response) => {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const { sub } = await claimsOf(token ?? "");
  response.json({ userId: sub });
});

const onError: ErrorRequestHandler = (error: Error & { status?: number }, _request, response, _next) => {
  // Express says 400 of a body that is no JSON, 413 of one that is too long.
  const { status = 500 } = error;
  if (status === 500) console.error(error);
  if (status === 401) response.set("WWW-Authenticate", "Bearer");
  const code = status === 500 ? "server.unexpected" : "request.invalid";
  response.status(status).json({ error: error instanceof Refusal ? error.code : code });
};
app.use(onError);

app.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}`));
