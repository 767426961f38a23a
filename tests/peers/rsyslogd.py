"""A private rsyslogd, in the foreground: UDP, TCP and TLS at once, into one file of JSON lines."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.peers.answering import BOOT, CERTIFICATE, KEY, until_it_answers
from tests.peers.debian import Root, unpacked
from tests.peers.ports import block_of_ports

SUITES = ("bookworm", "trixie", "sid")


def prepare() -> None:
    """For `require_peer("rsyslogd")`."""
    root()


@cache
def root() -> Root:
    """Debian's. Raises PeerMissing."""
    return unpacked(["rsyslog", "rsyslog-gnutls"], SUITES)


@dataclass(frozen=True)
class Rsyslogd:
    udp: int
    tcp: int
    tls: int
    file: Path

    def lines(self) -> list[dict[str, Any]]:
        """What it has taken, as it understood it."""
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text().splitlines()]


def _configuration(folder: Path, ports: range) -> str:
    modules = root().libraries / "rsyslog"
    fields = ("pri", "hostname", "app-name", "procid", "msgid", "structured-data", "timereported")
    shown = ",".join(
        f'\\"{name}\\":\\"%{name}:::json{",date-rfc3339" if name == "timereported" else ""}%\\"'
        for name in fields
    )
    return f"""
global(workDirectory="{folder}" maxMessageSize="16k"
  defaultNetstreamDriverCAFile="{CERTIFICATE}"
  defaultNetstreamDriverCertFile="{CERTIFICATE}" defaultNetstreamDriverKeyFile="{KEY}")
module(load="{modules}/imudp.so")
module(load="{modules}/imtcp.so")
template(name="json" type="string" string="{{{shown},\\"msg\\":\\"%msg:::json%\\"}}\\n")
ruleset(name="all") {{ action(type="omfile" file="{folder}/taken" template="json") }}
input(type="imudp" address="127.0.0.1" port="{ports[0]}" ruleset="all")
input(type="imtcp" address="127.0.0.1" port="{ports[1]}" ruleset="all")
input(type="imtcp" address="127.0.0.1" port="{ports[2]}" ruleset="all"
  streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
"""


@contextmanager
def running_rsyslogd() -> Iterator[Rsyslogd]:
    folder = Path(tempfile.mkdtemp(prefix="tws-rsyslogd-"))
    try:
        with block_of_ports() as ports:
            conf = folder / "rsyslog.conf"
            conf.write_text(_configuration(folder, ports))
            modules = root().libraries / "rsyslog"
            options = ("-n", "-f", str(conf), "-i", str(folder / "pid"), "-M", str(modules))
            with (folder / "log").open("wb") as output:
                process = subprocess.Popen(
                    [*root().command("usr/sbin/rsyslogd"), *options],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                )
            try:
                until_it_answers(process, folder / "log", ports[1], ports[2])
                yield Rsyslogd(ports[0], ports[1], ports[2], folder / "taken")
            finally:
                process.terminate()
                process.wait(BOOT)
    finally:
        shutil.rmtree(folder)
