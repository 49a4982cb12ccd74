import os
import re
import secrets
import threading
import time
from typing import Optional

import httpx
import jwt
from fastapi import Body, Cookie, FastAPI, Header, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

AUTH_ORIGIN = os.environ["AUTH_ORIGIN"]
USER_POOL_ID = os.environ["USER_POOL_ID"]
ISSUER = f"{AUTH_ORIGIN}/{USER_POOL_ID}"
POOL_SECRET = os.environ["POOL_SECRET"]
TOKEN_KEYS = os.environ.get("TOKEN_KEYS")
JWKS_MAX_AGE_SECONDS = float(os.environ.get("JWKS_MAX_AGE_SECONDS", "300"))
JWKS_COOLDOWN_SECONDS = float(os.environ.get("JWKS_COOLDOWN_SECONDS", "30"))

app = FastAPI(openapi_url=None)
client = httpx.Client(timeout=5)


class Refusal(Exception):
    """What the caller is told: an HTTP status and a code."""

    def __init__(self, status: int, code: str):
        self.status, self.code = status, code


@app.exception_handler(Refusal)
def refuse(_request, refusal: Refusal):
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else None
    return JSONResponse({"error": refusal.code}, refusal.status, headers)


@app.exception_handler(RequestValidationError)
def refuse_invalid(request, _error):
    return refuse(request, Refusal(400, "request.invalid"))


def reach(method: str, url: str, **body) -> dict:
    """The auth server's answer; 503 when it gives none, or one that is not the caller's fault, such as for a wrong POOL_SECRET."""
    try:
        response = client.request(method, url, **body)
        answer, status = response.json(), response.status_code
        if status in (401, 404) or status >= 500:
            raise ValueError(status)
    except (httpx.HTTPError, ValueError) as error:
        print(f"{url}: {error!r}", flush=True)
        raise Refusal(503, "auth_server.unavailable")
    if status != 200:
        raise Refusal(status, answer["error"])
    return answer


def ask(call: str, **fields) -> dict:
    """Calls the auth server as the pool."""
    return reach("POST", f"{AUTH_ORIGIN}/oauth/{call}/{USER_POOL_ID}", json={**fields, "secret": POOL_SECRET})


class PublicKeys:
    """The pool's public keys by their ids."""

    def __init__(self):
        self.keys, self.asked_at, self.lock = {}, float("-inf"), threading.Lock()

    def get(self, kid: Optional[str]):
        with self.lock:
            age = time.monotonic() - self.asked_at
            # An unknown key is looked for, but nobody who makes up keys can have that done more often.
            if age >= JWKS_MAX_AGE_SECONDS or (kid not in self.keys and age >= JWKS_COOLDOWN_SECONDS):
                configuration = reach("GET", f"{ISSUER}/.well-known/openid-configuration")
                published = jwt.PyJWKSet.from_dict(reach("GET", configuration["jwks_uri"]))
                self.keys = {key.key_id: key.key for key in published.keys}
                self.asked_at = time.monotonic()
            return self.keys.get(kid)


public_keys = PublicKeys()


def claims_of(token: str) -> dict:
    """The claims of a token that the pool signed and that has not expired. Whether it was revoked, only introspection knows."""
    # The configuration names the algorithm, never a token.
    algorithm = "HS256" if TOKEN_KEYS else "ES256"
    try:
        keys = TOKEN_KEYS.split(",") if TOKEN_KEYS else [public_keys.get(jwt.get_unverified_header(token).get("kid"))]
    except jwt.InvalidTokenError:
        keys = []
    for key in filter(None, keys):
        try:
            return jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                issuer=ISSUER,
                audience=USER_POOL_ID,
                # An id_token has no jti: it is for the app alone.
                options={"require": ["exp", "iss", "aud", "sub", "jti"]},
            )
        except jwt.InvalidTokenError:
            continue
    raise Refusal(401, "token.invalid")


# Here, they end with the process: yours belong into your database.
sessions: dict = {}


@app.post("/login")
def login(response: Response, body: dict = Body()):
    """The app hands over the ticket, and the verifier of the challenge it launched with. It has compared `state` itself."""
    answer = ask("app2wxapp/auth", ticket=body.get("ticket"), codeVerifier=body.get("codeVerifier"))
    user = {"id": answer["_id"], "nickname": answer["nickname"], "photo": answer["photo"], "phone": answer["phone"]}
    session_id = secrets.token_urlsafe(32)
    sessions[session_id] = {"user": user, "token": answer["token"]}
    lifetime = jwt.decode(answer["token"], options={"verify_signature": False})["exp"] - int(time.time())
    response.set_cookie("session", session_id, max_age=lifetime, httponly=True, secure=True, samesite="lax")
    return sessions[session_id]


@app.get("/me")
def me(session: str = Cookie("")):
    known = sessions.get(session)
    if known is None:
        raise Refusal(401, "session.invalid")
    if not ask("introspect", token=known["token"])["active"]:
        sessions.pop(session, None)
        raise Refusal(401, "session.invalid")
    return {"user": known["user"]}


@app.post("/logout", status_code=204)
def logout(response: Response, session: str = Cookie("")):
    # First: who is told that they are signed out must not leave a token behind.
    known = sessions.get(session)
    if known is not None:
        ask("revoke", token=known["token"])
    sessions.pop(session, None)
    response.delete_cookie("session", httponly=True, secure=True, samesite="lax")


@app.get("/api/resource")
def resource(authorization: str = Header("")):
    """What a client carries its token to."""
    bearer = re.fullmatch(r"Bearer +(\S+)", authorization, re.IGNORECASE)
    return {"userId": claims_of(bearer[1] if bearer else "")["sub"]}
