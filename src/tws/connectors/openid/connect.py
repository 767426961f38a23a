"""OpenID Connect: the authorization code flow with PKCE (RFC 6749, 4.1; RFC 7636; RFC 9207)."""

import asyncio
import base64
import contextlib
import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote_plus

import httpx

from tws.access.identity_provider import Asked, Client, Failure, NotIdentified
from tws.connectors.openid.asking import Answer, Asking, away
from tws.connectors.openid.id_token import Expected, UnknownKey, claims_of, signs, untrusted
from tws.connectors.openid.issuer import Issuer, Metadata
from tws.sentences import sentence

AT_ONCE, WAITING = 8, 64
"Of one provider: how many are asked for at a time, and may wait for that."
MOST_ISSUERS = 100
LONGEST_WORDS = 200


class OpenIdConnect:
    def __init__(self) -> None:
        self._asking = Asking()
        self._issuers: OrderedDict[str, _Counter] = OrderedDict()

    async def begin(self, client: Client, callback: str) -> Asked:
        async with self._at(client.issuer) as issuer:
            metadata = await issuer.metadata()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = {
            "response_type": "code",
            "client_id": client.client_id,
            "redirect_uri": callback,
            "scope": client.scopes,
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        try:
            url = httpx.URL(metadata.authorization_endpoint).copy_merge_params(asked)
        except httpx.InvalidURL as error:
            raise away("its authorization_endpoint is no address") from error
        return Asked(str(url), callback, state, nonce, verifier)

    async def finish(
        self, client: Client, asked: Asked, answer: Mapping[str, str]
    ) -> Mapping[str, object]:
        async with self._at(client.issuer) as issuer:
            metadata = await issuer.metadata()
            if answer.get("iss", None if metadata.names_itself else issuer.name) != issuer.name:
                raise untrusted("another provider answers (iss)")
            if "error" in answer:
                said = f"{answer['error']}: {answer.get('error_description', '')}"
                raise NotIdentified(Failure.REFUSED, said[:LONGEST_WORDS])
            if not answer.get("code"):
                raise untrusted("it answers without a code")
            tokens = await self._tokens(client, asked, metadata, answer["code"])
            claims = await self._claims(client, asked, issuer, tokens)
            return await self._completed(client, metadata, claims, tokens["access_token"])

    async def reach(self, client: Client) -> int:
        """Not by what was kept: whether it answers now."""
        keys = await Issuer(client.issuer, self._asking).keys()
        usable = sum(1 for key in keys if signs(key))
        if not usable:
            raise untrusted(
                sentence("{issuer} has no key by which TWS can check.", issuer=client.issuer)
            )
        return usable

    async def _tokens(
        self, client: Client, asked: Asked, metadata: Metadata, code: str
    ) -> Mapping[str, str]:
        """The ID token, and the access token that comes with it."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asked.callback,
            "code_verifier": asked.verifier,
        }
        basic = None
        if client.client_secret and not metadata.posts_secret:
            # Both are written as in a form first (RFC 6749, 2.3.1).
            basic = httpx.BasicAuth(quote_plus(client.client_id), quote_plus(client.client_secret))
        else:
            form["client_id"] = client.client_id
            if client.client_secret:
                form["client_secret"] = client.client_secret
        answer = await self._asking.post(metadata.token_endpoint, form, basic)
        given = {name: answer.content.get(name) for name in ("id_token", "access_token")}
        if answer.status != 200:
            raise _no_tokens(answer)
        found = {name: token for name, token in given.items() if isinstance(token, str)}
        if found.keys() != given.keys():
            raise untrusted(f"it gives no {' and no '.join(given.keys() - found.keys())}")
        return found

    async def _claims(
        self, client: Client, asked: Asked, issuer: Issuer, tokens: Mapping[str, str]
    ) -> Mapping[str, object]:
        """Keys change: they are read again, once, where one is not among them."""
        expected = Expected(
            issuer=issuer.name,
            client_id=client.client_id,
            nonce=asked.nonce,
            access_token=tokens["access_token"],
            now=time.time(),
        )
        keys = await issuer.keys()
        try:
            return claims_of(tokens["id_token"], keys, expected)
        except UnknownKey:
            return claims_of(tokens["id_token"], await issuer.keys(but=keys), expected)

    async def _completed(
        self, client: Client, metadata: Metadata, claims: Mapping[str, object], token: str
    ) -> Mapping[str, object]:
        """With what some providers tell only who asks for it (Core, 5.3)."""
        if client.claims <= claims.keys() or metadata.userinfo_endpoint is None:
            return claims
        more = await self._asking.get(metadata.userinfo_endpoint, token)
        if more.get("sub") != claims["sub"]:
            raise untrusted("its userinfo is about somebody else")
        if client.claims & claims.keys():
            # What belongs together, an address and that it was verified, is taken from one place.
            return {**claims, **{name: more.get(name) for name in client.claims}}
        return {**more, **claims}

    @contextlib.asynccontextmanager
    async def _at(self, name: str) -> AsyncIterator[Issuer]:
        """In turn: a provider that stalls holds up nobody else's users, and no more than these."""
        counter = self._issuers.setdefault(name, _Counter(Issuer(name, self._asking)))
        self._issuers.move_to_end(name)
        if len(self._issuers) > MOST_ISSUERS:
            self._issuers.popitem(last=False)
        async with counter.turn() as issuer:
            yield issuer


class _Counter:
    def __init__(self, issuer: Issuer) -> None:
        self._issuer, self._free, self._inside = issuer, asyncio.Semaphore(AT_ONCE), 0

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[Issuer]:
        if self._inside >= AT_ONCE + WAITING:
            raise NotIdentified(Failure.BUSY, "too many are signing in")
        self._inside += 1
        try:
            async with self._free:
                yield self._issuer
        finally:
            self._inside -= 1


def _challenge(verifier: str) -> str:
    """RFC 7636, 4.2: S256."""
    hashed = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


def _no_tokens(answer: Answer) -> NotIdentified:
    """A refused code is no fault of whoever signs in, but for trying it twice."""
    said: Any = answer.content.get("error_description") or answer.content.get("error")
    return away(f"its token endpoint answers {answer.status}: {str(said)[:LONGEST_WORDS]}")
