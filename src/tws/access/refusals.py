"""Who was refused at the door, in the audit log: not so often that a flood of them fills it."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog

from tws.access.errors import LoginRefused
from tws.errors import TooMany
from tws.organisation.actor import SYSTEM, CompanyId
from tws.records.transactions import transaction
from tws.storage import Storage, StorageUnavailable

AGAIN = timedelta(minutes=10)
"After which the same refusal is written once more."
MOST = 200
"In that time, of all of them; the log of the server has each."
BY_FORM = "form"
log = structlog.get_logger(__name__)


class Refusals:
    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage, self._clock = storage, clock
        self._written: OrderedDict[tuple[str, ...], datetime] = OrderedDict()

    async def note(
        self, method: str, account: str, why: str, address: str, company: CompanyId | None = None
    ) -> None:
        """`account`: as it called itself; empty where that is not known."""
        log.warning("not signed in", method=method, account=account, why=why, address=address)
        # Whatever was typed: half a surrogate or a NUL is no text to a database.
        called = account[:100].encode(errors="replace").decode().replace("\0", "?")
        now, what = self._clock(), (method, called, why, address)
        while self._written and now - next(iter(self._written.values())) > AGAIN:
            self._written.popitem(last=False)
        if what in self._written or len(self._written) >= MOST:
            return
        self._written[what] = now
        told = {"method": method, "why": why, "address": address}
        try:
            async with transaction(self._storage) as tx:
                await tx.audit(SYSTEM, "sign-in refused", what[1], None, told, company=company)
        except StorageUnavailable:
            del self._written[what]

    @asynccontextmanager
    async def noted(
        self, account: str, address: str, company: CompanyId | None = None
    ) -> AsyncIterator[None]:
        """What is refused within, by a form: a wrong password or code, or one try too many."""
        try:
            yield
        except (LoginRefused, TooMany) as refusal:
            why = str(refusal.why or refusal.code)
            await self.note(BY_FORM, account, why, address, company)
            raise
