"""Directories and calendars that are read, and secrets that can be."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import TypeVar

from tws.directory.runs import Run as Synchronisation
from tws.errors import Invalid
from tws.imports.model import Run as Import
from tws.maintenance.findings import (
    Check,
    Finding,
    Running,
    Severity,
    Sight,
    of_running,
    or_well,
)
from tws.organisation.model import (
    CollaborationSource,
    Directory,
    DirectoryKind,
    Link,
    SmsProvider,
    UserImport,
)
from tws.sentences import Sentence, sentence
from tws.sources.run_states import RunState

OUTCOMES: Mapping[RunState, Severity] = {
    RunState.FAILED: Severity.FAILED,
    RunState.ASKING: Severity.WARNING,
    RunState.READING: Severity.OK,
    RunState.MERGING: Severity.OK,
    RunState.CANCELLED: Severity.OK,
}
"Of the last run of a source. How one that goes on, or was cancelled, would end nobody knows."
LONG = timedelta(minutes=30)
FAILURES = 3
"In a row, of the reading of calendars: an hour's trouble of a product is none of ours."
R = TypeVar("R", Link, Directory, CollaborationSource, SmsProvider)


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
    for provider in known.sms_providers.values():
        opened_provider = organisation.sms_providers.opened_sms_provider
        yield from _opened(sight, "smsProviders", provider, opened_provider)
    if sight.push_key_lost is not None and sight.actor.super_user:
        yield Finding(
            check=Check.SECRETS,
            outcome=Severity.FAILED,
            said=sentence(
                "Browsers are told of no calls, their key cannot be used: {why}",
                why=sight.push_key_lost,
            ),
            todo=sentence("Put the old key of the secrets back, or renew the key of browsers."),
            page="services",
            about="push",
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
            about=row.name,
            company=row.company,
        )


# ---------------------------------------------------------------- directories


def directories(sight: Sight) -> Iterator[Finding]:
    well = sentence("Every directory was read to its end when it was read last.")
    return of_running(Check.DIRECTORIES, sight, _directories, well)


def _directories(sight: Sight, running: Running) -> Iterator[Finding]:
    for row in sight.registry.directories.values():
        off = row.built_in is not None or row.kind is DirectoryKind.DISABLED
        run = running.synchronisation.last(row.id)
        if off or not sight.covers(row.company) or run is None or run.state not in OUTCOMES:
            continue
        said, todo = _synchronisation(row.name, run)
        yield _of_run(Check.DIRECTORIES, "directories", row, row.name, run, said, todo)


def _synchronisation(name: str, run: Synchronisation) -> tuple[Sentence, Sentence | None]:
    match run.state:
        case RunState.FAILED:
            said = sentence("{directory} could not be read: {why}", directory=name, why=run.said)
            todo = sentence(
                "Try the directory out: its form tells more. User names, passwords and keys mind"
                " upper and lower case."
            )
            return said, todo
        case RunState.ASKING:
            said = sentence("{directory} asks whether it may delete.", directory=name)
            return said, sentence("Say yes, or cancel.")
        case RunState.CANCELLED:
            return sentence("The reading of {directory} was cancelled.", directory=name), None
    said = sentence("{directory} is being read.", directory=name)
    todo = sentence("A long wait is normal where there is much to read: let it go on.")
    return said, todo


def _of_run(
    check: Check,
    page: str,
    row: Directory | UserImport,
    name: str,
    run: Synchronisation | Import,
    said: Sentence,
    todo: Sentence | None,
) -> Finding:
    outcome = OUTCOMES[run.state]
    return Finding(
        check=check,
        outcome=outcome,
        said=said,
        todo=todo,
        page=page,
        row=row.id,
        about=name,
        company=row.company,
        occurrence=run.id,
        unsure=outcome is Severity.OK,
    )


# ---------------------------------------------------------------- imports of users


def imports(sight: Sight) -> Iterator[Finding]:
    well = sentence("Every import of users came to its end when it ran last.")
    return of_running(Check.IMPORTS, sight, _imports, well)


def _imports(sight: Sight, running: Running) -> Iterator[Finding]:
    for row in sight.registry.user_imports.values():
        run = running.imports.last(row.id)
        if not sight.covers(row.company) or run is None or run.state not in OUTCOMES:
            continue
        directory = sight.registry.directories.get(row.directory)
        name = "" if directory is None else directory.name
        said, todo = _import(name, run)
        yield _of_run(Check.IMPORTS, "userImports", row, name, run, said, todo)


def _import(name: str, run: Import) -> tuple[Sentence, Sentence | None]:
    match run.state:
        case RunState.FAILED:
            said = sentence(
                "The users of {directory} could not be imported: {why}",
                directory=name,
                why=run.said,
            )
            return said, sentence("Try the import out: its form tells more.")
        case RunState.ASKING:
            said = sentence(
                "The import of users of {directory} asks whether it may go on: it would delete or"
                " disable {count}.",
                directory=name,
                count=run.report.counts.deleted + run.report.counts.disabled,
            )
            return said, sentence("Say yes, or cancel.")
        case RunState.CANCELLED:
            said = sentence("The import of users of {directory} was cancelled.", directory=name)
            return said, None
    return sentence("The users of {directory} are being imported.", directory=name), None


# ---------------------------------------------------------------- calendars


def calendars(sight: Sight) -> Iterator[Finding]:
    well = sentence("Every source of calendars was read when it was due.")
    return of_running(Check.CALENDARS, sight, _calendars, well)


def _calendars(sight: Sight, running: Running) -> Iterator[Finding]:
    for row in sight.registry.collaboration_sources.values():
        last = running.calendars.state(row.id).last
        if not row.enabled or not sight.covers(row.company) or last is None:
            continue
        if last.problem is not None:
            passing = last.refreshed is not None and sight.now - last.refreshed < LONG
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
                about=row.name,
                company=row.company,
                unsure=passing or last.failures < FAILURES,
            )
