"""The server itself: for super users, since it is everybody's."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from tws.licences.model import Count
from tws.licences.service import State
from tws.maintenance import store
from tws.maintenance.backups.plan import OFF
from tws.maintenance.backups.service import BackupService
from tws.maintenance.checks.nodes import nodes
from tws.maintenance.findings import Check, Finding, Severity, Sight, or_well, unknown
from tws.maintenance.part import PartState
from tws.maintenance.syslog import SyslogService
from tws.organisation.actor import SYSTEM
from tws.sentences import Sentence, sentence
from tws.storage import StorageUnavailable

MIB = 1024 * 1024
SCARCE, GONE = 1024 * MIB, 100 * MIB
"Bytes left on a disk."
SOON = timedelta(days=30)
A_NIGHT = timedelta(hours=26)
"From one daily backup to the next: a day, an hour of winter time, and one to make it."
APART = timedelta(minutes=1)
LICENCE_ENDS = "end"
"What a finding is of that tells of the end of the licence."


async def machine(sight: Sight) -> AsyncIterator[Finding]:
    for finding in await _database(sight):
        yield finding
    for finding in [*await _disk(sight), *await _certificate(sight)]:
        yield finding
    for finding in or_well(
        Check.LICENCES, licences(sight), sentence("The licence is valid, and not exceeded.")
    ):
        yield finding
    if sight.running is None:
        yield unknown(Check.SERVICES)
        yield unknown(Check.NODES)
        return
    found = [
        Finding(
            check=Check.SERVICES,
            outcome=Severity.FAILED,
            said=sentence("The service {service} does not run.", service=one.name)
            if one.why is None
            else sentence("The service {service} failed: {why}", service=one.name, why=one.why),
            todo=sentence("Start it."),
            page="services",
            about=one.name,
            occurrence=Severity.FAILED,
        )
        for one in await sight.running.services.list_services(SYSTEM)
        if one.state in (PartState.FAILED, PartState.STOPPED)
    ]
    for finding in or_well(Check.SERVICES, found, sentence("Every service runs.")):
        yield finding
    for finding in await nodes(sight, sight.running):
        yield finding
    yield await _backup(sight.running.backups, sight.now)
    yield _syslog(sight.running.syslog)


async def _backup(backups: BackupService, now: datetime) -> Finding:
    check, failure = Check.BACKUPS, backups.failure
    if failure is not None:
        why = failure.words
        return _found(
            check,
            Severity.FAILED,
            sentence("The backup was not copied to the second place: {why}", why=why)
            if failure.copied
            else sentence("The backup failed: {why}", why=why),
            sentence("Look whether the place is there and has room, then make one."),
            "backups",
        )
    if (lost := backups.settings.plan.lost) is not None:
        return _found(check, Severity.FAILED, lost, page="backups")
    if backups.settings.plan.at == OFF:
        said = sentence("No backup is made by itself: that is switched off.")
        return _found(check, Severity.NOT_APPLICABLE, said, page="backups")
    try:
        last = await backups.last()
    except OSError as error:
        said = sentence(
            "The folder of the backups cannot be read: {why}", why=error.strerror or str(error)
        )
        return _found(check, Severity.FAILED, said, page="backups")
    if last.taken is None:
        said = sentence("There is no backup yet.")
        found = _found(check, Severity.WARNING, said, sentence("Make one."), "backups")
        # Nothing went wrong before its first night.
        return replace(found, unsure=last.coming or now - last.since <= A_NIGHT)
    when = f"{last.taken.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if now - last.taken <= A_NIGHT:
        return _found(check, Severity.OK, sentence("The last backup is of {when}.", when=when))
    said = sentence("The last backup is of {when}: each day one should be made.", when=when)
    todo = sentence("Look whether this server runs when one is due, then make one.")
    return replace(_found(check, Severity.WARNING, said, todo, "backups"), unsure=last.coming)


async def _database(sight: Sight) -> list[Finding]:
    """Whether it answers, and whether its clock and ours agree."""
    try:
        async with sight.storage.reading() as reader:
            theirs, latest = await store.database_time(reader), await store.latest(reader)
    except StorageUnavailable:
        return [
            _found(
                Check.DATABASE,
                Severity.FAILED,
                sentence("The database is away."),
                sentence("Look whether it runs, and whether its disk is full."),
            ),
            Finding(
                check=Check.CLOCK,
                outcome=Severity.NOT_APPLICABLE,
                said=sentence("The database could not be asked for the time."),
                unsure=True,
            ),
        ]
    well = _found(Check.DATABASE, Severity.OK, sentence("The database answers."))
    apart = abs(sight.now - theirs)
    if apart > APART or (latest is not None and latest - sight.now > APART):
        said = sentence("The clocks of this server and of the database do not agree.")
        todo = sentence("Let both be set by NTP.")
        return [well, _found(Check.CLOCK, Severity.FAILED, said, todo)]
    return [well, _found(Check.CLOCK, Severity.OK, sentence("The clock is right."))]


async def _disk(sight: Sight) -> list[Finding]:
    found = []
    for folder in dict.fromkeys(sight.folders):
        left = await asyncio.to_thread(_left, folder)
        outcome = (
            Severity.FAILED
            if left < GONE
            else Severity.WARNING
            if left < sight.scarce
            else Severity.OK
        )
        said = sentence("{folder}: {free} MB are free.", folder=str(folder), free=left // MIB)
        todo = None if outcome is Severity.OK else sentence("Make room on this disk.")
        found.append(_found(Check.DISK, outcome, said, todo, about=str(folder)))
    return found


def _left(folder: Path) -> int:
    """Bytes; a folder that is not there yet will be made where its parent is."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


