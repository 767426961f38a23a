"""Who was refused at the door, in the audit log: not so often that a flood of them fills it."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from tws.organisation.actor import SYSTEM, CompanyId
from tws.records.transactions import transaction
from tws.storage import Storage, StorageUnavailable

AGAIN = timedelta(minutes=10)
"After which the same refusal is written once more."
MOST = 200
"In that time, of all of them; the log of the server has each."
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
        now, what = self._clock(), (method, account[:100], why, address)
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
