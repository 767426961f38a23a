"""The parts of the server, in the order in which they start (3.3.8)."""

from collections.abc import Sequence

from tws.directory.sync import service as synchronising
from tws.directory.sync.on_time import DUE
from tws.directory.sync.service import SyncService
from tws.imports import on_time as importing_on_time
from tws.imports import service as importing
from tws.imports.service import ImportService
from tws.journal.service import JournalService
from tws.maintenance.backups import service as backing_up
from tws.maintenance.backups.service import BackupService
from tws.maintenance.part import Part
from tws.presence.service import REFRESH, CalendarService
from tws.sentences import Sentence, sentence
from tws.storage import Storage
from tws.telephony.network import START, Network
from tws.web.live.door import Door

LINKS = "links"


def all_parts(
    storage: Storage,
    journal: JournalService,
    network: Network,
    synchronisation: SyncService,
    imports: ImportService,
    calendars: CalendarService,
    backups: BackupService,
    live: Door,
) -> Sequence[Part]:
    """Each behind what it needs. Those that cannot be stopped hold what people have said or
    changed, or are how this page is seen."""

    async def database() -> Sentence | None:
        return await _away(storage)

    return (
        Part(name="database", services=("Database",), trouble=database),
        Part(name="schedule", services=("GenericServices",), needs=("database",), rest=True),
        Part(name="journal", needs=("database", "schedule"), start=journal.start),
        *_readers(synchronisation, imports, calendars),
        Part(
            name="backups",
            needs=("database", "schedule"),
            runs=lambda: backups.started,
            start=backups.start,
            stop=backups.stop,
            jobs=(backing_up.JOB, backing_up.LOOK),
        ),
        Part(
            name="web",
            services=("WebServices", "ToolkitWebServices"),
            needs=("database", "schedule"),
        ),
        Part(
            name="live",
            services=("EventServices",),
            needs=("web",),
            runs=lambda: live.open,
            start=live.start,
            stop=live.stop,
        ),
        Part(
            name=LINKS,
            services=("CSTAServices", "VTIXMLServices"),
            needs=("database", "schedule", "journal"),
            runs=lambda: network.started,
            start=network.start,
            stop=network.stop,
            jobs=(START,),
        ),
    )


def _readers(
    synchronisation: SyncService, imports: ImportService, calendars: CalendarService
) -> Sequence[Part]:
    """What reads other people's products."""
    return (
        Part(
            name="synchronisation",
            needs=("database", "schedule"),
            runs=lambda: synchronisation.started,
            start=synchronisation.start,
            stop=synchronisation.stop,
            jobs=(synchronising.RUN, synchronising.ANEW, DUE),
        ),
        Part(
            name="imports",
            needs=("database", "schedule"),
            runs=lambda: imports.started,
            start=imports.start,
            stop=imports.stop,
            jobs=(importing.RUN, importing.ANEW, importing_on_time.DUE),
        ),
        Part(
            name="calendars",
            needs=("database", "schedule"),
            runs=lambda: calendars.started,
            start=calendars.start,
            stop=calendars.stop,
            jobs=(REFRESH,),
        ),
    )


async def _away(storage: Storage) -> Sentence | None:
    return None if await storage.alive() else sentence("The database is away.")
