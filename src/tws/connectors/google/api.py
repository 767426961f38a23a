"""Google's services as a service account that acts for users of the domain (domain-wide
delegation): its key, its tokens and their pages. Directories and calendars use it."""

import base64
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from tws.connectors.files.company_folder import found, unreadable
from tws.connectors.http.client import Answer, Bearer, Http, throttles
from tws.connectors.http.oauth import token
from tws.forms import About
from tws.sources.errors import Misconfigured, Refused, SignInRefused

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
QUOTAS = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
LIFETIME = 3600
"Seconds of a token: the longest that Google grants."


@dataclass(frozen=True, slots=True)
class Services:
    """Where they are. Never what a key file says: an administrator of one company uploads it."""

    tokens: str = "https://oauth2.googleapis.com/token"
    people: str = "https://people.googleapis.com"
    calendar: str = "https://www.googleapis.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleSettings:
    """A service account with domain-wide delegation."""

    account: str = field(
        metadata=About(
            where=True, help="E-mail address of the service account, …gserviceaccount.com."
        )
    )
    domain: str = field(metadata=About(where=True, help="Google domain whose users are read."))
    key_file: str = field(
        default="",
        metadata=About(
            where=True,
            help="Its key, JSON or P12, in the company's folder; empty: api-google-NAME.p12.",
        ),
    )
    key_password: str = field(
        default="notasecret",
        metadata=About(secret=True, expert=True, help="Of a P12 key; Google's own is the same."),
    )

    @property
    def file(self) -> str:
        """As the guide names it, after the account (8.9)."""
        return self.key_file or f"api-google-{self.account.partition('@')[0]}.p12"


@dataclass(frozen=True, slots=True)
class Key:
    private: RSAPrivateKey
    id: str = ""

    def assertion(self, account: str, user: str, scope: str, audience: str, now: int) -> str:
        """A JWT by which the account asks to act for the user (RFC 7523)."""
        header = {"alg": "RS256", "typ": "JWT", **({"kid": self.id} if self.id else {})}
        claims = {
            "iss": account,
            "sub": user,
            "scope": scope,
            "aud": audience,
            "iat": now,
            "exp": now + LIFETIME,
        }
        signed = f"{_encoded(json.dumps(header))}.{_encoded(json.dumps(claims))}"
        signature = self.private.sign(signed.encode(), PKCS1v15(), SHA256())
        return f"{signed}.{_encoded(signature)}"


def key(given: GoogleSettings, files: Path) -> Key:
    """The key of the account; Misconfigured where the file is none, or another account's."""
    path = found(files, given.file)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    wrong = Misconfigured(
        "{file} is no key of a service account, or its password differs.", file=path.name
    )
    try:
        if content.lstrip().startswith(b"{"):
            said = json.loads(content)
            if said.get("client_email") not in (None, given.account):
                raise Misconfigured(
                    "{file} is a key of {found}, not of {account}.",
                    file=path.name,
                    found=str(said["client_email"]),
                    account=given.account,
                )
            private: object = load_pem_private_key(said["private_key"].encode(), None)
            identifier = str(said.get("private_key_id", ""))
        else:
            private = load_key_and_certificates(content, given.key_password.encode())[0]
            identifier = ""
    except (ValueError, KeyError, TypeError, AttributeError, UnsupportedAlgorithm):
        raise wrong from None
    if not isinstance(private, RSAPrivateKey):
        raise wrong
    return Key(private, identifier)


def client(
    given: GoogleSettings,
    files: Path,
    user: str,
    scope: str,
    origin: str,
    services: Services,
) -> Http:
    """Reads one service for one user of the domain. `scope`: several between blanks."""
    if user.rpartition("@")[2].lower() != given.domain.strip().lower():
        raise Misconfigured(
            "{user} is no user of the Google domain {domain}.", user=user, domain=given.domain
        )
    ours = key(given, files)

    def fetch() -> str:
        asked = ours.assertion(given.account, user, scope, services.tokens, int(time.time()))
        form = {"grant_type": GRANT, "assertion": asked}
        return token(services.tokens, form, secrets=[asked])

    headers = {"Accept": "application/json"}
    return Http(origin, auth=Bearer(fetch), headers=headers, busy=_busy)


def _busy(answer: Answer) -> bool:
    """The Calendar API has quotas that it answers with 403."""
    if answer.status != 403:
        return throttles(answer)
    try:
        reasons = {one["reason"] for one in json.loads(answer.content)["error"]["errors"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return bool(reasons & QUOTAS)


def items(
    http: Http, path: str, parameters: Mapping[str, str | list[str]], name: str
) -> Iterator[dict[str, Any]]:
    """Everything of a collection. An empty one has no `name` at all."""
    for page in pages(http, path, parameters, name):
        yield from page.get(name, [])


def pages(
    http: Http, path: str, parameters: Mapping[str, str | list[str]], name: str
) -> Iterator[dict[str, Any]]:
    """One after the other (`nextPageToken`), with what they say besides."""
    page = ""
    while True:
        more = {"pageToken": page} if page else {}
        answer = http.get(path, params={**parameters, **more})
        given = answer.json()
        found_ = given.get(name, []) if isinstance(given, dict) else None
        if not isinstance(found_, list):
            raise Misconfigured(
                "{host} answers without a list {name}.", host=answer.host, name=name
            )
        if not all(isinstance(one, dict) for one in found_):
            raise Misconfigured("The list holds something else than objects.")
        yield given
        page = str(given.get("nextPageToken") or "")
        if not page:
            return


def _encoded(text: str | bytes) -> str:
    raw = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def of_user(error: SignInRefused) -> Refused:
    """What concerns one user and not the account is no reason to stop asking with it."""
    return Refused(error.said) if "invalid_grant" in str(error) else error
