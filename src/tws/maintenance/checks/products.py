"""Directories and calendars that are read, and secrets that can be."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from tws.errors import Invalid
from tws.maintenance.checks.telephony import unknown
from tws.maintenance.findings import Check, Finding, Running, Severity, Sight, or_well
from tws.organisation.model import (
    CollaborationSource,
    Directory,
    DirectoryKind,
    Link,
    UserImport,
)
from tws.sentences import sentence
from tws.sources.run_states import RunState

R = TypeVar("R", Link, Directory, CollaborationSource)


def secrets(sight: Sight) -> Iterator[Finding]:
    return or_well(
        Check.SECRETS,
        _secrets(sight),
        sentence("Every secret in the database can be read."),
    )


def _secrets(sight: Sight) -> Iterator[Finding]:
    organisation, known = sight.organisation, sight.registry
    for link in known.links.values():
        yield from _opened(sight, "links", link, lambda one: organisation.links.opened_link(one))
    for directory in known.directories.values():
        if directory.built_in is None:
            opened = organisation.directories.opened_settings
            yield from _opened(sight, "directories", directory, opened)
    for source in known.collaboration_sources.values():
        yield from _opened(
            sight, "collaboration", source, organisation.collaboration.opened_calendar
        )


def _opened(
    sight: Sight, page: str, row: R, opened: Callable[[R], Link | Mapping[str, object]]
) -> Iterator[Finding]:
    if not sight.covers(row.company):
        return
    try:
        opened(row)
    except Invalid as error:
        yield Finding(
            check=Check.SECRETS,
            outcome=Severity.FAILED,
            said=sentence("{name}: {why}", name=row.name, why=error.said),
            page=page,
            row=row.id,
            company=row.company,
        )


# ---------------------------------------------------------------- directories


def directories(sight: Sight) -> Iterator[Finding]:
    if sight.running is None:
        return iter([unknown(Check.DIRECTORIES)])
    return or_well(
        Check.DIRECTORIES,
        _directories(sight, sight.running),
        sentence("Every directory was read to its end when it was read last."),
    )


def _directories(sight: Sight, running: Running) -> Iterator[Finding]:
    for row in sight.registry.directories.values():
        off = row.built_in is not None or row.kind is DirectoryKind.DISABLED
        run = running.synchronisation.last(row.id)
        if off or not sight.covers(row.company) or run is None:
            continue
        if run.state is RunState.FAILED:
            outcome = Severity.FAILED
            said = sentence(
                "{directory} could not be read: {why}", directory=row.name, why=run.said
            )
            todo = sentence(
                "Try the directory out: its form tells more. User names, passwords and keys mind"
                " upper and lower case."
            )
        elif run.state is RunState.ASKING:
            outcome = Severity.WARNING
            said = sentence("{directory} asks whether it may delete.", directory=row.name)
            todo = sentence("Say yes, or cancel.")
        elif not run.state.over:
            outcome = Severity.OK
            said = sentence("{directory} is being read.", directory=row.name)
            todo = sentence("A long wait is normal where there is much to read: let it go on.")
        else:
            continue
        yield Finding(
            check=Check.DIRECTORIES,
            outcome=outcome,
            said=said,
            todo=todo,
            page="directories",
            row=row.id,
            company=row.company,
        )


# ---------------------------------------------------------------- imports of users


def imports(sight: Sight) -> Iterator[Finding]:
    if sight.running is None:
        return iter([unknown(Check.IMPORTS)])
    return or_well(
        Check.IMPORTS,
        _imports(sight, sight.running),
        sentence("Every import of users came to its end when it ran last."),
    )


def _imports(sight: Sight, running: Running) -> Iterator[Finding]:
    for row in sight.registry.user_imports.values():
        run = running.imports.last(row.id)
        if not sight.covers(row.company) or run is None:
            continue
        name = import_name(sight, row)
        if run.state is RunState.FAILED:
            outcome = Severity.FAILED
            said = sentence(
                "The users of {directory} could not be imported: {why}",
                directory=name,
                why=run.said,
            )
            todo = sentence("Try the import out: its form tells more.")
        elif run.state is RunState.ASKING:
            outcome = Severity.WARNING
            said = sentence(
                "The import of users of {directory} asks whether it may go on: it would delete or"
                " disable {count}.",
                directory=name,
                count=run.report.counts.deleted + run.report.counts.disabled,
            )
            todo = sentence("Say yes, or cancel.")
        else:
            continue
        yield Finding(
            check=Check.IMPORTS,
            outcome=outcome,
            said=said,
            todo=todo,
            page="userImports",
            row=row.id,
            company=row.company,
        )


def import_name(sight: Sight, row: UserImport) -> str:
    """That of the directory that it reads."""
    directory = sight.registry.directories.get(row.directory)
    return "" if directory is None else directory.name


# ---------------------------------------------------------------- calendars


def calendars(sight: Sight) -> Iterator[Finding]:
    if sight.running is None:
        return iter([unknown(Check.CALENDARS)])
    return or_well(
        Check.CALENDARS,
        _calendars(sight, sight.running),
        sentence("Every source of calendars was read when it was due."),
    )


def _calendars(sight: Sight, running: Running) -> Iterator[Finding]:
    for row in sight.registry.collaboration_sources.values():
        last = running.calendars.state(row.id).last
        if not row.enabled or not sight.covers(row.company) or last is None:
            continue
        if last.problem is not None:
            yield Finding(
                check=Check.CALENDARS,
                outcome=Severity.FAILED,
                said=sentence(
                    "The calendars of {source} were not read: {why}",
                    source=row.name,
                    why=last.said,
                ),
                todo=sentence("Try the source out: its form tells more."),
                page="collaboration",
                row=row.id,
                company=row.company,
            )
