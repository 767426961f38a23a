"""A private Exim: it takes mails for `ssdei.example` on loopback, checks their headers, and leaves
them in its queue.

Exim looks its user up by name as it starts, and is nobody's superuser: a wrapper of the C library
(Debian's nss_wrapper) tells it of one. Started by root it runs as `NOBODY`.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from tests.peers.answering import BOOT, until_it_answers
from tests.peers.debian import Root, unpacked
from tests.peers.ports import block_of_ports

SUITES = ("bookworm", "trixie", "sid")
NOBODY = 65534
NAME = "Debian-exim"
CONFIGURATION = """
primary_hostname = mail.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/pid
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
queue_only = true
keep_environment = LD_PRELOAD : NSS_WRAPPER_PASSWD : NSS_WRAPPER_GROUP
domainlist here = ssdei.example
acl_smtp_rcpt = recipient
acl_smtp_data = content
begin acl
recipient:
  deny local_parts = nobody
       message = No such person
  accept domains = +here
  deny message = no relay
content:
  deny !verify = header_syntax
  deny !verify = header_names_ascii
  accept
"""


def prepare() -> None:
    """For `require_peer("exim")`."""
    root()


@cache
def root() -> Root:
    """Debian's. Raises PeerMissing."""
    return unpacked(["exim4-daemon-light", "libnss-wrapper"], SUITES)


@dataclass(frozen=True)
class Exim:
    port: int
    folder: Path

    def mails(self) -> list[EmailMessage]:
        """Those in its queue: it writes `ID-H` last, once all of a mail is there."""
        found = []
        for header in sorted((self.folder / "spool/input").glob("**/*-H")):
            body = header.with_name(f"{header.name[:-2]}-D").read_bytes().partition(b"\n")[2]
            read = message_from_bytes(_headers(header.read_bytes()) + body, policy=policy.default)
            assert isinstance(read, EmailMessage)
            found.append(read)
        return found


def _headers(spool: bytes) -> bytes:
    """Behind the envelope, each with its length and a letter (Exim's specification, 56)."""
    rest, found = spool.partition(b"\n\n")[2], b""
    while rest:
        length = int(rest[:3])
        kind, line = rest[3:4], rest[5 : 5 + length]
        found += line if kind != b"*" else b""
        rest = rest[5 + length :]
    return found + b"\n"


def _users(folder: Path) -> dict[str, str]:
    """The files of users that the wrapper shows, as environment."""
    user, group = (NOBODY, NOBODY) if os.getuid() == 0 else (os.getuid(), os.getgid())
    (folder / "passwd").write_text(
        f"root:x:0:0::/:/bin/sh\n{NAME}:x:{user}:{group}::/:/bin/false\n"
    )
    (folder / "group").write_text(f"root:x:0:\n{NAME}:x:{group}:\n")
    if os.getuid() == 0:
        for path in (folder, folder / "spool", folder / "log"):
            os.chown(path, user, group)
    return {
        "LD_PRELOAD": str(next(root().libraries.glob("libnss_wrapper.so*"))),
        "NSS_WRAPPER_PASSWD": str(folder / "passwd"),
        "NSS_WRAPPER_GROUP": str(folder / "group"),
    }


@contextmanager
def running_exim() -> Iterator[Exim]:
    folder = Path(tempfile.mkdtemp(prefix="exim"))
    for name in ("spool", "log"):
        (folder / name).mkdir()
    try:
        with block_of_ports() as ports:
            settings = folder / "exim.conf"
            settings.write_text(CONFIGURATION.format(folder=folder, port=ports[0]))
            command = root().command("usr/sbin/exim4", "-C", str(settings), "-bdf")
            with (folder / "said").open("wb") as output:
                process = subprocess.Popen(
                    command,
                    env={**os.environ, **_users(folder)},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                )
            try:
                until_it_answers(process, folder / "said", ports[0])
                yield Exim(ports[0], folder)
            finally:
                process.terminate()
                process.wait(BOOT)
    finally:
        shutil.rmtree(folder)
