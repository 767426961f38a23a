"""A streaming replica of a PostgreSQL server, which is promoted when the first one is gone."""

import contextlib
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.peers.postgresql import BOOT, SETTINGS, Server


class Replica(Server):
    """Its data are a copy of those of `primary`, and follow them."""

    def __init__(self, folder: Path, primary: Server) -> None:
        self.folder, self.port = folder, None
        self.primary = primary
        self.settings = {**SETTINGS, **primary.settings}
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
    folder = Path(tempfile.mkdtemp(prefix="tws-pg-"))
    try:
        replica = Replica(folder, primary)
        replica.start()
        try:
            yield replica
        finally:
            replica.stop()
    finally:
        shutil.rmtree(folder)
