"""Puts together the chat with people outside."""

from tws.app.office import Office, utc_now
from tws.app.outside import Outside
from tws.messaging.chat.carried import Carried
from tws.messaging.chat.service import ChatService
from tws.messaging.external.book import Book
from tws.messaging.external.connecting import Connecting
from tws.messaging.external.gateway import ExternalGateway
from tws.messaging.external.lines import Lines
from tws.messaging.external.receiving import Receiving
from tws.messaging.external.rights import ExternalRights
from tws.messaging.external.service import ExternalService
from tws.messaging.external.traffic import Traffic
from tws.presence.service import PresenceService
from tws.records.sealing import Sealing


def external_chat(
    office: Office, outside: Outside, chats: ChatService, presence: PresenceService
) -> ExternalService:
    """People outside are parties of `chats` from then on."""
    storage, bus = office.storage, office.bus
    book, rights = Book(storage, bus), ExternalRights(office.registry, chats, presence)
    carried = Carried(storage, bus, utc_now, chats)
    receiving = Receiving(book, bus, carried, chats.unread)
    traffic = Traffic(book, office.schedule, carried, receiving)
    connecting = Connecting(
        bus,
        office.schedule,
        utc_now,
        office.secrets,
        rights=rights,
        traffic=traffic,
        dial=outside.external_chat,
    )
    lines = Lines(book, bus, office.schedule, rights, connecting, traffic)
    chats.rights.gateways.append(ExternalGateway(book, lines, rights))
    return ExternalService(storage, office.registry, Sealing(office.secrets), book, lines, rights)
