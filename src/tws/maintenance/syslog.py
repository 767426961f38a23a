"""The collector to which this server's log and its audit log go, set by super users.

It stands in a file of this machine, not in the database: that the database is away is what a
collector should hear.
"""

import asyncio
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import structlog

from tws import telemetry
from tws.errors import Unavailable, invalid
from tws.net import failures
from tws.net.syslog import Collector, Sender, Transport, try_out
from tws.organisation.actor import Actor
from tws.organisation.permission import super_users_only
from tws.protocols.syslog import Facility, line
from tws.sentences import Sentence, sentence
from tws.storage import Storage
from tws.storage.whole_file import write_whole
from tws.undecodable import UNDECODABLE

log = structlog.get_logger(__name__)
NOT_FIELDS = frozenset({"event", "level", "timestamp", "exc_info", "logger"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SyslogState:
    """`collector` None = lines go nowhere."""

    collector: Collector | None
    up: bool = False
    why: Sentence | None = None
    sent: int = 0
    waiting: int = 0
    dropped: int = 0


class SyslogService:
    def __init__(self, file: Path, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._file, self._storage, self._clock = file, storage, clock
        self._host, self._pid = socket.gethostname(), os.getpid()
        self._sender: Sender | None = None
        self._collector: Collector | None = None
        self.started = False
        self.unreadable: Sentence | None = None
        "Why the file says nothing."

    async def start(self) -> None:
        """Send from now on, where a collector was set."""
        self.started, self._collector, self.unreadable = True, None, None
        telemetry.follow(self._logged)
        self._storage.on_audit = self._audited
        try:
            self._collector = msgspec.json.decode(self._file.read_bytes(), type=Collector)
        except FileNotFoundError:
            return
        except (OSError, *UNDECODABLE) as error:
            self.unreadable = (
                failures.why(error)
                if isinstance(error, OSError)
                else sentence("it names no collector: {why}", why=str(error))
            )
            log.error("syslog target cannot be read", file=str(self._file), error=str(error))
            return
        self._begin(self._collector)

    async def stop(self) -> None:
        self.started = False
        telemetry.leave(self._logged)
        self._storage.on_audit = None
        await self._end()

    # ---------------------------------------------------------------- for super users

    @property
    def state(self) -> SyslogState:
        sender = self._sender
        if sender is None:
            off = None if self._collector is None else sentence("this service is stopped")
            return SyslogState(collector=self._collector, why=off)
        return SyslogState(
            collector=sender.collector,
            up=sender.up,
            why=sender.why,
            sent=sender.sent,
            waiting=sender.waiting,
            dropped=sender.dropped,
        )

    def standing(self, actor: Actor) -> SyslogState:
        super_users_only(actor)
        return self.state

    async def change(self, actor: Actor, collector: Collector | None) -> SyslogState:
        """Another collector, or none; Invalid. While this is stopped it takes effect at the
        start."""
        super_users_only(actor)
        if collector is not None:
            checked(collector)
        before = self.state.collector
        await self._tell(actor, before, collector)
        try:
            await asyncio.to_thread(self._write, collector)
        except OSError as error:
            raise Unavailable(f"{self._file}: {error.strerror}.") from error
        await self._end()
        self.unreadable, self._collector = None, collector
        if collector is not None and self.started:
            self._begin(collector)
        return self.state

    async def test(self, actor: Actor, collector: Collector) -> Sentence | None:
        """Send it a line; what is wrong, None = nothing that could be seen."""
        super_users_only(actor)
        checked(collector)
        text = self._line(Facility.DAEMON, "info", "test", {}, "A test of TWS.")
        why = await asyncio.to_thread(try_out, collector, text)
        return None if why is None else sentence("The collector was not reached: {why}.", why=why)

    # ---------------------------------------------------------------- inside

    def _begin(self, collector: Collector) -> None:
        self._sender = Sender(collector, self._lost)
        self._sender.start()

    async def _end(self) -> None:
        sender, self._sender = self._sender, None
        if sender is not None:
            await asyncio.to_thread(sender.stop)

    def _write(self, collector: Collector | None) -> None:
        if collector is None:
            self._file.unlink(missing_ok=True)
            return
        write_whole(self._file, msgspec.json.encode(collector), lasting=True)

    async def _tell(self, actor: Actor, before: Collector | None, after: Collector | None) -> None:
        async with self._storage.transaction() as tx:
            known = [None if one is None else asdict(one) for one in (before, after)]
            await tx.audit(actor, "syslog target changed", "syslog", *known)

    def _logged(self, event: Mapping[str, Any]) -> None:
        """A line of the log, as it is written on standard error: people are masked."""
        if self._sender is not None:
            fields = {name: value for name, value in event.items() if name not in NOT_FIELDS}
            words = str(event.get("event", ""))
            level = str(event.get("level", "info"))
            self._sender.put(self._line(Facility.DAEMON, level, "log", fields, words))

    def _audited(self, entry: Mapping[str, Any]) -> None:
        """A line of the audit log: who did what to what, not what it was."""
        if self._sender is not None:
            fields = {name: entry[name] for name in ("actor", "company", "target", "session")}
            words = str(entry["action"])
            self._sender.put(self._line(Facility.AUDIT, "info", "audit", fields, words))

    def _lost(self, count: int) -> bytes:
        words = f"{count} lines were left out so far: the collector was slower than this server."
        return self._line(Facility.DAEMON, "warning", "dropped", {"count": count}, words)

    def _line(
        self, facility: Facility, level: str, kind: str, fields: Mapping[str, object], words: str
    ) -> bytes:
        return line(
            at=self._clock(),
            host=self._host,
            pid=self._pid,
            facility=facility,
            level=level,
            kind=kind,
            fields=fields,
            words=words,
        )


def checked(collector: Collector) -> Collector:
    """Invalid, with what cannot be."""
    host = collector.host.strip()
    if not host or any(c.isspace() for c in host):
        raise invalid(sentence("a host name or an address is expected"), field="host")
    if not 1 <= collector.port <= 65535:
        raise invalid(sentence("{least} to {most} is expected", least=1, most=65535), field="port")
    if collector.ca_file and collector.transport != Transport.TLS:
        raise invalid(sentence("certificates are looked at with TLS only"), field="caFile")
    if collector.ca_file and not Path(collector.ca_file).is_file():
        raise invalid(sentence("there is no such file on the server"), field="caFile")
    return collector
