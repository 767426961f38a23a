"""A private PostgreSQL on a Unix socket, with its own data folder; a new database for each test.

    with running_postgresql() as server:
        url = await server.new_database()

PostgreSQL refuses to run as root: then it runs as `nobody`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.peers import PeerMissing
from tests.peers.debian import release, unpacked

BOOT = 30.0
"Seconds within which the server answers."
RELEASES = {"bullseye": 13, "bookworm": 15, "trixie": 17}
"Which PostgreSQL each Debian release has: its programs need that release's libraries."
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "16MB",
    "jit": "off",
    # The data does not outlive the test.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


def prepare() -> None:
    """Find or unpack PostgreSQL; raises PeerMissing."""
    programs()


@cache
def programs() -> Path:
    """The folder of `postgres` and `initdb`."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    if anywhere := shutil.which("postgres"):
        return Path(anywhere).resolve().parent
    return _unpacked()


def _unpacked() -> Path:
    name = release()
    version = RELEASES.get(name)
    if version is None:
        raise PeerMissing(f"PostgreSQL is not installed, nor known of this system ({name})")
    root = unpacked((f"postgresql-{version}",), (name,)).path
    if os.geteuid() == 0:
        root = _readable_copy(root)
    return root / f"usr/lib/postgresql/{version}/bin"


def _readable_copy(root: Path) -> Path:
    """Root's own cache can't be entered by `nobody`: the same files where they can."""
    copy = Path("/var/tmp/tws-peers") / root.name
    if not copy.exists():
        partial = Path(tempfile.mkdtemp(dir=_made(copy.parent)))
        partial.chmod(0o755)
        shutil.copytree(root, partial, symlinks=True, dirs_exist_ok=True)
        try:
            partial.rename(copy)
        except OSError:  # another run was quicker
            shutil.rmtree(partial)
    return copy


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return folder


class Server:
    """One cluster: started, stopped and started again by tests."""

    def __init__(self, folder: Path, port: int | None, settings: Mapping[str, str]) -> None:
        """`port`: of loopback, where accounts need their passwords."""
        self.folder, self.port = folder, port
        self.settings = {**SETTINGS, **settings}
        self.migrated = False
        "Whether it has a database `migrated`, to be copied."
        self._process: subprocess.Popen[bytes] | None = None
        self._owner: int | None = None
        if os.geteuid() == 0:
            self._owner = pwd.getpwnam("nobody").pw_uid
            os.chown(folder, self._owner, -1)
        # The encoding is the locale's otherwise, and C has none: no letter with an accent.
        if not (folder / "data/PG_VERSION").exists():
            arguments = ("-D", self._data, "-U", "tws", "-A", "trust", "-N", "-E", "UTF8")
            initdb = self._started("initdb", *arguments)
            if initdb.wait(BOOT):
                raise RuntimeError(self._log())
        if port is not None:
            hosts = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
            (folder / "data/pg_hba.conf").write_text(hosts)

    def start(self) -> None:
        settings = self.settings | {"unix_socket_directories": str(self.folder)}
        if self.port is not None:
            settings |= {"listen_addresses": "127.0.0.1", "port": str(self.port)}
        options = [word for k, v in settings.items() for word in ("-c", f"{k}={v}")]
        self._process = self._started("postgres", "-D", self._data, *options)
        deadline = time.monotonic() + BOOT
        while "ready" not in self._status():
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.02)
            if self._process.returncode is not None or time.monotonic() > deadline:
                raise RuntimeError(self._log())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends every connection at once, with words; SIGQUIT without a goodbye."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(BOOT)
            self._process = None

    def freeze(self) -> None:
        """It takes connections and what they say, and answers nothing more, until `thaw`."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: signal.Signals) -> None:
        """To it and to what it has for each connection."""
        assert self._process is not None
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            with suppress(ProcessLookupError):  # its connection was closed meanwhile
                os.kill(each, number)

    def url(self, database: str) -> str:
        port = "" if self.port is None else f"&port={self.port}"
        return f"postgresql+asyncpg://tws@/{database}?host={self.folder}{port}"

    async def new_database(self, name: str = "", template: str = "template1") -> str:
        """The URL of a new database, a copy of `template`."""
        name = name or f"t{uuid4().hex}"
        engine = create_async_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        await engine.dispose()
        return self.url(name)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _status(self) -> str:
        """The last line of this file says how far the server is."""
        file = self.folder / "data" / "postmaster.pid"
        return file.read_text() if file.exists() else ""

    def _log(self) -> str:
        return (self.folder / "log").read_text()

    def _started(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        path = programs() / program
        libraries = next(iter(path.parents[3].glob("lib/*-linux-gnu*")), path.parent)
        own = {} if path.parents[3] == Path("/usr") else {"LD_LIBRARY_PATH": str(libraries)}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(path), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"LC_ALL": "C", "PATH": str(path.parent), "TZ": "UTC", **own},
                user=self._owner,
                extra_groups=[] if self._owner else None,
            )


@contextmanager
def running_postgresql(
    port: int | None = None,
    settings: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[Server]:
    """`settings` over those for tests; `folder`: whose data stay, to be started again."""
    # Not in pytest's folder: its parents can be entered by their owner only.
    kept, folder = folder, folder or Path(tempfile.mkdtemp(prefix="tws-pg-"))
    folder.mkdir(exist_ok=True)
    try:
        server = Server(folder, port, settings or {})
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        if kept is None:
            shutil.rmtree(folder)
