"""A private MariaDB with its own data folder, on a port of loopback.

    with running_mariadb() as server:
        server.run("CREATE DATABASE crm")
        server.port

It runs as whoever runs the tests: unlike PostgreSQL it only asks root to say so.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from tests.peers.debian import Root, unpacked
from tests.peers.ports import block_of_ports

BOOT = 60.0
"Seconds within which the server answers."
SUITE = "bookworm"
ROOT, PASSWORD = "tws", "h4rd;to{guess}'s"
"The account that may do everything; its password has every sign that strings trip over."
SMALL = (
    "--innodb-buffer-pool-size=16M",
    "--innodb-log-file-size=8M",
    "--innodb-flush-log-at-trx-commit=0",
    "--key-buffer-size=1M",
    "--performance-schema=OFF",
    "--skip-log-bin",
    "--skip-name-resolve",
    "--max-connections=20",
    "--character-set-server=utf8mb4",
)


def prepare() -> None:
    """Find or unpack MariaDB; raises PeerMissing."""
    programs()


@cache
def programs() -> Root:
    return unpacked(("mariadb-server-core", "mariadb-client-core"), (SUITE,))


class Server:
    """One server: started, stopped and held still by tests."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "data/mysql").mkdir(parents=True)
        scripts = programs().path / "usr/share/mysql"
        first = "use mysql;\n" + "".join(
            (scripts / name).read_text()
            for name in ("mysql_system_tables.sql", "mysql_system_tables_data.sql")
        )
        quoted = PASSWORD.replace("'", "''")
        first += (
            "\nFLUSH PRIVILEGES;\nDELETE FROM mysql.global_priv WHERE User='';\n"
            f"CREATE USER '{ROOT}'@'%' IDENTIFIED BY '{quoted}';\n"
            f"GRANT ALL ON *.* TO '{ROOT}'@'%' WITH GRANT OPTION;\n"
        )
        with self._log() as log:
            subprocess.run(
                self._command("--bootstrap", "--skip-networking", "--skip-grant-tables"),
                input=first.encode(),
                stdout=log,
                stderr=log,
                check=True,
            )

    def start(self) -> None:
        network = f"--port={self.port}", "--bind-address=127.0.0.1"
        with self._log() as log:
            self._process = subprocess.Popen(
                self._command(*network), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + BOOT
        while "ready for connections" not in (self.folder / "log").read_text():
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
            if self._process.returncode is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text())

    def run(self, sql: str) -> None:
        """As the account that may do everything."""
        client = programs().command(
            "usr/bin/mariadb",
            "--no-defaults",
            "--protocol=tcp",
            "--host=127.0.0.1",
            f"--port={self.port}",
            f"--user={ROOT}",
            f"--password={PASSWORD}",
            "--default-character-set=utf8mb4",
        )
        subprocess.run(client, input=sql.encode(), check=True, stdout=subprocess.DEVNULL)

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """It keeps its connections, and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()  # the data does not outlive the test
            self._process.wait(BOOT)

    def _command(self, *options: str) -> list[str]:
        root = programs()
        return root.command(
            "usr/sbin/mariadbd",
            "--no-defaults",
            f"--user={pwd.getpwuid(os.geteuid()).pw_name}",
            f"--basedir={root.path / 'usr'}",
            f"--datadir={self.folder / 'data'}",
            f"--socket={self.folder / 'socket'}",
            f"--pid-file={self.folder / 'pid'}",
            f"--lc-messages-dir={root.path / 'usr/share/mysql'}",
            f"--plugin-dir={self.folder}",
            *SMALL,
            *options,
        )

    def _log(self) -> BinaryIO:
        return (self.folder / "log").open("ab")


@contextmanager
def running_mariadb() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="tws-maria-"))
    try:
        with block_of_ports() as ports:
            server = Server(folder, ports[0])
            server.start()
            try:
                yield server
            finally:
                server.stop()
    finally:
        shutil.rmtree(folder)
