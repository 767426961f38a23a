"""Who went to a provider of identities and is not back yet. In memory: a restart ends it."""

from collections import Counter, OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tws.access.identity_provider import Asked, Client
from tws.access.memory import digest, new_token
from tws.access.model import Owner
from tws.organisation.actor import CompanyId

LASTS = timedelta(minutes=10)
MOST = 10_000
MOST_OF_ADDRESS = 1_000
"Whoever begins more than that pushes out his own, and nobody else's."


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


class PendingSignIns:
    def __init__(self) -> None:
        self._pending: OrderedDict[str, Pending] = OrderedDict()
        self._of_address: Counter[str] = Counter()

    def add(
        self, company: CompanyId, client: Client, asked: Asked, address: str, now: datetime
    ) -> str:
        """One more; what its browser's cookie holds."""
        browser = new_token()
        one = Pending(company, client, asked, digest(browser), address, now)
        while self._pending and now - next(iter(self._pending.values())).begun > LASTS:
            self._drop(next(iter(self._pending)))
        if self._of_address[address] >= MOST_OF_ADDRESS:
            self._drop(next(s for s, p in self._pending.items() if p.address == address))
        elif len(self._pending) >= MOST:
            self._drop(next(iter(self._pending)))
        self._keep(one)
        return browser

    def take(self, state: str, browser: str, now: datetime) -> Pending | None:
        """That one, which is over with it; None where there is none of that state for that
        browser. Of another browser's nothing is lost."""
        one = self._pending.get(state)
        if one is None or one.browser != digest(browser):
            return None
        self._drop(state)
        return one if now - one.begun <= LASTS else None

    def identified(self, one: Pending, owner: Owner) -> None:
        """Only a code is missing."""
        self._keep(replace(one, known=owner))
        self._pending.move_to_end(one.asked.state, last=False)  # its time goes on

    def identified_in(self, browser: str, now: datetime) -> Pending | None:
        """Whom a code is awaited from in that browser."""
        shown = digest(browser)
        found = (p for p in self._pending.values() if p.browser == shown and p.known)
        return next((p for p in found if now - p.begun <= LASTS), None)

    def over(self, one: Pending) -> None:
        if one.asked.state in self._pending:
            self._drop(one.asked.state)

    def _keep(self, one: Pending) -> None:
        self._pending[one.asked.state] = one
        self._of_address[one.address] += 1

    def _drop(self, state: str) -> None:
        one = self._pending.pop(state)
        self._of_address[one.address] -= 1
        if not self._of_address[one.address]:
            del self._of_address[one.address]
