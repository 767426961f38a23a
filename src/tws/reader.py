"""The process that reads one source: `python -m tws.reader` reads contacts into a staging file,
`python -m tws.reader calendars` people's calendars.

Started by the server for each synchronisation (`tws.directory.sync.process`) and refreshing
(`tws.presence.process`). It knows the connectors, and nothing of databases, PBXs or the web.
"""

import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tws import connectors
from tws.connectors.photo_reader import PhotoReader
from tws.directory.connector import ConnectorError, DirectoryConnector, Misconfigured
from tws.directory.failing import Failed, failed
from tws.directory.mapping import mapping
from tws.directory.sync.messages import Ended, Progress, Read, read_question
from tws.directory.sync.reading import Remarks, SourceReading
from tws.directory.sync.sampling import sample
from tws.directory.sync.staging import Staging
from tws.errors import Invalid
from tws.presence import messages as calendars
from tws.register import NotInstalled

MEBIBYTE = 1024 * 1024
_encode = msgspec.json.Encoder().encode


def main() -> None:
    line = sys.stdin.buffer.readline()
    if sys.argv[1:] == ["calendars"]:
        question = calendars.read_question(line)
        _within(question.memory, lambda: _read_calendars(question))
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
        _tell(Failed("misconfigured", f"This source takes more than {memory} MB of memory."))
    except (ConnectorError, Invalid, NotInstalled) as error:
        _tell(_failed(error))


def _read(question: Read) -> Ended:
    connector = _connector(question)
    if question.sample is not None:
        box = question.mailboxes[0].address if question.mailboxes else None
        found = sample(connector, mapping(question.mapping), box, question.sample)
        return Ended(Remarks(read=len(found)), found)
    made_by = repr(sorted(question.mapping.items()))
    photos = PhotoReader(question.local_photos)
    staging = Staging(Path(question.staging))
    try:
        reading = SourceReading(mapping(question.mapping), made_by, question.plan, photos)
        remarks = reading.run(
            connector, staging, question.mailboxes, lambda read: _tell(Progress(read))
        )
        return Ended(remarks)
    finally:
        photos.close()
        staging.close()


def _connector(question: Read) -> DirectoryConnector:
    files = Path(question.files)
    if question.sent is not None:
        return connectors.sent(question.connector, question.sent, files)
    return connectors.opened(question.connector, question.settings, files)


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
    return failed(Misconfigured(error.message if isinstance(error, Invalid) else str(error)))


def _tell(told: Any) -> None:
    sys.stdout.buffer.write(_encode(told) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