async def _certificate(sight: Sight) -> list[Finding]:
    if sight.certificate is None:
        said = sentence("This server has no certificate of its own.")
        return [_found(Check.CERTIFICATE, Severity.NOT_APPLICABLE, said)]
    try:
        data = await asyncio.to_thread(sight.certificate.read_bytes)
        ends = x509.load_pem_x509_certificate(data).not_valid_after_utc
    except (OSError, ValueError) as error:
        said = sentence("The certificate cannot be read: {why}", why=str(error))
        return [_found(Check.CERTIFICATE, Severity.FAILED, said)]
    left = ends - sight.now
    outcome = (
        Severity.FAILED
        if left <= timedelta(0)
        else Severity.WARNING
        if left < SOON
        else Severity.OK
    )
    said = sentence("The certificate is valid until {day}.", day=ends.date().isoformat())
    todo = None if outcome is Severity.OK else sentence("Renew it, and start the server again.")
    return [_found(Check.CERTIFICATE, outcome, said, todo)]


def _syslog(service: SyslogService) -> Finding:
    state, check = service.state, Check.SYSLOG
    if service.unreadable is not None:
        said = sentence("The syslog target cannot be read: {why}", why=service.unreadable)
        return _found(check, Severity.FAILED, said, sentence("Set it again."), "traces")
    if state.collector is None:
        said = sentence("No syslog collector is set.")
        return _found(check, Severity.NOT_APPLICABLE, said)
    todo = sentence("Look whether it runs, and whether a firewall lets this server through.")
    if state.why is not None:
        said = sentence("The syslog collector is not reached: {why}", why=state.why)
        return _found(check, Severity.FAILED, said, todo, "traces")
    if state.dropped:
        said = sentence(
            "{count} lines were left out: the syslog collector is too slow.", count=state.dropped
        )
        return _found(check, Severity.WARNING, said, todo, "traces")
    return _found(check, Severity.OK, sentence("The syslog collector takes what it is sent."))


def licences(sight: Sight) -> Iterator[Finding]:
    standing = sight.licences.standing(SYSTEM)
    ends = None if standing.licence is None else standing.licence.expires
    if standing.state not in (State.COMMUNITY, State.VALID):
        yield _found(
            Check.LICENCES,
            Severity.FAILED,
            sentence("The licence file does not count: nobody more is let in."),
            sentence("The page of licences says why."),
            "licences",
        )
    elif ends is not None and ends - sight.now < SOON:
        yield _found(
            Check.LICENCES,
            Severity.WARNING,
            sentence("The licence ends on {day}.", day=ends.date().isoformat()),
            sentence("Ask for a new one with the voucher."),
            "licences",
            about=LICENCE_ENDS,
        )
    for count in standing.counts:
        if count.free is not None and count.free <= 0 < count.used:
            yield _used_up(count)


def _used_up(count: Count) -> Finding:
    """The last one, or more than there are."""
    application, available = count.application, count.available or 0
    said = sentence(
        "{application}: all {available} are in use; nobody more is let in.",
        application=application,
        available=available,
    )
    if over := count.used > available:
        said = sentence(
            "{application}: {used} use it, the licence has {available}.",
            application=application,
            used=count.used,
            available=available,
        )
    return _found(
        Check.LICENCES,
        Severity.FAILED if over else Severity.WARNING,
        said,
        sentence("Take authorisations away, or ask for a larger licence."),
        "licences",
        about=application,
    )


def _found(
    check: Check,
    outcome: Severity,
    said: Sentence,
    todo: Sentence | None = None,
    page: str | None = None,
    about: str = "",
) -> Finding:
    """A disk that was nearly full and is full now, a licence near its end that ended: that is
    another occurrence of the same."""
    return Finding(
        check=check,
        outcome=outcome,
        said=said,
        todo=todo,
        page=page,
        about=about,
        occurrence=outcome,
    )
