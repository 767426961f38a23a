"""What is wrong now: which findings of the doctor's checks are incidents, and of which kind."""

from collections.abc import Callable, Collection, Iterable, Mapping

from msgspec import Struct, field

from tws.incidents.book import Key
from tws.incidents.model import IncidentKind, Trouble
from tws.maintenance.checks import products, telephony, text_messages
from tws.maintenance.checks.machine import licences, machine
from tws.maintenance.findings import Check, Finding, Severity, Sight
from tws.organisation.actor import CompanyId
from tws.sentences import Sentence

Kind = IncidentKind


def _either(kind: IncidentKind) -> Mapping[Severity, IncidentKind]:
    return {Severity.FAILED: kind, Severity.WARNING: kind}


KINDS: Mapping[Check, Mapping[Severity, IncidentKind]] = {
    Check.LINKS: {Severity.FAILED: Kind.LINK_LOST},
    Check.DIRECTORIES: {
        Severity.FAILED: Kind.SYNCHRONISATION_FAILED,
        Severity.WARNING: Kind.SYNCHRONISATION_HELD,
    },
    Check.IMPORTS: {Severity.FAILED: Kind.IMPORT_FAILED, Severity.WARNING: Kind.IMPORT_HELD},
    Check.CALENDARS: {Severity.FAILED: Kind.CALENDARS_UNREAD},
    Check.SMS_PROVIDERS: {Severity.FAILED: Kind.SMS_PROVIDER_FAILED},
    Check.SECRETS: {Severity.FAILED: Kind.SECRET_LOST},
    Check.LICENCES: _either(Kind.LICENCE),
    Check.DATABASE: _either(Kind.DATABASE_AWAY),
    Check.CLOCK: _either(Kind.CLOCK_WRONG),
    Check.DISK: _either(Kind.DISK_FULL),
    Check.CERTIFICATE: _either(Kind.CERTIFICATE),
    Check.SERVICES: _either(Kind.SERVICE_DOWN),
    Check.NODES: {Severity.FAILED: Kind.NODES},
    Check.BACKUPS: _either(Kind.BACKUP_FAILED),
}
"Findings of other checks are no incidents."
OUT_OF_MEMORY: Mapping[Check, Callable[[Sight], Iterable[Finding]]] = {
    Check.LINKS: telephony.links,
    Check.DIRECTORIES: products.directories,
    Check.IMPORTS: products.imports,
    Check.CALENDARS: products.calendars,
    Check.SMS_PROVIDERS: text_messages.sms_providers,
    Check.SECRETS: products.secrets,
    Check.LICENCES: licences,
}
OF_THE_SERVER = {Check.LICENCES, *(KINDS.keys() - OUT_OF_MEMORY.keys())}


class Seen(Struct):
    """What one look found of some kinds."""

    kinds: frozenset[IncidentKind]
    troubles: list[Trouble] = field(default_factory=list)
    unsure: set[Key] = field(default_factory=set)

    def add(self, other: "Seen") -> None:
        self.kinds |= other.kinds
        self.troubles += other.troubles
        self.unsure |= other.unsure


def look(check: Check, sight: Sight) -> Seen:
    """By one that is made out of memory."""
    return translated([check], OUT_OF_MEMORY[check](sight))


async def server(sight: Sight) -> Seen:
    return translated(OF_THE_SERVER, [found async for found in machine(sight)])


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


def translated(checks: Collection[Check], findings: Iterable[Finding]) -> Seen:
    """Findings of all of these checks."""
    seen = Seen(frozenset(kind for check in checks for kind in KINDS[check].values()))
    for found in findings:
        if (kinds := KINDS.get(found.check)) is None:
            continue
        subject, kind = _subject(found), kinds.get(found.outcome)
        if found.unsure:
            seen.unsure.add((kinds[Severity.FAILED], subject))
        elif kind is not None and (kind, subject) != (Kind.SERVICE_DOWN, "database"):
            # That the database is away has a kind of its own.
            trouble = Trouble(
                kind=kind,
                subject=subject,
                name=found.about[:200],
                company=found.company,
                said=found.said,
                occurrence=found.occurrence,
            )
            seen.troubles.append(trouble)
    return seen


def _subject(found: Finding) -> str:
    return (found.row or found.about or str(found.check))[:200]
