"""What leaves conversations: what is too old, and all that is of parties that are no more."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from tws.bus import Bus
from tws.messaging.chat import store
from tws.messaging.chat.events import MessagesGone, PartyGone, UnreadChanged
from tws.messaging.chat.model import ChatMessage, MessageId
from tws.messaging.chat.service import ChatService
from tws.messaging.party import PartyKind
from tws.organisation.actor import CompanyId, UserId
from tws.organisation.events import UserChanged
from tws.organisation.parameters.catalogue.system import CHAT_NUMBER_DAYS_OF_STORAGE
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.schedule import AGAIN, Schedule
from tws.storage import Storage

CLEAN, FORGET = "clean chats", "forget chats of a user"
EVERY = 3600.0
"Seconds: a little each hour holds up nobody."
log = structlog.get_logger(__name__)


class Forgetting:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        chats: ChatService,
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._schedule, self._clock, self._chats = schedule, clock, chats
        self._parameters = Parameters(registry)
        bus.follow(UserChanged, self._user_changed)
        bus.follow(PartyGone, lambda event: self._party_gone(event.id))
        bus.follow_here(UserChanged, self._user_to_forget)
        bus.follow_here(PartyGone, lambda event: self._forget_soon(event.id))

    def start(self) -> None:
        self._schedule.every(CLEAN, EVERY, self.clean)

    async def clean(self) -> None:
        """What is older than its company keeps it; what is kept, on one node for all."""
        now = self._clock()
        for one in _waiting(self._chats.passing.forget_old(now)):
            if self._chats.unread.gone(*one):
                self._bus.publish(UnreadChanged(one[0]))
        self._chats.flood.forget_old(now)
        if self._schedule.works():
            await self._clean_kept(now)

    async def _clean_kept(self, now: datetime) -> None:
        for company in list(self._registry.companies):
            await self._clean(company, now)
        async with self._storage.reading() as reader:
            known = await store.parties(reader)
        for id in known:
            if not self._chats.rights.is_there(id):
                await self.forget(id)

    async def _clean(self, company: CompanyId, now: datetime) -> None:
        setting = self._parameters.of_company(company, CHAT_NUMBER_DAYS_OF_STORAGE)
        than, removed = now - timedelta(days=int(setting.value)), 0
        while True:
            async with self._storage.transaction() as tx:
                some = await store.older(tx, company, than)
                await store.remove(tx, some)
            if gone := _waiting(some):
                self._bus.publish(MessagesGone(gone))
            removed += len(some)
            if len(some) < store.TOGETHER:
                break
        if removed:
            log.info("chats cleaned", company=company, removed=removed)

    async def forget(self, id: str) -> None:
        """All that a party wrote, or was written: nobody is shown it any more."""
        some: Sequence[ChatMessage] = ()
        while True:
            async with self._storage.transaction() as tx:
                some = await store.of_party(tx, id)
                await store.remove(tx, some)
                await store.forget_marks(tx, id)
            if len(some) < store.TOGETHER:
                return

    def _user_changed(self, change: UserChanged) -> None:
        if change.after is None and change.before is not None:
            self._party_gone(change.before.id)

    def _user_to_forget(self, change: UserChanged) -> None:
        if change.after is None and change.before is not None:
            self._forget_soon(change.before.id)

    def _party_gone(self, id: str) -> None:
        self._chats.passing.forget(id)
        for user in self._chats.unread.forget(id):
            self._bus.publish(UnreadChanged(user))

    def _forget_soon(self, id: str) -> None:
        self._schedule.once(FORGET, partial(self.forget, id), key=id, retry=AGAIN)


def _waiting(messages: Sequence[ChatMessage]) -> tuple[tuple[UserId, str, MessageId], ...]:
    """Of those the ones that a user may not have read: he, who wrote it, and its id."""
    return tuple(
        (UserId(one.recipient.id), one.sender.id, one.id)
        for one in messages
        if one.recipient.kind is PartyKind.USER
    )
