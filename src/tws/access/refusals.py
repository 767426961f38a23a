"""Who was refused at the door, and which requests: in the audit log, not so often that a flood of
them fills it."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from tws.access.errors import LoginRefused
from tws.errors import TooMany
from tws.organisation.actor import SYSTEM, Actor, CompanyId
from tws.records.transactions import transaction
from tws.storage import Storage, StorageUnavailable
from tws.telemetry import personal

AGAIN = timedelta(minutes=10)
"After which the same refusal is written once more."
MOST = 200
"In that time, of all of a kind; the log of the server has each."
LONGEST = 200
"Characters of what a request named."
BY_FORM = "form"
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Written:
    at: datetime
    more: int = 0
    "How often it came again since."


class Seldom:
    """Says of what comes again and again when it is to be written."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._written: OrderedDict[tuple[str, ...], Written] = OrderedDict()

    def due(self, what: tuple[str, ...]) -> int:
        """How often it came since it was last written, this once counted; 0 = not now."""
        now, known = self._clock(), self._written.get(what)
        if known is not None and now - known.at <= AGAIN:
            known.more += 1
            return 0
        if known is None and len(self._written) >= MOST:
            oldest = next(iter(self._written))
            if now - self._written[oldest].at <= AGAIN:
                return 0
            del self._written[oldest]
        self._written[what] = Written(now)
        self._written.move_to_end(what)
        return 1 if known is None else known.more + 1

    def not_written(self, what: tuple[str, ...]) -> None:
        self._written.pop(what, None)


class Refusals:
    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self.sign_ins: Counter[tuple[str, str]] = Counter()
        "By how it was tried, and why it was refused."
        self.requests: Counter[str] = Counter()
        "By code."
        # Each kind has its own, so that a flood of one hides none of another.
        self._kinds: defaultdict[str, Seldom] = defaultdict(lambda: Seldom(clock))

    async def note(
        self, method: str, account: str, why: str, address: str, company: CompanyId | None = None
    ) -> None:
        """`account`: as it called itself; empty where that is not known."""
        self.sign_ins[method, why] += 1
        log.warning(
            "not signed in", method=method, account=personal(account), why=why, address=address
        )
        called, told = _text(account[:100]), {"method": method, "why": why, "address": address}
        seldom, what = self._kinds["sign-in"], (method, called, why, address)
        await self._write(seldom, what, SYSTEM, "sign-in refused", called, told, company)

    async def note_request(
        self, actor: Actor, code: str, address: str, about: Mapping[str, str]
    ) -> None:
        """`code`: of the problem that was answered; `about`: what the request named."""
        self.requests[code] += 1
        named = {name: _text(value[:LONGEST]) for name, value in about.items()}
        told = {"why": code, "address": address, **named}
        seldom, what = self._kinds[code], (actor.label, address)
        await self._write(seldom, what, actor, "request refused", code, told, actor.company)

    async def _write(
        self,
        seldom: Seldom,
        what: tuple[str, ...],
        actor: Actor,
        action: str,
        target: str,
        told: Mapping[str, object],
        company: CompanyId | None,
    ) -> None:
        """Where it is due; how often it came since, where that is more than once."""
        times = seldom.due(what)
        if not times:
            return
        told = {**told, "times": times} if times > 1 else told
        try:
            async with transaction(self._storage) as tx:
                await tx.audit(actor, action, target, None, told, company=company)
        except StorageUnavailable:
            seldom.not_written(what)

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


def _text(typed: str) -> str:
    """Whatever was typed: half a surrogate or a NUL is no text to a database."""
    return typed.encode(errors="replace").decode().replace("\0", "?")
