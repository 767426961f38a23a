"""The process that reads one source: `python -m tws.source_reader` reads contacts into a staging
file, with `calendars` behind it people's calendars, with `users` those who are to be users, with
`photos` it makes pictures small.

Started by the server for each synchronisation (`tws.directory.sync.process`), refreshing
(`tws.presence.calendars.process`) and import (`tws.imports.process`). It knows the connectors, and
nothing of databases, PBXs or the web.
"""

import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tws import connectors
from tws.connectors.pictures.photo_reader import PhotoReader
from tws.connectors.pictures.shrinking import small
from tws.directory import photo_making
from tws.directory.connector import DirectoryConnector
from tws.directory.mapping import mapping
from tws.directory.photos import NoPhoto
from tws.directory.runs import Remarks
from tws.directory.sync.mailboxes import Mailbox, Turns
from tws.directory.sync.messages import Ended, Progress, Read, read_question
from tws.directory.sync.reading import SourceReading
from tws.directory.sync.sampling import Sample, sample
from tws.directory.sync.staging import Staging
from tws.errors import Invalid
from tws.imports import messages as users
from tws.imports.reading import people
from tws.presence.calendars import messages as calendars
from tws.register import NotInstalled
from tws.sources.errors import ConnectorError, Misconfigured
from tws.sources.failing import Failed, failed

MEBIBYTE = 1024 * 1024
_encode = msgspec.json.Encoder().encode


def main() -> None:
    line = sys.stdin.buffer.readline()
    if sys.argv[1:] == ["calendars"]:
        question = calendars.read_question(line)
        _within(question.memory, lambda: _read_calendars(question))
    elif sys.argv[1:] == ["users"]:
        wanted = users.read_question(line)
        _within(wanted.memory, lambda: _read_users(wanted))
    elif sys.argv[1:] == ["photos"]:
        pictures = photo_making.read_question(line)
        _within(pictures.memory, lambda: _make_photos(pictures))
    else:
        asked = read_question(line)
        _within(asked.memory, lambda: _read(asked))


def _within(memory: int, read: Callable[[], Any]) -> None:
    """Tell what is read with so many MiB, or why it cannot be."""
    limit = memory * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    try:
        _tell(read())
    except MemoryError:
        why = Misconfigured("This source takes more than {most} MB of memory.", most=memory)
        _tell(failed(why))
    except (ConnectorError, Invalid, NotInstalled) as error:
        _tell(_failed(error))


def _read(question: Read) -> Ended:
    connector = _connector(question)
    if question.sample is not None:
        found = _sample(question, connector, question.sample)
        return Ended(Remarks(read=len(found)), found)
    made_by = repr(sorted(question.mapping.items()))
    photos = PhotoReader(question.local_photos)
    staging = Staging(Path(question.staging))
    try:
        reading = SourceReading(mapping(question.mapping), made_by, question.plan, photos)
        remarks = reading.run(
            connector,
            staging,
            question.mailboxes,
            lambda read: _tell(Progress(read)),
            partial(_own, question),
        )
        return Ended(remarks)
    finally:
        photos.close()
        staging.close()


def _sample(question: Read, connector: DirectoryConnector, number: int) -> list[Sample]:
    """Of a private directory that of the first who needs its account; ConnectorError."""
    fields = mapping(question.mapping)
    if question.mailboxes is None:
        return sample(connector, fields, None, number)
    if not question.mailboxes:
        raise Misconfigured("Nobody with an e-mail address may look into this directory.")
    box = min(question.mailboxes, key=lambda one: bool(one.account or one.problem))
    with Turns(connector, partial(_own, question)).of(box) as opened:
        return sample(opened, fields, box.address, number)


def _own(question: Read, mailbox: Mailbox) -> DirectoryConnector:
    files = Path(question.files)
    return connectors.opened_own(question.connector, question.settings, mailbox.account, files)


def _connector(question: Read) -> DirectoryConnector:
    files = Path(question.files)
    if question.sent is not None:
        return connectors.sent(question.connector, question.sent, files)
    return connectors.opened(question.connector, question.settings, files)


def _read_users(question: users.ReadUsers) -> users.Ended:
    files = Path(question.files)
    connector = connectors.opened(question.connector, question.settings, files)
    for found in people(connector, mapping(question.fields)):
        _tell(users.Found(found))
    return users.Ended()


def _make_photos(question: photo_making.MakePhotos) -> photo_making.Ended:
    for picture in question.pictures:
        try:
            _tell(photo_making.Made(small(picture)))
        except NoPhoto as error:
            _tell(photo_making.Made(said=error.said))
    return photo_making.Ended()


def _read_calendars(question: calendars.ReadCalendars) -> calendars.Ended:
    """What fails in one part does not in the others."""
    for number, part in enumerate(question.parts):
        if not part.mailboxes:  # nobody is read with the account for all
            continue
        try:
            _read_part(question, number, part)
        except (ConnectorError, Invalid, NotInstalled) as error:
            _tell(calendars.PartFailed(number, _failed(error)))
    return calendars.Ended()


def _read_part(question: calendars.ReadCalendars, number: int, part: calendars.Part) -> None:
    connector = connectors.opened_calendar(question.connector, part.settings, Path(question.files))
    zone = ZoneInfo(question.zone)
    for one in connector.busy(part.mailboxes, question.since, question.until, zone):
        if isinstance(one.found, ConnectorError):
            _tell(calendars.Found(number, one.mailbox, failed=failed(one.found)))
        else:
            _tell(calendars.Found(number, one.mailbox, list(one.found)))


def _failed(error: ConnectorError | Invalid | NotInstalled) -> Failed:
    if isinstance(error, ConnectorError):
        return failed(error)
    return failed(Misconfigured(error.said))


def _tell(told: Any) -> None:
    sys.stdout.buffer.write(_encode(told) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
