"""A mark in the state folder while the server runs: one that is found at a start was left by a
process that did not end by itself, killed or with its machine."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import structlog

from tws.incidents.keeping import Keeper
from tws.incidents.model import IncidentKind, Trouble
from tws.schedule import Schedule
from tws.sentences import sentence
from tws.storage.whole_file import write_whole
from tws.undecodable import UNDECODABLE

JOB = "sign of life"
EVERY = 20.0
"Seconds."
log = structlog.get_logger(__name__)


class SignOfLife:
    def __init__(
        self, file: Path, keeper: Keeper, schedule: Schedule, clock: Callable[[], datetime]
    ) -> None:
        self._file, self._keeper = file, keeper
        self._schedule, self._clock = schedule, clock

    async def start(self) -> None:
        """As the one server of this database."""
        last = await asyncio.to_thread(self._last)
        if last is not None:
            log.error("the server ended unexpectedly", last=last.isoformat())
            self._keeper.happened(
                Trouble(
                    kind=IncidentKind.SERVER_ENDED,
                    subject="server",
                    name="",
                    company=None,
                    said=sentence(
                        "The server ended without being stopped: it was killed, it crashed, or"
                        " its machine went down. It runs again."
                    ),
                ),
                last,
            )
        await self._give()
        self._schedule.every(JOB, EVERY, self._give)

    async def stop(self) -> None:
        """It ends by itself."""
        await self._schedule.end(JOB)
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _last(self) -> datetime | None:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=datetime)
        except OSError:
            return None
        except UNDECODABLE:
            # Written as the machine went down.
            return datetime.fromtimestamp(self._file.stat().st_mtime, UTC)

    async def _give(self) -> None:
        await asyncio.to_thread(self._write)

    def _write(self) -> None:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._file, msgspec.json.encode(self._clock()))
        except OSError as error:
            log.error("sign of life not written", error=str(error))
