"""Radicale, a CardDAV and CalDAV server, on loopback.

    with running_radicale(folder) as server:
        server.url, READER, PASSWORD

Its users are those that one names; READER reads what all of them have, and writes nothing.
"""

import json
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.peers import PeerMissing
from tests.peers.ports import block_of_ports

READER, PASSWORD = "tws", "sésame"
USERS = (READER, "marie", "paul@arda.example")
RIGHTS = """
[reader]
user: tws
collection: .*
permissions: Rr

[owner]
user: .+
collection: {user}(/.*)?
permissions: RrWw

[all]
user: .+
collection:
permissions: R
"""


def prepare() -> None:
    """For `require_peer("radicale")`."""
    if find_spec("radicale") is None:
        raise PeerMissing("the package radicale is not installed", installable=True)


class Radicale:
    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self.url = folder, url

    def book(self, user: str, name: str, cards: Mapping[str, str], title: str = "") -> Path:
        """Make an address book as its storage has it; cards by the names of their files."""
        return self._collection(user, name, cards, {"tag": "VADDRESSBOOK"}, title)

    def calendar(
        self,
        user: str,
        name: str,
        events: Mapping[str, str],
        title: str = "",
        kind: str = "VEVENT",
    ) -> Path:
        """Make a calendar; `events` by the names of their files."""
        kinds = {"tag": "VCALENDAR", "C:supported-calendar-component-set": kind}
        return self._collection(user, name, events, kinds, title)

    def _collection(
        self, user: str, name: str, items: Mapping[str, str], kind: Mapping[str, str], title: str
    ) -> Path:
        folder = self._folder / "collection-root" / user / name
        folder.mkdir(parents=True)
        said = {**kind, "D:displayname": title or name}
        (folder / ".Radicale.props").write_text(json.dumps(said))
        for file, text in items.items():
            (folder / file).write_text(text.replace("\n", "\r\n"), newline="")
        return folder


@contextmanager
def running_radicale(folder: Path) -> Iterator[Radicale]:
    (folder / "users").write_text("".join(f"{user}:{PASSWORD}\n" for user in USERS))
    (folder / "rights").write_text(RIGHTS)
    with block_of_ports() as ports:
        (folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{ports[0]}\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\n"
            "htpasswd_encryption = plain\ndelay = 0\n"
            f"[rights]\ntype = from_file\nfile = {folder}/rights\n"
            f"[storage]\nfilesystem_folder = {folder}/data\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", f"--config={folder}/config"],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr is not None
            said = []
            for line in process.stderr:
                said.append(line)
                if "Radicale server ready" in line:
                    break
            else:
                raise RuntimeError(f"Radicale ended: {''.join(said)[-2000:]}")
            rest = threading.Thread(target=deque, args=(process.stderr, 0))
            rest.start()
            yield Radicale(folder / "data", f"http://127.0.0.1:{ports[0]}")
            process.terminate()
            rest.join()
        finally:
            process.kill()
            process.communicate()
