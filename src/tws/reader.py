"""The process that reads one source of contacts into a staging file: `python -m tws.reader`.

Started by the server for each synchronisation (`tws.directory.sync.process`). It knows the
connectors, and nothing of databases, PBXs or the web.
"""

import resource
import sys
from pathlib import Path

from tws import connectors
from tws.directory.connector import ConnectorError, Refused, Unreachable
from tws.directory.mapping import mapping
from tws.directory.sync.messages import (
    Ended,
    Failed,
    Progress,
    Read,
    Told,
    encode,
    read_question,
)
from tws.directory.sync.reading import Reading, Remarks
from tws.directory.sync.sampling import sample
from tws.directory.sync.staging import Staging
from tws.organisation.errors import Invalid
from tws.register import Misconfigured

MEBIBYTE = 1024 * 1024


def main() -> None:
    question = read_question(sys.stdin.buffer.readline())
    limit = question.memory * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    try:
        _tell(_read(question))
    except MemoryError:
        words = f"This source takes more than {question.memory} MB of memory."
        _tell(Failed("misconfigured", words))
    except (ConnectorError, Invalid, Misconfigured) as error:
        _tell(_failed(error))


def _read(question: Read) -> Ended:
    connector = connectors.opened(question.connector, question.settings, Path(question.files))
    if question.sample is not None:
        box = question.mailboxes[0].address if question.mailboxes else None
        found = sample(connector, mapping(question.mapping), box, question.sample)
        return Ended(Remarks(read=len(found)), found)
    made_by = repr(sorted(question.mapping.items()))
    staging = Staging(Path(question.staging))
    try:
        reading = Reading(mapping(question.mapping), made_by, question.plan)
        remarks = reading.run(
            connector, staging, question.mailboxes, lambda read: _tell(Progress(read))
        )
        return Ended(remarks)
    finally:
        staging.close()


def _failed(error: Exception) -> Failed:
    match error:
        case Unreachable():
            return Failed("unreachable", str(error))
        case Refused():
            return Failed("refused", str(error))
        case Invalid(message=message):
            return Failed("misconfigured", message)
        case _:
            return Failed("misconfigured", str(error))


def _tell(told: Told) -> None:
    sys.stdout.buffer.write(encode(told) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
