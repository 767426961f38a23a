"""Text messages of users: sent, and shown with how far they have come."""

from collections.abc import Callable
from datetime import datetime

from tws.bus import Bus
from tws.directory.model import ContactId, NumberKind
from tws.directory.service import DirectoryService
from tws.errors import Conflict, Invalid, Unavailable, missing
from tws.messaging.chat.flood import Flood
from tws.messaging.sms import store
from tws.messaging.sms.events import SmsChanged, SmsQueued
from tws.messaging.sms.model import Sms, SmsId, SmsPage, written
from tws.messaging.sms.numbers import e164, recipient
from tws.messaging.sms.providers import Providers
from tws.organisation.actor import Actor, DomainId, UserId
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_SMS
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import caller_row, forbidden_by
from tws.organisation.registry import Registry
from tws.rereading import RowsMissed
from tws.storage import RowClash, Storage, new_id

MOST_SHOWN = 200
"Messages of an answer."
MOST_WAITING = 1000
"Messages of a company that wait."


class SmsService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        directory: DirectoryService,
        providers: Providers,
    ) -> None:
        self._storage, self._registry, self._clock = storage, registry, clock
        self._directory, self.providers = directory, providers
        self._parameters, self.flood = Parameters(registry), Flood()
        self._start = new_id()
        self._changes: dict[UserId, str] = {}
        bus.follow(SmsChanged, self._changed)
        bus.follow(RowsMissed, lambda _: self._missed())

    async def waiting(self) -> int:
        """How many messages wait to be sent, of all companies: for monitoring."""
        async with self._storage.reading() as reader:
            return await store.waiting(reader)

    # ------------------------------------------------------------ who may

    def may_send(self, user: UserId) -> bool:
        """Whether he may, and somebody sends for his domain."""
        if not self.authorised(user):
            return False
        return self.providers.active(self._registry.users[user].domain) is not None

    def changes(self, user: UserId) -> str:
        """Another text after each change of what he sent."""
        return self._changes.get(user, self._start)

    def authorised(self, user: UserId) -> bool:
        """Whether what he sends may go: he is enabled, and the parameter says Yes."""
        row = self._registry.users.get(user)
        if row is None or not row.enabled:
            return False
        return bool(self._parameters.effective(user, AUTHORIZE_SMS))

    def _user(self, actor: Actor) -> User:
        return caller_row(actor, self._registry.users, "Only a user sends text messages.")

    # ------------------------------------------------------------ sent

    async def send(
        self,
        actor: Actor,
        *,
        text: str,
        number: str = "",
        contact: ContactId | None = None,
        key: str | None = None,
    ) -> Sms:
        """To a number, or to the mobile of a contact; with both, the number is the contact's.
        `key`: the client's own id of it; what was sent under it before is answered again, and
        not sent."""
        user = self._user(actor)
        if not self._parameters.effective(user.id, AUTHORIZE_SMS):
            raise forbidden_by(AUTHORIZE_SMS, "You are not authorised to send text messages.")
        if self.providers.active(user.domain) is None:
            raise Conflict("Nobody sends text messages for this domain.", why="smsNoProvider")
        clean, parted = written(text)
        to, name = await self._to(actor, user.domain, number, contact)
        if (before := await self._before(user.id, key)) is not None:
            return _same(before, to, clean)
        now = self._clock()
        self.flood.one_more(user.id, now)
        sms = Sms(
            id=SmsId(new_id()),
            company=user.company,
            domain=user.domain,
            user=user.id,
            number=to,
            contact=contact,
            name=name,
            text=clean,
            parts=len(parted.texts),
            created=now,
            changed=now,
            due=now,
            key=key,
        )
        try:
            await self._queue(actor, sms)
        except RowClash:
            # Sent twice at the same time: the other was first.
            if (before := await self._before(user.id, key)) is None:
                raise
            return _same(before, to, clean)
        return sms

    async def _queue(self, actor: Actor, sms: Sms) -> None:
        told = {"number": sms.number, "name": sms.name, "parts": sms.parts}
        async with self._storage.transaction() as tx:
            if await store.waiting(tx, sms.company) >= MOST_WAITING:
                raise Unavailable("Too many text messages wait to be sent.")
            await store.put(tx, sms)
            await tx.audit(actor, "SMS sent", sms.id, None, told, company=sms.company)
            tx.publish(SmsQueued(sms.domain))
            tx.publish(SmsChanged(sms.user))

    async def _to(
        self, actor: Actor, domain: DomainId, number: str, contact: ContactId | None
    ) -> tuple[str, str]:
        """The number in E.164, and whose it is. Invalid; NotFound for a contact that is not
        seen."""
        name, row = "", self._registry.domains[domain]
        theirs: list[str] = []
        if contact is not None:
            cards = await self._directory.with_ids(actor, [contact])
            if not cards:
                raise missing("contact", "contact")
            card = cards[0].contact
            name, theirs = card.display_name, [one.number for one in card.numbers if one.number]
            if not number:
                mobiles = (x.number for x in card.numbers if x.kind is NumberKind.MOBILE)
                number = next(filter(None, mobiles), "")
                if not number:
                    raise Invalid(
                        "No mobile number of this contact is known to you.",
                        field="contact",
                        why="smsNoMobile",
                    )
        if not number:
            raise Invalid("A number or a contact is needed.", field="number", why="needed")
        to = recipient(number, row)
        if theirs and to not in [e164(one, row) for one in theirs]:
            raise Invalid("This is no number of this contact.", field="number", why="smsNotTheirs")
        return to, name

    async def _before(self, user: UserId, key: str | None) -> Sms | None:
        if key is None:
            return None
        async with self._storage.reading() as reader:
            return await store.sent_before(reader, user, key)

    # ------------------------------------------------------------ shown

    async def list_sms(
        self,
        actor: Actor,
        *,
        number: str = "",
        before: SmsId | None = None,
        limit: int = 50,
    ) -> SmsPage:
        """Those of the user who asks, newest first; to a number, where one is given."""
        user, limit = self._user(actor), max(1, min(limit, MOST_SHOWN))
        to: str | None = None
        if number:
            to = e164(number, self._registry.domains[user.domain])
            if to is None:
                return SmsPage(messages=(), more=False)
        async with self._storage.reading() as reader:
            found = await store.listed(reader, user.id, to, before, limit + 1)
        return SmsPage(messages=tuple(found[:limit]), more=len(found) > limit)

    async def get_sms(self, actor: Actor, id: SmsId) -> Sms:
        """One's own; NotFound."""
        user = self._user(actor)
        async with self._storage.reading() as reader:
            sms = await store.found(reader, id)
        if sms is None or sms.user != user.id:
            raise missing("text message")
        return sms

    def _missed(self) -> None:
        """Anything may be other."""
        self._start = new_id()
        self._changes.clear()

    def _changed(self, event: SmsChanged) -> None:
        self._changes[event.user] = new_id()


def _same(before: Sms, to: str, text: str) -> Sms:
    if before.number != to or before.text != text:
        raise Conflict("Another message was sent with this key.", field="key", why="keyReused")
    return before
