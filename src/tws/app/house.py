"""Puts the house together: the only module that knows every other, and that nobody imports but the
command line.
"""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from tws.app.calling import network_of
from tws.app.contacts import directory_of
from tws.app.nodes import one_of_several
from tws.app.office import Office, open_office, utc_now
from tws.app.outside import Outside
from tws.app.parts import (
    LINKS,
    emails_part,
    external_chat_part,
    push_part,
    rules_part,
    sms_part,
    watching_parts,
)
from tws.app.rooms import all_rooms
from tws.app.telling import emails_of, forgetting_of, teller_of
from tws.app.texting import texting
from tws.bus import Bus
from tws.config import Settings
from tws.directory.service import DirectoryService
from tws.incidents.keeping import Keeper
from tws.incidents.sign_of_life import SignOfLife
from tws.incidents.telling import Teller
from tws.incidents.watching import Watch
from tws.journal.service import JournalService
from tws.maintenance.nodes import Nodes
from tws.messaging.emails.noting import Noting
from tws.messaging.emails.telling import EmailTeller
from tws.schedule import Schedule
from tws.storage import Storage
from tws.telephony.network import Network
from tws.web.rooms import Rooms, WebSettings


@dataclass(frozen=True, slots=True)
class House:
    """One running process: its rooms, and what belongs to no room."""

    bus: Bus
    schedule: Schedule
    storage: Storage
    network: Network
    rooms: Rooms
    watch: Watch
    teller: Teller
    emails: EmailTeller
    node: Nodes | None
    "None: it is the only one."


@contextlib.asynccontextmanager
async def open_house(
    settings: Settings, outside: Outside | None = None, web: WebSettings | None = None
) -> AsyncIterator[House]:
    """Open the database as its one server, build the rooms; close them in the other order.

    Links are not started: `House.network.start()` does that, once who watches them is there.
    """
    outside = outside or Outside()
    async with open_office(settings, outside, serving=True) as office:
        await office.access.sessions.load()
        office.access.sessions.start(office.schedule)
        office.access.tries.marks.start(office.schedule)
        directory, noting = directory_of(office), Noting(office.registry, utc_now)
        journal = _journal(settings, office, directory, noting)
        network = network_of(settings, office, outside, journal)
        incidents = Keeper(office.storage, office.registry, office.bus, office.schedule, utc_now)
        await incidents.load()
        life = SignOfLife(settings.state_dir / "running.json", incidents, office.schedule, utc_now)
        texts = texting(settings, outside, office, directory)
        rooms = all_rooms(
            settings, outside, office, directory, noting, journal, network, incidents, texts, web
        )
        watch = Watch(incidents, rooms.doctor, office.mail, office.bus, office.schedule, utc_now)
        teller = teller_of(settings, office, incidents)
        emails = emails_of(settings, office, noting, network)
        rooms.services.add(
            *watching_parts(watch, teller),
            rules_part(rooms.forwarder),
            emails_part(emails),
            external_chat_part(rooms.external.lines),
            sms_part(texts.sender),
            push_part(rooms.push),
        )
        try:
            office.lag.start()
            await life.start()
            await _load(office, rooms)
            forgetting_of(office, rooms.chats).start()
            texts.cleaning.start()
            serving = _serving(settings, office, network, journal, rooms, watch)
            async with serving as node:
                bus, schedule, storage = office.bus, office.schedule, office.storage
                yield House(bus, schedule, storage, network, rooms, watch, teller, emails, node)
        finally:
            await texts.sender.stop()
            await rooms.external.lines.stop()
            await rooms.traces.stop()
            await office.schedule.stop()
            await office.bus.settle()
            await rooms.push.stop()
            await journal.stop()
            await office.access.sessions.stop()
            await rooms.provisioning.tokens.stop()
            await rooms.syslog.stop()
            await life.stop()
            office.lag.stop()


@contextlib.asynccontextmanager
async def _serving(
    settings: Settings,
    office: Office,
    network: Network,
    journal: JournalService,
    rooms: Rooms,
    watch: Watch,
) -> AsyncIterator[Nodes | None]:
    """Parts run, links may be held; until they are let go, before others may hold them."""
    async with one_of_several(settings, office, network, journal, rooms) as node:
        await rooms.services.begin(but=LINKS)
        try:
            yield node
        finally:
            await watch.stop()  # that links are let go is no incident
            if node is not None:
                await node.withdraw()
            await network.stop()


def _journal(
    settings: Settings, office: Office, directory: DirectoryService, noting: Noting
) -> JournalService:
    return JournalService(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        utc_now,
        settings.state_dir,
        directory.seen,
        noting.legs,
    )


async def _load(office: Office, rooms: Rooms) -> None:
    """What rooms keep in memory; some of it is read again after a commit in doubt."""
    books = (rooms.rules.book, rooms.profiles.book)
    for book in books:
        await book.load(office.storage)
    await rooms.presence.load()
    await rooms.external.book.load()
    await rooms.chats.load()
    await rooms.alerter.templates.load()
    await rooms.push.load()
    office.rereading.add(
        *(book.replica for book in books),
        *rooms.external.book.replicas,
        rooms.push.subscriptions.replica,
    )
