"""A streaming replica of a PostgreSQL server, which is promoted when the first one is gone."""

import contextlib
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from tests.peers.postgresql import BOOT, SETTINGS, Server

from drills.journal import plain


class Replica(Server):
    """Its data are a copy of those of `primary`, and follow them."""

    def __init__(self, folder: Path, primary: Server) -> None:
        self.folder, self.port = folder, None
        self.primary = primary
        # The other one waits for it from when it is started again: it is there at once.
        self.settings = {**SETTINGS, **primary.settings, "wal_retrieve_retry_interval": "100ms"}
        self._process, self._owner = None, None
        if os.geteuid() == 0:
            self._owner = pwd.getpwnam("nobody").pw_uid
            os.chown(folder, self._owner, -1)
        copying = self._started(
            "pg_basebackup",
            *("-D", self._data, "-h", str(primary.folder), "-U", "tws"),
            *("--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream"),
        )
        if copying.wait(BOOT):
            raise RuntimeError(self._log())

    def promote(self) -> None:
        """It takes changes from now on."""
        promoting = self._started("pg_ctl", "promote", "-D", self._data, "-w")
        if promoting.wait(BOOT):
            raise RuntimeError(self._log())


@contextlib.contextmanager
def running_replica(primary: Server) -> Iterator[Replica]:
    """What `primary` says is written is written on both: a replica that follows later loses what
    was the last to be written."""
    folder = Path(tempfile.mkdtemp(prefix="tws-pg-"))
    try:
        replica = Replica(folder, primary)
        replica.start()
        _waits_for_it(primary)
        try:
            yield replica
        finally:
            replica.stop()
    finally:
        shutil.rmtree(folder)


def _waits_for_it(primary: Server) -> None:
    url = plain(primary.url("postgres"))
    with create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as asked:
        asked.execute(text("ALTER SYSTEM SET synchronous_standby_names = '*'"))
        asked.execute(text("SELECT pg_reload_conf()"))
