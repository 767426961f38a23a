"""Prosody, an XMPP server, on loopback: it serves the domain `localhost`, with the certificate of
the tests.

    with running_prosody(folder, {"name": "password"}) as server:
        server.port

`stop` and `start` let it go and come back, with what it keeps.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.peers.answering import BOOT, CERTIFICATE, KEY, until_it_answers
from tests.peers.debian import Root, unpacked
from tests.peers.ports import block_of_ports

SUITES = ("bookworm", "trixie", "sid")
DOMAIN = "localhost"
MODULES = ("carbons", "disco", "offline", "ping", "roster", "saslauth", "smacks", "tls")


def prepare() -> None:
    """For `require_peer("prosody")`."""
    root()


@cache
def root() -> Root:
    """Debian's. Raises PeerMissing."""
    return unpacked(["prosody"], SUITES)


@dataclass
class Prosody:
    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Until it answers."""
        place = root().path
        lua, libraries = place / "usr/share/lua/5.4", root().libraries / "lua/5.4"
        with (self.folder / "log").open("ab") as output:
            self._process = subprocess.Popen(
                root().command(
                    "usr/bin/lua5.4",
                    str(self.folder / "prosody"),
                    "-F",
                    "--config",
                    str(self.folder / "prosody.cfg.lua"),
                ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={
                    **os.environ,
                    "LUA_PATH": f"{lua}/?.lua;{lua}/?/init.lua",
                    "LUA_CPATH": f"{libraries}/?.so",
                    "HOME": str(self.folder),
                },
            )
        until_it_answers(self._process, self.folder / "log", self.port)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(BOOT)
            self._process = None


def _configuration(folder: Path, port: int, place: Path) -> str:
    named = ", ".join(f'"{name}"' for name in MODULES)
    return f"""
run_as_root = true
pidfile = "{folder}/pid"
data_path = "{folder}/data"
plugin_paths = {{ "{place}/usr/lib/prosody/modules" }}
log = {{ info = "*console" }}
modules_enabled = {{ {named} }}
modules_disabled = {{ "s2s", "posix" }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
c2s_direct_tls_ports = {{ }}
s2s_ports = {{ }}
c2s_require_encryption = true
c2s_stanza_size_limit = 2 * 1024 * 1024
smacks_hibernation_time = 0
authentication = "internal_plain"
storage = "internal"
VirtualHost "{DOMAIN}"
    ssl = {{ certificate = "{CERTIFICATE}", key = "{KEY}" }}
"""


@contextmanager
def running_prosody(folder: Path, people: Mapping[str, str]) -> Iterator[Prosody]:
    """`people`: the password of each, by the name before the `@`; of letters and digits."""
    place = root().path
    program = (place / "usr/bin/prosody").read_text()
    (folder / "prosody").write_text(
        program.replace("'/usr/lib/prosody", f"'{place}/usr/lib/prosody")
    )
    accounts = folder / "data" / DOMAIN / "accounts"
    accounts.mkdir(parents=True)
    for name, password in people.items():
        (accounts / f"{name}.dat").write_text(f'return {{ ["password"] = "{password}"; }};\n')
    with block_of_ports() as ports:
        server = Prosody(folder, ports[0])
        configuration = _configuration(folder, server.port, place)
        (folder / "prosody.cfg.lua").write_text(configuration)
        server.start()
        try:
            yield server
        finally:
            server.stop()
