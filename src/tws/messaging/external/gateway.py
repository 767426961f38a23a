"""The way of messages to people outside, as the chat knows it (`tws.messaging.chat.gateway`)."""

from typing import Final

from tws.errors import Conflict
from tws.messaging.chat.model import ChatMessage
from tws.messaging.external.book import Book
from tws.messaging.external.lines import Lines
from tws.messaging.external.model import AccountState, ExternalContact
from tws.messaging.external.rights import ExternalRights
from tws.messaging.party import PartyKind
from tws.organisation.actor import UserId

COMING = (AccountState.CONNECTING, AccountState.AWAY)
"What is kept waits for the connection; so it does while the service is stopped."


class ExternalGateway:
    kind: Final = PartyKind.EXTERNAL

    def __init__(self, book: Book, lines: Lines, rights: ExternalRights) -> None:
        self._book, self._lines, self._rights = book, lines, rights

    def knows(self, user: UserId, id: str) -> bool:
        return self._contact(user, id) is not None and self._rights.may(user)

    def has(self, id: str) -> bool:
        return self._book.contact(id) is not None

    def name(self, id: str) -> str:
        contact = self._book.contact(id)
        return "" if contact is None else contact.called

    def refuse_undelivered(self, user: UserId, kept: bool) -> None:
        state = self._lines.condition(user).state
        comes = state in COMING or not self._lines.runs
        if state is AccountState.CONNECTED or (kept and comes):
            return
        raise Conflict(
            "Not delivered: your account with people outside is not connected.",
            why="chatNotConnected",
        )

    def send(self, user: UserId, message: ChatMessage) -> None:
        contact = self._contact(user, message.recipient.id)
        if contact is not None:
            self._lines.send(user, contact.address, message.id, message.text)

    def tell_typing(self, user: UserId, id: str) -> None:
        contact, line = self._contact(user, id), self._lines.line(user)
        if contact is not None and line is not None and contact.asked_for:
            line.tell_typing(contact.address)

    def tell_read(self, user: UserId, id: str, message: ChatMessage) -> None:
        """A stranger is not told."""
        contact, line = self._contact(user, id), self._lines.line(user)
        if contact is not None and line is not None and contact.asked_for and message.key:
            line.tell_read(contact.address, message.key)

    def _contact(self, user: UserId, id: str) -> ExternalContact | None:
        """Of that user."""
        contact = self._book.contact(id)
        return contact if contact is not None and contact.user == user else None
