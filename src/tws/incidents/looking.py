"""What is wrong now: what the doctor's checks find, as far as it is an incident."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from msgspec import Struct, field

from tws.incidents.book import Key
from tws.incidents.model import IncidentKind, Trouble
from tws.maintenance.checks import products, telephony
from tws.maintenance.checks.machine import licences, machine
from tws.maintenance.findings import Check, Finding, Running, Severity, Sight
from tws.organisation.actor import CollaborationId, CompanyId, DirectoryId, UserImportId
from tws.sentences import Sentence
from tws.sources.run_states import RunState
from tws.telephony.model import LinkId, LinkState

LONG = timedelta(minutes=30)
FAILURES = 3
"In a row, of the reading of calendars: an hour's trouble of a product is none of ours."
Kind = IncidentKind
BAD = (Severity.FAILED, Severity.WARNING)


class Seen(Struct):
    """What one look found of some kinds."""

    kinds: frozenset[IncidentKind]
    troubles: list[Trouble] = field(default_factory=list)
    unsure: set[Key] = field(default_factory=set)

    def add(self, other: "Seen") -> None:
        self.kinds |= other.kinds
        self.troubles += other.troubles
        self.unsure |= other.unsure


def links(sight: Sight, running: Running) -> Seen:
    seen = Seen(frozenset({Kind.LINK_LOST}))
    for found in telephony.links(sight):
        if found.outcome is not Severity.FAILED or found.row is None:
            continue
        status = running.state.link(LinkId(found.row))
        lost = status is not None and status.state in (LinkState.DOWN, LinkState.MISCONFIGURED)
        if running.state.started and lost:
            seen.troubles.append(_of_row(Kind.LINK_LOST, found, sight.registry.links))
        else:
            seen.unsure.add((Kind.LINK_LOST, found.row))
    return seen


def directories(sight: Sight, running: Running) -> Seen:
    failed, held = Kind.SYNCHRONISATION_FAILED, Kind.SYNCHRONISATION_HELD
    seen = Seen(frozenset({failed, held}))
    for found in products.directories(sight):
        if found.outcome in BAD and found.row is not None:
            kind = failed if found.outcome is Severity.FAILED else held
            run = running.synchronisation.last(DirectoryId(found.row))
            occurrence = "" if run is None else run.id
            rows = sight.registry.directories
            seen.troubles.append(_of_row(kind, found, rows, occurrence))
    for row in sight.registry.directories.values():
        run = running.synchronisation.last(row.id)
        if run is not None and _open(run.state):
            seen.unsure.add((failed, row.id))
    return seen


def imports(sight: Sight, running: Running) -> Seen:
    failed, held = Kind.IMPORT_FAILED, Kind.IMPORT_HELD
    seen = Seen(frozenset({failed, held}))
    names = {
        row.id: products.import_name(sight, row) for row in sight.registry.user_imports.values()
    }
    for found in products.imports(sight):
        if found.outcome in BAD and found.row is not None:
            run = running.imports.last(UserImportId(found.row))
            kind = failed if found.outcome is Severity.FAILED else held
            name = names[UserImportId(found.row)]
            seen.troubles.append(_trouble(kind, found, found.row, name, run.id if run else ""))
    for id in names:
        run = running.imports.last(id)
        if run is not None and _open(run.state):
            seen.unsure.add((failed, id))
    return seen


def _open(state: RunState) -> bool:
    """It says nothing of whether the source can be read."""
    return state in (RunState.READING, RunState.MERGING, RunState.CANCELLED)


def calendars(sight: Sight, running: Running) -> Seen:
    """Those that could not be read for long."""
    seen = Seen(frozenset({Kind.CALENDARS_UNREAD}))
    for found in products.calendars(sight):
        if found.outcome is not Severity.FAILED or found.row is None:
            continue
        last = running.calendars.state(CollaborationId(found.row)).last
        if last is None or last.failures < FAILURES:
            continue
        if last.refreshed is None or sight.now - last.refreshed >= LONG:
            rows = sight.registry.collaboration_sources
            seen.troubles.append(_of_row(Kind.CALENDARS_UNREAD, found, rows))
    return seen


def secrets(sight: Sight, running: Running) -> Seen:
    known = sight.registry
    tables: tuple[Mapping[Any, _Named], ...] = (
        known.links,
        known.directories,
        known.collaboration_sources,
    )
    rows = {str(id): row for table in tables for id, row in table.items()}
    seen = Seen(frozenset({Kind.SECRET_LOST}))
    for found in products.secrets(sight):
        if found.outcome is Severity.FAILED:
            seen.troubles.append(_of_row(Kind.SECRET_LOST, found, rows))
    return seen


OF_THE_SERVER: Mapping[Check, IncidentKind] = {
    Check.DATABASE: Kind.DATABASE_AWAY,
    Check.CLOCK: Kind.CLOCK_WRONG,
    Check.DISK: Kind.DISK_FULL,
    Check.CERTIFICATE: Kind.CERTIFICATE,
    Check.LICENCES: Kind.LICENCE,
    Check.SERVICES: Kind.SERVICE_DOWN,
    Check.BACKUPS: Kind.BACKUP_FAILED,
}


def mails(failing: Mapping[CompanyId, Sentence], sight: Sight) -> Seen:
    """Mail servers that do not take what waits."""
    seen = Seen(frozenset({Kind.MAIL_NOT_SENT}))
    for company, said in failing.items():
        if (row := sight.registry.companies.get(company)) is not None:
            trouble = Trouble(
                kind=Kind.MAIL_NOT_SENT,
                subject=company,
                name=row.name[:200],
                company=company,
                said=said,
            )
            seen.troubles.append(trouble)
    return seen


async def server(sight: Sight) -> Seen:
    return _server([found async for found in machine(sight)])


def licence(sight: Sight, running: Running) -> Seen:
    """What the file says, out of memory."""
    seen = _server(licences(sight))
    seen.kinds = frozenset({Kind.LICENCE})
    return seen


LOOKS: tuple[Callable[[Sight, Running], Seen], ...] = (
    links,
    directories,
    imports,
    calendars,
    secrets,
    licence,
)
"Out of memory."


def _server(findings: Iterable[Finding]) -> Seen:
    seen = Seen(frozenset(OF_THE_SERVER.values()))
    for found in findings:
        kind = OF_THE_SERVER.get(found.check)
        if kind is None:
            continue  # a check whose findings are no incidents
        if found.check is Check.DATABASE and found.outcome is Severity.FAILED:
            seen.kinds -= {Kind.CLOCK_WRONG}  # nobody could ask it for the time
        if found.outcome in BAD and not (kind is Kind.SERVICE_DOWN and found.about == "database"):
            # A disk that was nearly full and is full now, a licence near its end that ended:
            # that is another occurrence of the same.
            occurrence = str(found.outcome)
            subject = found.about or str(found.check)
            seen.troubles.append(_trouble(kind, found, subject, found.about, occurrence))
    return seen


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def _of_row(
    kind: IncidentKind, found: Finding, rows: Mapping[Any, _Named], occurrence: str = ""
) -> Trouble:
    row = rows.get(found.row)
    return _trouble(kind, found, found.row or "", "" if row is None else row.name, occurrence)


def _trouble(
    kind: IncidentKind, found: Finding, subject: str, name: str, occurrence: str
) -> Trouble:
    return Trouble(
        kind=kind,
        subject=subject[:200],
        name=name[:200],
        company=found.company,
        said=found.said,
        occurrence=occurrence,
    )
