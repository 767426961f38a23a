"""The parts of the server, in the order in which they start (3.3.8)."""

from collections.abc import Sequence
from typing import Protocol

from tws.directory.sync import service as synchronising
from tws.directory.sync.on_time import DUE
from tws.directory.sync.service import SyncService
from tws.imports import on_time as importing_on_time
from tws.imports import service as importing
from tws.imports.service import ImportService
from tws.incidents import keeping, telling, watching
from tws.incidents.telling import Teller
from tws.incidents.watching import Watch
from tws.journal.service import JournalService
from tws.mail import service as mailing
from tws.mail.service import MailService
from tws.maintenance.backups import service as backing_up
from tws.maintenance.backups.service import BackupService
from tws.maintenance.part import Part
from tws.maintenance.syslog import SyslogService
from tws.maintenance.traces import service as tracing
from tws.maintenance.traces.service import TraceService
from tws.messaging.emails import telling as emailing
from tws.messaging.emails.telling import EmailTeller
from tws.messaging.external.lines import JOBS as EXTERNAL_CHAT_JOBS
from tws.messaging.external.lines import Lines
from tws.messaging.sms import hearing, reaching, sending
from tws.messaging.sms.sending import Sender
from tws.presence.calendars.service import REFRESH, CalendarService
from tws.push import sending as pushing
from tws.push.service import PushService
from tws.rules.watching import APPLY, Forwarder
from tws.sentences import Sentence, sentence
from tws.storage import Storage
from tws.telephony.network import START, Network
from tws.web.live.door import Door

LINKS = "links"
LATER = ("database", "schedule")
"What those need that do something by themselves."


class Stoppable(Protocol):
    @property
    def started(self) -> bool: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def all_parts(
    *,
    storage: Storage,
    journal: JournalService,
    network: Network,
    synchronisation: SyncService,
    imports: ImportService,
    calendars: CalendarService,
    backups: BackupService,
    live: Door,
    syslog: SyslogService,
    traces: TraceService,
    mail: MailService,
) -> Sequence[Part]:
    """Each behind what it needs. Those that cannot be stopped hold what people have said or
    changed, or are how this page is seen."""

    async def database() -> Sentence | None:
        return await _away(storage)

    return (
        Part(name="database", services=("Database",), trouble=database),
        Part(name="schedule", services=("GenericServices",), needs=("database",), rest=True),
        _part("syslog", syslog),
        Part(name="journal", needs=LATER, start=journal.start),
        *_readers(synchronisation, imports, calendars),
        _part("backups", backups, needs=LATER, jobs=(backing_up.JOB, backing_up.LOOK), once=True),
        _part("mail", mail, needs=LATER, jobs=(mailing.SEND,), once=True),
        _part("traces", traces, needs=LATER, jobs=(tracing.AGED, tracing.ENDS), once=True),
        Part(name="web", services=("WebServices", "ToolkitWebServices"), needs=LATER),
        _part("live", live, services=("EventServices",), needs=("web",)),
        _part(
            LINKS,
            network,
            services=("CSTAServices", "VTIXMLServices"),
            needs=(*LATER, "journal"),
            jobs=(START,),
        ),
    )


def watching_parts(watch: Watch, teller: Teller) -> Sequence[Part]:
    """What looks at the other parts, and tells of them."""
    looked = (watching.LOOK, watching.COUNT, keeping.WRITE, keeping.FORGET)
    return (
        _part("incidents", watch, needs=LATER, jobs=looked, once=True),
        _part(
            "notifications", teller, needs=("incidents", "mail"), jobs=(telling.JOB,), once=True
        ),
    )


def rules_part(forwarder: Forwarder) -> Part:
    return _part("rules", forwarder, needs=LATER, jobs=(APPLY,), once=True)


def emails_part(emails: EmailTeller) -> Part:
    return _part(
        "emails",
        emails,
        needs=("mail",),
        jobs=(emailing.TELL, emailing.LOOK, emailing.CHANGED, emailing.FORGET),
        once=True,
    )


def external_chat_part(lines: Lines) -> Part:
    return _part("externalChat", lines, needs=LATER, jobs=EXTERNAL_CHAT_JOBS, once=True)


def sms_part(sender: Sender) -> Part:
    jobs = (sending.SEND, reaching.KEEP, reaching.REACH, hearing.HEAR)
    return _part("sms", sender, needs=LATER, jobs=jobs, once=True)


def push_part(push: PushService) -> Part:
    return _part("push", push, needs=LATER, jobs=(pushing.SEND_AGAIN, pushing.FORGET))


def _readers(
    synchronisation: SyncService, imports: ImportService, calendars: CalendarService
) -> Sequence[Part]:
    """What reads other people's products."""
    read = (synchronising.RUN, synchronising.ANEW, DUE)
    imported = (importing.RUN, importing.ANEW, importing_on_time.DUE)
    return (
        _part("synchronisation", synchronisation, needs=LATER, jobs=read, once=True),
        _part("imports", imports, needs=LATER, jobs=imported, once=True),
        _part("calendars", calendars, needs=LATER, jobs=(REFRESH,), once=True),
    )


def _part(
    name: str,
    of: Stoppable,
    *,
    services: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    jobs: tuple[str, ...] = (),
    once: bool = False,
) -> Part:
    """One that says itself whether it runs."""
    return Part(
        name=name,
        services=services,
        needs=needs,
        runs=lambda: of.started,
        start=of.start,
        stop=of.stop,
        jobs=jobs,
        once=once,
    )


async def _away(storage: Storage) -> Sentence | None:
    return None if await storage.alive() else sentence("The database is away.")
