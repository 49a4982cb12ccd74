"""A backend with Authlib: each line is a login, each answer the person's id or why the id_token is refused."""
import json
import sys

from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.oidc.core import CodeIDToken


def get(address):
    return OAuth2Session().request("GET", address, withhold_token=True).json()


def sign_in(login):
    at = get(login["issuer"] + "/.well-known/openid-configuration")
    session = OAuth2Session(
        login["clientId"], login["secret"], token_endpoint_auth_method=login["method"]
    )
    answer = f"https://backend.example.com/callback?code={login['ticket']}"
    token = session.fetch_token(
        at["token_endpoint"], authorization_response=answer, code_verifier=login["verifier"]
    )
    expected = login["expected"]
    keys = JsonWebKey.import_key_set(get(get(expected["issuer"] + "/.well-known/openid-configuration")["jwks_uri"]))
    claims = JsonWebToken(["ES256"]).decode(
        token["id_token"],
        keys,
        claims_cls=CodeIDToken,
        claims_options={
            "iss": {"essential": True, "value": expected["issuer"]},
            "aud": {"essential": True, "value": expected["audience"]},
        },
        claims_params={
            "nonce": expected["nonce"],
            "access_token": token["access_token"],
        },
    )
    claims.validate()
    info = session.get(at["userinfo_endpoint"]).json()
    assert info["sub"] == claims["sub"], "userinfo is of somebody else"
    return info["sub"]


for line in sys.stdin:
    try:
        print(sign_in(json.loads(line)), flush=True)
    except Exception as error:
        print("refused", type(error).__name__, error, flush=True)
