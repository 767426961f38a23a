"""An OpenID provider in which everything can be wrong, on loopback.

with running_provider() as provider:
    provider.url
    provider.sends_back(address)       # what a browser comes back with from there
    provider.claims["aud"] = "other"   # ... and what is wrong then
"""

import base64
import hashlib
import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from tests.connectors.http_server import Reply, Request, Service, json_reply, serving

CLIENT, SECRET = "tws at work", "a secret: of + work"
KINDS: dict[str, Callable[[], Any]] = {
    "RS256": lambda: RSAKey.generate_key(2048),
    "PS256": lambda: RSAKey.generate_key(2048),
    "ES256": lambda: ECKey.generate_key("P-256"),
    "EdDSA": lambda: OKPKey.generate_key("Ed25519"),
    "Ed25519": lambda: OKPKey.generate_key("Ed25519"),
    "HS256": lambda: OctKey.import_key(SECRET),
}


class _Any(jws.JWSRegistry):
    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]

    def check_header(self, header: dict[str, Any]) -> None:
        """It writes whatever it is told."""


ANY = _Any(strict_check_header=False)


@dataclass
class Provider:
    service: Service
    algorithm: str = "ES256"
    kid: str = "first"
    published: list[dict[str, Any]] = field(default_factory=list)
    "Its keys as others see them."
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    "Of the ID token, besides those that are right; None = it lacks that one."
    userinfo: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Callable[[], Reply]] = field(default_factory=dict)
    "By path: something else than is right."
    tampered: bool = False
    headers: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    "The last authorization request."

    @property
    def url(self) -> str:
        """By the name that is in the certificate."""
        return self.service.url.replace("https://127.0.0.1", "https://localhost")

    def turn_key(self, kid: str, algorithm: str = "ES256", *, publish: bool = True) -> None:
        """It signs with a new one, and has no other any more."""
        self.kid, self.algorithm = kid, algorithm
        self.key = KINDS[algorithm]()
        if publish:
            public = self.key.as_dict(private=False)
            self.published = [{**public, "kid": kid, "use": "sig"}]

    def sends_back(self, address: str, **more: str) -> dict[str, str]:
        """The query with which a browser that was sent to `address` comes back."""
        self.asked = dict(parse_qsl(urlsplit(address).query))
        return {"code": "good", "state": self.asked["state"], **more}

    # ------------------------------------------------------------ what it is asked

    def answer(self, request: Request) -> Reply:
        if request.path in self.answers:
            return self.answers[request.path]()
        match request.path:
            case "/.well-known/openid-configuration":
                return json_reply(self.told())
            case "/jwks":
                return json_reply({"keys": self.published})
            case "/token":
                return self._token(request)
            case "/userinfo":
                known = request.headers.get("authorization") == "Bearer access"
                return json_reply(self.userinfo, 200 if known else 401)
        return Reply(404)

    def told(self) -> dict[str, Any]:
        right = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize?tenant=1",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
        }
        return {**right, **self.metadata}

    def _token(self, request: Request) -> Reply:
        form = request.form()
        if not self._known(request, form):
            return json_reply({"error": "invalid_client"}, 401)
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        right = {
            "grant_type": "authorization_code",
            "code": "good",
            "redirect_uri": self.asked["redirect_uri"],
        }
        if challenge != self.asked["code_challenge"] or not right.items() <= form.items():
            return json_reply({"error": "invalid_grant"}, 400)
        return json_reply(
            {"id_token": self._id_token(), "access_token": "access", "token_type": "Bearer"}
        )

    def _known(self, request: Request, form: dict[str, str]) -> bool:
        shown = (form.get("client_id", ""), form.get("client_secret", ""))
        if (basic := request.headers.get("authorization", "")).startswith("Basic "):
            name, _, secret = base64.b64decode(basic[6:]).decode().partition(":")
            shown = (unquote_plus(name), unquote_plus(secret))
        return shown == (CLIENT, SECRET)

    def _id_token(self) -> str:
        now = int(time.time())
        half = hashlib.sha256(b"access").digest()[:16]
        claims: dict[str, Any] = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "one",
            "exp": now + 300,
            "iat": now,
            "nonce": self.asked["nonce"],
            "preferred_username": "alice",
        }
        if self.algorithm == "ES256":
            claims["at_hash"] = base64.urlsafe_b64encode(half).rstrip(b"=").decode()
        claims |= self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.kid, **self.headers}
        if self.algorithm == "none":
            return f"{_part(header)}.{_part(claims)}."
        token = jws.serialize_compact(header, json.dumps(claims), self.key, registry=ANY)
        if self.tampered:
            head, _, signature = token.split(".")
            return f"{head}.{_part(claims | {'preferred_username': 'bob'})}.{signature}"
        return token


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@contextmanager
def running_provider(tls: ssl.SSLContext | None = None) -> Iterator[Provider]:
    provider: Provider

    def answer(request: Request) -> Reply:
        return provider.answer(request)

    with serving(answer, tls) as service:
        provider = Provider(service)
        provider.turn_key("first")
        try:
            yield provider
        finally:
            service.let_go()
