"""What a provider says of itself (OpenID Connect Discovery 1.0), and the keys that it signs with,
kept for a while."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tws.access.identity_provider import Failure, NotIdentified
from tws.connectors.openid.asking import Asking, away
from tws.organisation.parameters.checking import private
from tws.sentences import sentence

WELL_KNOWN = "/.well-known/openid-configuration"
KEPT = 3600.0
"Seconds."
MOST_KEYS = 100
Key = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Metadata:
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    posts_secret: bool
    "A client says who it is in the body, and not by HTTP Basic."
    names_itself: bool
    "In what browsers come back with (RFC 9207)."


class Issuer:
    def __init__(self, name: str, asking: Asking, clock: Callable[[], float] = time.monotonic):
        self.name, self._asking, self._clock = name, asking, clock
        self._lock = asyncio.Lock()
        self._metadata: Metadata | None = None
        self._keys: Sequence[Key] | None = None
        self._until = 0.0

    async def metadata(self) -> Metadata:
        """NotIdentified."""
        async with self._lock:
            return await self._current()

    async def keys(self, but: Sequence[Key] | None = None) -> Sequence[Key]:
        """Others than `but`, which lacked one; NotIdentified."""
        async with self._lock:
            metadata = await self._current()
            if self._keys is None or self._keys is but:
                found = (await self._asking.get(metadata.jwks_uri)).get("keys")
                if not isinstance(found, list):
                    raise away(sentence("{url} has no keys.", url=metadata.jwks_uri))
                self._keys = [key for key in found[:MOST_KEYS] if isinstance(key, dict)]
            return self._keys

    async def _current(self) -> Metadata:
        if self._metadata is None or self._clock() >= self._until:
            told = await self._asking.get(self.name.removesuffix("/") + WELL_KNOWN)
            self._metadata, self._keys = metadata_of(self.name, told), None
            self._until = self._clock() + KEPT
        return self._metadata


def metadata_of(issuer: str, told: Mapping[str, Any]) -> Metadata:
    """NotIdentified where it is another's, or leads where anybody may listen."""
    if told.get("issuer") != issuer:
        said = str(told.get("issuer"))[:200]
        words = sentence("{issuer} calls itself {name}.", issuer=issuer, name=said)
        raise NotIdentified(Failure.UNTRUSTED, words)
    ways = told.get("token_endpoint_auth_methods_supported")
    basic = not isinstance(ways, list) or "client_secret_basic" in ways
    return Metadata(
        authorization_endpoint=_endpoint(issuer, told, "authorization_endpoint"),
        token_endpoint=_endpoint(issuer, told, "token_endpoint"),
        jwks_uri=_endpoint(issuer, told, "jwks_uri"),
        userinfo_endpoint=(
            _endpoint(issuer, told, "userinfo_endpoint") if "userinfo_endpoint" in told else None
        ),
        posts_secret=not basic,
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )


def _endpoint(issuer: str, told: Mapping[str, Any], name: str) -> str:
    url = told.get(name)
    plain = issuer.startswith("http:")
    if not isinstance(url, str) or not private(url) or (url.startswith("http:") and not plain):
        words = sentence("{issuer} has no {endpoint} that is safe.", issuer=issuer, endpoint=name)
        raise NotIdentified(Failure.UNTRUSTED, words)
    return url
