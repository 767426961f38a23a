"""Notes what is to be told by e-mail as the journal writes it, in the same transaction: neither a
restart nor a database that was away loses any of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tws.journal.model import Leg, Outcome, VoiceNotice
from tws.messaging.emails import store
from tws.messaging.emails.missed import may_be_missed
from tws.messaging.emails.model import TOO_OLD, Notice, NoticeKind
from tws.messaging.emails.wishes import Wishes
from tws.organisation.preferences.choices import MissedCallMails
from tws.organisation.registry import Registry
from tws.storage import Transaction
from tws.telephony.model import ThreadId

OF_A_CALL = frozenset({Outcome.MISSED, Outcome.FORWARDED})


class Noting:
    def __init__(self, registry: Registry, clock: Callable[[], datetime]) -> None:
        self._registry, self._clock = registry, clock
        self.wishes = Wishes(registry)

    async def legs(self, tx: Transaction, ended: Sequence[Leg]) -> None:
        """Of legs that have ended those that their users may have missed."""
        if found := [notice for leg in ended if (notice := self._of_leg(leg)) is not None]:
            await store.note(tx, found)

    async def voice(self, tx: Transaction, came: VoiceNotice) -> None:
        wish = self.wishes.of(came.user)
        if wish is not None and wish.voice_messages:
            notice = Notice(
                id=came.id,
                kind=NoticeKind.VOICE,
                company=came.company,
                user=came.user,
                thread=ThreadId(""),
                began=came.at,
                at=came.at,
            )
            await store.note(tx, [notice])

    def _of_leg(self, leg: Leg) -> Notice | None:
        if not may_be_missed(leg) or leg.ended is None:
            return None
        wish = self.wishes.of(leg.user)
        if wish is None or wish.missed_calls is MissedCallMails.NEVER or self._of_queue(leg):
            return None
        if self._clock() - leg.ended >= TOO_OLD:
            return None
        return Notice(
            id=leg.id,
            kind=NoticeKind.MISSED,
            company=leg.company,
            user=leg.user,
            thread=leg.thread,
            began=leg.created,
            at=leg.ended,
        )

    def _of_queue(self, leg: Leg) -> bool:
        """Who gave up in a shared queue is in the list of the queue, before all of its members."""
        number = leg.queue.number if leg.queue is not None else None
        return number is not None and self._registry.queue_at(leg.link, number) is not None
