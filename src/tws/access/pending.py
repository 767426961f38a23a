"""Who went to a provider of identities and is not back yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from tws.access.awaited import Awaited, Everywhere
from tws.access.identity_provider import Asked, Client
from tws.access.memory import digest, new_token
from tws.access.model import Owner
from tws.bus import Bus
from tws.organisation.actor import CompanyId

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pending:
    company: CompanyId
    client: Client
    asked: Asked
    browser: str
    "Digest of what the cookie holds."
    address: str
    begun: datetime
    known: Owner | None = None
    "Who it is, once only the second factor is missing."


class _Told(Struct, frozen=True):
    """One on the wire between nodes, without what the provider knows TWS by."""

    pending: Pending
    secret: str
    "Its digest."


_told = msgspec.msgpack.Decoder(_Told)


def _written(one: Pending) -> bytes:
    without = replace(one, client=replace(one.client, client_secret=""))
    return msgspec.msgpack.encode(_Told(without, digest(one.client.client_secret)))


class PendingSignIns:
    def __init__(self, bus: Bus, secret_of: Callable[[CompanyId], str | None]) -> None:
        """`secret_of`: of the client that TWS is for a company now; it is told to no other
        node."""
        self._secret_of = secret_of
        self._pending = Awaited(
            LASTS, Everywhere(bus, "sign-ins by OpenID Connect", _written, self._read)
        )

    def _read(self, told: bytes) -> Pending | None:
        """None where the provider was changed meanwhile."""
        one = _told.decode(told)
        secret = self._secret_of(one.pending.company)
        if secret is None or digest(secret) != one.secret:
            return None
        return replace(one.pending, client=replace(one.pending.client, client_secret=secret))

    def add(
        self, company: CompanyId, client: Client, asked: Asked, address: str, now: datetime
    ) -> str:
        """One more; what its browser's cookie holds."""
        browser = new_token()
        one = Pending(company, client, asked, digest(browser), address, now)
        self._pending.add(asked.state, one)
        return browser

    def take(self, state: str, browser: str, now: datetime) -> Pending | None:
        """That one, which is over with it; None where there is none of that state for that
        browser. Of another browser's nothing is lost."""
        one = self._pending.get(state)
        if one is None or one.browser != digest(browser):
            return None
        self._pending.drop(state)
        return one if self._pending.in_time(one, now) else None

    def identified(self, one: Pending, owner: Owner) -> None:
        """Only a code is missing."""
        self._pending.put_back(one.asked.state, replace(one, known=owner))

    def identified_in(self, browser: str, now: datetime) -> Pending | None:
        """Whom a code is awaited from in that browser."""
        shown = digest(browser)
        found = (p for p in self._pending if p.browser == shown and p.known)
        return next((p for p in found if self._pending.in_time(p, now)), None)

    def over(self, one: Pending) -> None:
        self._pending.drop(one.asked.state)
