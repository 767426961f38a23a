"""Google's token service, the People API v1 and the Calendar API v3 as they are documented:
assertions that are checked with the account's public key, pages, quotas, errors."""

import base64
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from tests.connectors.http_server import Reply, Request, Service, json_reply, serving
from tws.connectors.google.api import GRANT, Services

ACCOUNT = "apitws@project-1.iam.gserviceaccount.com"
DOMAIN = "arda.example"
PAGE = 2
SCOPES = (
    "https://www.googleapis.com/auth/contacts.readonly",
    "https://www.googleapis.com/auth/directory.readonly",
    "https://www.googleapis.com/auth/calendar.events.readonly",
)


def write_keys(folder: Path, private: RSAPrivateKey) -> None:
    """As the console of Google gives them: a JSON key, and a P12 key named as the guide says."""
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    said = {
        "type": "service_account",
        "private_key_id": "k1",
        "private_key": pem.decode(),
        "client_email": ACCOUNT,
        "token_uri": "http://elsewhere.invalid/token",
    }
    (folder / "key.json").write_text(json.dumps(said))
    packed = serialize_key_and_certificates(
        b"privatekey", private, None, None, BestAvailableEncryption(b"notasecret")
    )
    (folder / "api-google-apitws.p12").write_bytes(packed)


class GoogleServer:
    """`people`: of the domain's directory, and of each user's own contacts by his address.
    `events` of users' main calendars likewise, and `zone` of them all."""

    def __init__(self, private: RSAPrivateKey, people: Mapping[str, list[Any]]) -> None:
        self.public = private.public_key()
        self.people = people
        self.events: Mapping[str, list[Any]] = {}
        self.zone = "Europe/Paris"
        self.delegated = set(SCOPES)
        self.valid_for = 1_000_000
        self.busy = 0
        self.refused: Reply | None = None
        "What the API answers instead of people."
        self.claims: list[dict[str, Any]] = []
        self._used = 0
        self.service: Service

    @property
    def services(self) -> Services:
        return Services(f"{self.service.url}/token", self.service.url, self.service.url)

    def answer(self, request: Request) -> Reply:
        if request.path == "/token":
            return self._token(request)
        current = f"Bearer token{len(self.claims)}"
        if request.headers.get("authorization") != current or self._used >= self.valid_for:
            return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        self._used += 1
        if self.busy:
            self.busy -= 1
            return error(429, "RESOURCE_EXHAUSTED", "Quota exceeded for 'Critical reads'.")
        return self.refused or self._page(request)

    def _token(self, request: Request) -> Reply:
        form = request.form()
        assert form["grant_type"] == GRANT
        signed, _, signature = form["assertion"].rpartition(".")
        header, claims = (json.loads(decoded(part)) for part in signed.split("."))
        assert header["alg"] == "RS256"
        try:
            self.public.verify(decoded(signature), signed.encode(), PKCS1v15(), SHA256())
        except InvalidSignature:
            return oauth_error("invalid_grant", "Invalid JWT Signature.")
        assert claims["aud"] == self.services.tokens
        assert claims["iat"] - 60 < time.time() < claims["exp"] <= claims["iat"] + 3600
        if claims["iss"] != ACCOUNT:
            return oauth_error("invalid_grant", "Invalid grant: account not found")
        if claims["sub"] not in self.people:
            return oauth_error("invalid_grant", "Invalid email or User ID")
        if claims["scope"] not in self.delegated:
            words = "Client is unauthorized to retrieve access tokens using this method."
            return oauth_error("unauthorized_client", words, 401)
        self.claims.append(claims)
        self._used = 0
        given = {"access_token": f"token{len(self.claims)}", "expires_in": 3599}
        return json_reply({**given, "token_type": "Bearer"})

    def _page(self, request: Request) -> Reply:
        asked, acting = request.query, self.claims[-1]
        if request.path == "/calendar/v3/calendars/primary/events":
            return self._events(asked, acting)
        assert 1 <= int(asked["pageSize"]) <= 1000
        if request.path == "/v1/people/me/connections":
            assert acting["scope"] == SCOPES[0] and "names" in asked["personFields"]
            found, name = self.people[acting["sub"]], "connections"
        elif request.path == "/v1/people:listDirectoryPeople":
            assert acting["scope"] == SCOPES[1] and "names" in asked["readMask"]
            assert asked["sources"].startswith("DIRECTORY_SOURCE_TYPE_DOMAIN_")
            found, name = self.people["directory"], "people"
        else:
            return error(404, "NOT_FOUND", "Method not found.")
        first = int(asked.get("pageToken", "0"))
        more = {"nextPageToken": str(first + PAGE)} if first + PAGE < len(found) else {}
        some = {name: found[first : first + PAGE]} if found else {}
        return json_reply({**some, **more, "totalItems": len(found)})

    def _events(self, asked: Mapping[str, str], acting: Mapping[str, Any]) -> Reply:
        assert acting["scope"] == SCOPES[2] and asked["singleEvents"] == "true"
        for name in ("timeMin", "timeMax"):
            assert datetime.fromisoformat(asked[name]).tzinfo is not None
        found, first = self.events[acting["sub"]], int(asked.get("pageToken", "0"))
        more = {"nextPageToken": str(first + PAGE)} if first + PAGE < len(found) else {}
        about = {"kind": "calendar#events", "timeZone": self.zone}
        return json_reply({**about, **more, "items": found[first : first + PAGE]})


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def error(code: int, status: str, message: str, **headers: str) -> Reply:
    said = {"error": {"code": code, "message": message, "status": status}}
    return json_reply(said, code, **headers)


def oauth_error(code: str, description: str, status: int = 400) -> Reply:
    return json_reply({"error": code, "error_description": description}, status)


@contextmanager
def running_google(folder: Path, people: Mapping[str, list[Any]]) -> Iterator[GoogleServer]:
    private = generate_private_key(65537, 2048)
    write_keys(folder, private)
    server = GoogleServer(private, people)
    with serving(server.answer) as server.service:
        yield server
