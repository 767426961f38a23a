"""What the house looks at through its windows: which there are, and how each is asked."""

import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tws import connectors as directories
from tws import links
from tws.access.passwords import Hashing
from tws.connectors import external_chat, pushing, smtp
from tws.connectors.calendars import own_accounts
from tws.connectors.sms import register as text_messages
from tws.directory.connector import DirectoryConnector
from tws.mail.transport import Transport
from tws.maintenance.checks.machine import SCARCE
from tws.maintenance.findings import Row
from tws.messaging.external.network import Dial
from tws.messaging.sms.provider import SmsProvider
from tws.messaging.sms.providers import Open
from tws.net import carriers
from tws.net.carrier import Carrier, CarrierUser
from tws.net.encryption import Way
from tws.net.route import own_address
from tws.organisation.model import CollaborationSource, Directory, Link
from tws.organisation.walls import CalendarConnectors, Connectors, Forms
from tws.presence.calendars.calendar import CalendarConnector
from tws.push.postman import Postman
from tws.register import NotInstalled
from tws.sentences import Sentence
from tws.telephony.link import Address, Dialect, LinkDriver, Snippet
from tws.telephony.link_trials import PATIENCE

LINKS = Forms(
    validate=links.validate,
    secret_fields=links.secret_fields,
    where_fields=links.where_fields,
)

SOURCES = Connectors(
    validate=directories.validate,
    secret_fields=directories.secret_fields,
    where_fields=directories.where_fields,
    kinds=directories.kinds,
    same_server=own_accounts.same_server,
    users=directories.users,
)

CALENDARS = CalendarConnectors(
    validate=directories.CALENDAR_WINDOWS.validate,
    secret_fields=directories.CALENDAR_WINDOWS.secret_fields,
    where_fields=directories.CALENDAR_WINDOWS.where_fields,
    accounts=directories.accounts,
)


SMS = Forms(
    validate=text_messages.WINDOWS.validate,
    secret_fields=text_messages.WINDOWS.secret_fields,
    where_fields=text_messages.WINDOWS.where_fields,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the house looks at through its windows. Tests look at PBXs on paper."""

    dialects: Callable[[], Mapping[str, type[Dialect] | NotInstalled]] = links.dialects
    link_settings: Forms = LINKS
    driver: Callable[[Link], LinkDriver] = lambda link: links.driver(link, time.monotonic())
    "Given the link with its secrets open; whatever else is asked of one has them sealed."
    carrier: Callable[[Link, CarrierUser], Carrier] = lambda link, user: carriers.carrier(
        links.carriage(link), user
    )
    snippets: Callable[[Link], Awaitable[Sequence[Snippet]]] = lambda link: snippets(
        link.dialect, link.settings
    )
    address: Callable[[Link], Address | None] = links.address
    advice: Callable[[str], Sentence | None] = links.advice
    ways: Callable[[Row], Sequence[Way]] = lambda row: ways_of(row)
    link_patience: float = PATIENCE
    "Seconds in which a link that is tried has to be up."
    connectors: Callable[[], Mapping[str, type[DirectoryConnector] | NotInstalled]] = (
        directories.connectors
    )
    sources: Connectors = SOURCES
    calendar_connectors: Callable[[], Mapping[str, type[CalendarConnector] | NotInstalled]] = (
        directories.CALENDAR_WINDOWS.listing
    )
    calendars: CalendarConnectors = CALENDARS
    sms_connectors: Callable[[], Mapping[str, type[SmsProvider] | NotInstalled]] = (
        text_messages.WINDOWS.listing
    )
    sms: Forms = SMS
    sms_provider: Open = text_messages.opened
    "Opens one with its secrets."
    reader: Sequence[str] = (sys.executable, "-m", "tws.source_reader")
    "The command that reads one source of contacts; of calendars, with that word behind it."
    backup_maker: Sequence[str] = (sys.executable, "-m", "tws.backup_maker")
    "The command that makes one backup."
    replayer: Sequence[str] = (sys.executable, "-m", "tws.replaying")
    "The command that replays one trace."
    transport: Transport = smtp.send
    external_chat: Dial = external_chat.dial
    "How users write to people outside."
    postman: Callable[[str, bool], Postman | None] = pushing.postman
    "By what we are found, and whether addresses of this machine and its network are allowed."
    scarce: int = SCARCE
    "Bytes left on a disk, below which that is told."
    hashing: Hashing = field(default_factory=Hashing)


def ways_of(row: Row) -> Sequence[Way]:
    """How the product of a row is spoken to."""
    match row:
        case Link():
            return links.WINDOWS.ways(row.dialect, row.settings)
        case Directory():
            return directories.WINDOWS.ways(row.connector, row.settings)
        case CollaborationSource():
            return directories.CALENDAR_WINDOWS.ways(row.connector, row.settings)
        case _:
            return text_messages.WINDOWS.ways(row.connector, row.settings)


async def snippets(
    dialect: str,
    settings: Mapping[str, object],
    servers: Sequence[str] = (),
    *,
    secrets: bool = False,
) -> Sequence[Snippet]:
    """What must be added to the PBX of a link; Invalid. `servers`: the addresses it sees us come
    from; none = the one from which we reach it."""
    host = settings.get("host")
    if not servers and isinstance(host, str) and (own := await own_address(host)):
        servers = (own,)
    return links.snippets(dialect, settings, servers, secrets=secrets)
