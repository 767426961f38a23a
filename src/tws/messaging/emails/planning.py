"""What one user is to be told now, what later, and what never: read, and nothing changed."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from tws.journal.told import legs_of, unheard
from tws.mail.servers import MailServers
from tws.messaging.emails import letters, store
from tws.messaging.emails.missed import Sorted, sort
from tws.messaging.emails.model import LONGEST_CALL, PACE, TOO_OLD, Notice, NoticeKind, Wish
from tws.numbering import same_number
from tws.organisation.actor import UserId
from tws.organisation.parameters.catalogue.caller import VM_NUMBER
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.preferences.choices import MissedCallMails
from tws.organisation.registry import Registry
from tws.storage import Reader
from tws.telephony.model import ThreadId

NO_SERVER = timedelta(minutes=10)
"Until it is looked again whether there is a mail server."

GoingOn = Callable[[], Collection[ThreadId]]
"The threads that still have a call, as the PBXs tell it."


class Plan(Struct, frozen=True, kw_only=True):
    """What becomes of notices of one kind."""

    letter: letters.Written | None = None
    told: Collection[str] = ()
    "By the letter."
    dropped: Collection[str] = ()
    "What nobody is told any more."
    awaited: Collection[ThreadId] = ()
    "Calls whose end decides."
    wait: timedelta | None = None
    "Until it is to be looked at again; None = something will happen first, or there is nothing."


class Planner:
    def __init__(
        self, registry: Registry, servers: MailServers, threads: GoingOn, page: str | None
    ) -> None:
        """`page`: the address of the Caller."""
        self._registry, self._servers, self._threads = registry, servers, threads
        self._parameters, self._page = Parameters(registry), page

    async def missed(
        self, reader: Reader, wish: Wish | None, notices: Sequence[Notice], now: datetime
    ) -> Plan:
        if wish is None or wish.missed_calls is MissedCallMails.NEVER:
            return Plan(dropped=_ids(notices))
        young = _young(notices, now)
        found = await self._sorted(reader, wish, young, now) if young else Sorted()
        dropped = [*found.settled, *(_ids(notices) - _ids(young))]
        if found.first is None:
            wait = LONGEST_CALL if found.going_on else None
            return Plan(dropped=dropped, awaited=found.going_on, wait=wait)
        digest = wish.missed_calls is MissedCallMails.DIGEST
        gather = timedelta(minutes=wish.minutes) if digest else timedelta(0)
        wait = await self._wait(reader, wish, NoticeKind.MISSED, found.first, now, gather)
        if wait is not None:
            return Plan(dropped=dropped, awaited=found.going_on, wait=wait)
        return Plan(
            letter=letters.of_missed(wish, found.entries, self._page),
            told=found.ids,
            dropped=dropped,
            awaited=found.going_on,
            wait=LONGEST_CALL if found.going_on else None,
        )

    async def voice(
        self, reader: Reader, wish: Wish | None, notices: Sequence[Notice], now: datetime
    ) -> Plan:
        if wish is None or not wish.voice_messages:
            return Plan(dropped=_ids(notices))
        young = _young(notices, now)
        came = await unheard(reader, _ids(young)) if young else []
        told = {one.id for one in came}
        dropped = _ids(notices) - told
        if not came:
            return Plan(dropped=dropped)
        wait = await self._wait(reader, wish, NoticeKind.VOICE, came[0].at, now)
        if wait is not None:
            return Plan(dropped=dropped, wait=wait)
        devices = self._registry.devices_of(wish.user.id)
        numbers: dict[str, str] = {row.id: row.number for row in devices}
        voice_mail = self._voice_mail(wish.user.id)
        letter = letters.of_voice(wish, came, numbers, voice_mail, self._page)
        return Plan(letter=letter, told=told, dropped=dropped)

    async def _sorted(
        self, reader: Reader, wish: Wish, notices: Sequence[Notice], now: datetime
    ) -> Sorted:
        threads = {notice.thread for notice in notices}
        since = min(notice.began for notice in notices) - LONGEST_CALL
        legs = await legs_of(reader, wish.user.company, threads, since)
        own = self._voice_mail(wish.user.id)

        def voice_mail(number: str) -> bool:
            return bool(own) and same_number(number, own, wish.domain)

        return sort(notices, legs, self._threads().__contains__, voice_mail, now)

    async def _wait(
        self,
        reader: Reader,
        wish: Wish,
        kind: NoticeKind,
        first: datetime,
        now: datetime,
        gather: timedelta = timedelta(0),
    ) -> timedelta | None:
        """Until a mail of that kind may go; None = now. `first`: when the first of what it is to
        tell happened; where the clock was set back since nobody knows how long ago that is."""
        if not self._servers.set_up(wish.user.company, wish.user.id):
            return NO_SERVER
        due = first + gather if first <= now else now
        last = await store.told_at(reader, wish.user.id, kind)
        if last is not None and last <= now:  # not where the clock was set back
            due = max(due, last + PACE)
        return due - now if due > now else None

    def _voice_mail(self, user: UserId) -> str:
        return str(self._parameters.effective(user, VM_NUMBER))


def _young(notices: Sequence[Notice], now: datetime) -> list[Notice]:
    return [notice for notice in notices if now - notice.at < TOO_OLD]


def _ids(notices: Sequence[Notice]) -> set[str]:
    return {notice.id for notice in notices}
