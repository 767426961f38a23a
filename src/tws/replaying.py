"""Replaying traces with the drivers of this installation.

`python -m tws.replaying` is the process beside a server: an order in, an answer out, a line of
JSON each.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tws import links, telemetry
from tws.maintenance.traces.folder import lines_of
from tws.maintenance.traces.lines import NotATrace, header_of, records
from tws.maintenance.traces.model import Replay
from tws.maintenance.traces.process import Replayed, decode_order
from tws.maintenance.traces.replay import Replayer
from tws.organisation.model import Link
from tws.sentences import sentence
from tws.telephony.link import LinkDriver


async def replay_files(paths: Sequence[Path]) -> Replay:
    """The files of one trace, oldest first. NotATrace, OSError."""
    lines = lines_of(paths)
    header = header_of(next(lines, b""))
    return await Replayer(header, _driver).run(records(lines))


def _driver(link: Link) -> LinkDriver:
    return links.driver(link, time.monotonic())


async def main() -> None:
    telemetry.set_up(level="error")
    order = decode_order(sys.stdin.buffer.readline())
    try:
        answer = Replayed(replay=await replay_files([Path(file) for file in order.files]))
    except NotATrace as error:
        answer = Replayed(failure=error.said)
    except OSError as error:
        words = error.strerror or str(error)
        answer = Replayed(failure=sentence("a file of it cannot be read: {why}", why=words))
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    asyncio.run(main())
