"""What a network tells, taken in its order: who is there, what they write, how far ours came."""

import structlog
from msgspec.structs import replace

from tws.bus import Bus
from tws.messaging.chat.carried import Carried
from tws.messaging.chat.model import LONGEST, Delivery, MessageId
from tws.messaging.chat.unread import Unread
from tws.messaging.external.book import Book
from tws.messaging.external.events import ExternalStateChanged
from tws.messaging.external.holding import Holding
from tws.messaging.external.model import (
    MOST_CONTACTS,
    MOST_STRANGERS,
    MOST_UNREAD,
    Availability,
    ExternalContact,
    Standing,
)
from tws.messaging.external.network import (
    Arrived,
    Asks,
    Available,
    Composing,
    Delivered,
    Displayed,
    Heard,
    Listed,
    Returned,
    Taken,
    Unlisted,
    Until,
)
from tws.messaging.party import Party, PartyKind
from tws.organisation.actor import UserId
from tws.storage import RowClash

LONGEST_KEY = 63
"Characters of an id by which a message is known again."
LONGEST_NAME = 100
log = structlog.get_logger(__name__)


class Receiving:
    def __init__(
        self,
        book: Book,
        bus: Bus,
        carried: Carried,
        unread: Unread,
    ) -> None:
        self._book, self._bus, self._carried, self._unread = book, bus, carried, unread

    async def take(self, holding: Holding, what: Heard) -> None:
        """StorageUnavailable: it is to be taken again."""
        match what:
            case Until():
                what.kept()
            case Arrived():
                await self._arrived(holding, what)
            case Listed():
                await self._listed(holding, what)
            case Asks():
                await self._asks(holding, what)
            case Unlisted() | Available():
                self._seen(holding, what)
            case _:
                await self._of_ours(holding, what)

    # ------------------------------------------------------------ who is there

    async def _listed(self, holding: Holding, what: Listed) -> None:
        contact = await self._contact(holding, what.address, what.name, asked_for=True)
        if contact is None:
            return
        name = what.name[:LONGEST_NAME] or contact.name
        if name != contact.name or not contact.asked_for:
            await self._book.change(contact, name=name, asked_for=True)
        before = holding.standing(what.address)
        availability = (before.availability or Availability.OFFLINE) if what.shown else None
        self._stands(
            holding,
            what.address,
            replace(before, availability=availability, asked=what.asked),
        )

    async def _asks(self, holding: Holding, what: Asks) -> None:
        if await self._contact(holding, what.address, "", asked_for=False) is not None:
            before = holding.standing(what.address)
            self._stands(holding, what.address, replace(before, asks=True))

    def _seen(self, holding: Holding, what: Unlisted | Available) -> None:
        before = holding.standing(what.address)
        if isinstance(what, Unlisted):
            self._stands(holding, what.address, replace(before, availability=None, asked=False))
        elif before.availability is not None:
            self._stands(holding, what.address, replace(before, availability=what.availability))

    def _stands(self, holding: Holding, address: str, now: Standing) -> None:
        if holding.standing(address) != now:
            holding.standings[address] = now
            self._bus.publish(ExternalStateChanged(holding.account.user))

    async def _contact(
        self, holding: Holding, address: str, name: str, *, asked_for: bool
    ) -> ExternalContact | None:
        """The row of him, made where there is none; None where there are too many."""
        user = holding.account.user
        known = self._book.at(user, address)
        if known is not None:
            return known
        many = self._book.count(user) >= MOST_CONTACTS
        if many or (not asked_for and self._book.strangers(user) >= MOST_STRANGERS):
            if not holding.overfull:
                holding.overfull = True
                log.warning("external contacts not taken", account=holding.account.id)
            return None
        company = holding.account.company
        try:
            return await self._book.add(
                user, company, address, name[:LONGEST_NAME], asked_for=asked_for
            )
        except RowClash:
            return self._book.at(user, address)  # the user added him at the same time

    # ------------------------------------------------------------ what they write

    async def _arrived(self, holding: Holding, what: Arrived) -> None:
        user = holding.account.user
        contact = await self._contact(holding, what.address, "", asked_for=what.own)
        if contact is None:
            self._refuse(holding, what, "Too many people write to this address.")
            return
        why = None if what.own else self._too_much(user, contact, what)
        if why is not None:
            self._refuse(holding, what, why)
            return
        if what.own and not contact.asked_for:
            contact = await self._book.change(contact, name=contact.name, asked_for=True)
        await self._carried.arrived(
            user,
            holding.account.company,
            _party(contact),
            what.text[:LONGEST],
            key=what.id if 0 < len(what.id) <= LONGEST_KEY else None,
            sent=what.sent,
            own=what.own,
        )
        if what.receipt and contact.asked_for and holding.line is not None:
            holding.line.tell_received(what.address, what.id)

    def _too_much(self, user: UserId, contact: ExternalContact, what: Arrived) -> str | None:
        """Why a message is not taken, in words for its sender."""
        if len(what.text) > LONGEST:
            return f"A message has at most {LONGEST} characters."
        unread = self._unread.count(user, contact.id)
        if not contact.asked_for and unread >= MOST_UNREAD:
            return "Your messages wait to be read: write again when they were answered."
        if not what.delayed and self._carried.refuses(_party(contact)):
            return "So many messages at once: wait a moment."
        return None

    def _refuse(self, holding: Holding, what: Arrived, words: str) -> None:
        log.info("external message refused", account=holding.account.id, length=len(what.text))
        if holding.line is not None and not what.own:
            holding.line.refuse(what.program, what.id, words)

    # ------------------------------------------------------------ what becomes of ours

    async def _of_ours(
        self, holding: Holding, what: Taken | Delivered | Displayed | Returned | Composing
    ) -> None:
        user = holding.account.user
        contact = self._book.at(user, what.address)
        if contact is None:
            return
        other = _party(contact)
        match what:
            case Taken(id=id):
                await self._carried.delivered(user, other, MessageId(id), Delivery.SENT)
            case Delivered(id=id):
                await self._carried.delivered(user, other, MessageId(id), Delivery.DELIVERED)
            case Returned(id=id):
                await self._carried.delivered(user, other, MessageId(id), Delivery.FAILED)
            case Displayed(id=id, own=True):
                await self._carried.seen_elsewhere(user, other, id)
            case Displayed(id=id):
                await self._carried.read(user, other, MessageId(id))
            case Composing():
                self._carried.types(user, other)


def _party(contact: ExternalContact) -> Party:
    return Party(PartyKind.EXTERNAL, contact.id)
